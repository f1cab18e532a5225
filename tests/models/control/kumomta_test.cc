#include <ostream>

#include "tests/models/control/drive.h"

namespace weir::control {
namespace {

using namespace testing;

/// Settings, and the long-run rate that they allow, in messages each 1,000 s.
struct Ceiling {
  const char* name;
  Keys keys;
  std::uint64_t messages;
  std::uint64_t burst;  // how many may go beyond the rate in any span

  friend std::ostream& operator<<(std::ostream& out, const Ceiling& c) { return out << c.name; }
};

class KumoCeiling : public ::testing::TestWithParam<Ceiling> {};

TEST_P(KumoCeiling, IsNeverExceededAndIsReached) {
  Drive drive(controller("kumomta", GetParam().keys), {});
  drive.run(2000s);
  const std::vector<SimTime>& starts = drive.messages();
  std::uint64_t beyond = 0;
  for (std::size_t i = 0; i < starts.size(); ++i)
    for (std::size_t j = i; j < starts.size(); ++j) {
      const auto span = static_cast<std::uint64_t>((starts[j] - starts[i]).count());
      const std::uint64_t allowed =
          GetParam().burst + span * GetParam().messages / 1'000'000'000'000;
      beyond = std::max(beyond, j - i + 1 > allowed ? j - i + 1 - allowed : 0);
    }
  EXPECT_EQ(beyond, 0U);
  const auto later_half = static_cast<std::uint64_t>(
      std::count_if(starts.begin(), starts.end(), [](SimTime t) { return t > at(1000s); }));
  EXPECT_GE(later_half + GetParam().burst, GetParam().messages);
  EXPECT_LE(later_half, GetParam().messages + GetParam().burst);
}

/// min(max_message_rate, max_deliveries_per_connection x max_connection_rate, ...).
INSTANTIATE_TEST_SUITE_P(
    Of, KumoCeiling,
    ::testing::Values(Ceiling{"the message rate", {{"max_message_rate", "2/s"}}, 2'000, 2},
                      Ceiling{"an additional rate",
                              {{"max_message_rate", "2/s"},
                               {"additional_message_rates",
                                std::vector<std::string>{"30/min,max_burst=0"}}},
                              500,
                              1},
                      Ceiling{"deliveries a connection x the connection rate",
                              {{"max_message_rate", "100/s"},
                               {"max_deliveries_per_connection", 3},
                               {"max_connection_rate", "30/min,max_burst=0"},
                               {"connection_limit", 1'000}},
                              1'500,
                              // Connections of three messages of 1 s each overlap.
                              3},
                      Ceiling{"the connections", {{"connection_limit", 2}}, 2'000, 2},
                      Ceiling{"a provider's connections",
                              {{"connection_limit", 20},
                               {"additional_connection_limits", std::vector<std::int64_t>{7, 1}}},
                              1'000,
                              1}),
    [](const auto& ceiling) { return "Case" + std::to_string(ceiling.index); });

TEST(KumoMta, LetsTheWholeCountOfAThrottlePassAtOnce) {
  Drive drive(controller("kumomta", {{"max_message_rate", "20/min"}, {"connection_limit", 100}}),
              {});
  drive.run(3s);
  EXPECT_EQ(drive.messages().size(), 21U);
  EXPECT_EQ(drive.messages()[19], at(0s));
  EXPECT_EQ(drive.messages()[20], at(3s));
}

TEST(KumoMta, DefersAllThatWaitsAfterTooManyFailuresInARow) {
  const auto kumo = controller("kumomta", {{"consecutive_connection_failures_before_delay", 2}});
  for (int i = 0; i < 2; ++i) kumo->unreachable(at(1s), 1);
  EXPECT_EQ(kumo->waiting(at(1s)), Waiting::kept);
  kumo->refused(turned_away(2s));
  EXPECT_EQ(kumo->waiting(at(2s)), Waiting::deferred);
  EXPECT_EQ(kumo->waiting(at(3s)), Waiting::kept);
  EXPECT_LE(kumo->held_until(), at(2s));
}

TEST(KumoMta, ForgetsFailuresWhenAConnectionStands) {
  const auto kumo = controller("kumomta", {{"consecutive_connection_failures_before_delay", 2}});
  for (int i = 0; i < 20; ++i) {
    kumo->unreachable(at(1s), 1);
    kumo->unreachable(at(1s), 1);
    if (i % 2 == 0) {
      kumo->succeeded(at(1s), 1);
    } else {
      kumo->refused(refusal(1s, Reply::greylisted));
    }
  }
  EXPECT_EQ(kumo->waiting(at(1s)), Waiting::kept);
}

TEST(KumoMta, ChecksEveryLimit) {
  EXPECT_EQ(
      problems("kumomta", {{"additional_connection_limits", std::vector<std::int64_t>{0}}}).size(),
      1U);
  EXPECT_EQ(problems("kumomta", {{"max_message_rate", "100/our"}}).size(), 1U);
}

}  // namespace
}  // namespace weir::control
