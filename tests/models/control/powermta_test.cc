#include "tests/models/control/drive.h"

namespace weir::control {
namespace {

using namespace testing;

const std::vector<std::string> kBusy{"Server busy", "Access denied, please"};

TEST(PowerMta, WaitsAsAQueueWhenNoConnectionComesAbout) {
  const auto powermta = controller("powermta");
  powermta->unreachable(at(1s), 2);
  EXPECT_LE(powermta->held_until(), at(1s));
  powermta->unreachable(at(1s), 1);
  EXPECT_EQ(powermta->held_until(), at(1s + 10min));
}

TEST(PowerMta, ForgetsFailuresWhenAConnectionStands) {
  const auto powermta = controller("powermta");
  powermta->unreachable(at(1s), 2);
  powermta->succeeded(at(1s), 1);
  powermta->unreachable(at(1s), 2);
  EXPECT_LE(powermta->held_until(), at(1s));
}

TEST(PowerMta, BacksOffAfterAReplyThatMatches) {
  const auto powermta = controller("powermta", {{"backoff_patterns", kBusy}});
  powermta->refused(refusal(1s, Reply::greylisted));
  EXPECT_LE(powermta->held_until(), at(1s));
  powermta->refused(refusal(1s, Reply::throttled_denied));
  EXPECT_EQ(powermta->held_until(), at(1s + 1h));
}

TEST(PowerMta, SendsAtTheRateOfBackOffModeUntilItEnds) {
  const auto powermta = controller("powermta", {{"backoff_patterns", kBusy},
                                                {"backoff_retry_after", "1 min"},
                                                {"backoff_max_msg_rate", "1/min"},
                                                {"backoff_to_normal_after", "150 s"}});
  powermta->refused(refusal(0s, Reply::throttled_busy));
  powermta->message_started(at(60s));
  EXPECT_EQ(powermta->next_message(at(60s)), at(120s));
  powermta->message_started(at(120s));
  EXPECT_EQ(powermta->next_message(at(120s)), at(150s));
  EXPECT_LE(powermta->next_message(at(150s)), at(150s));
}

TEST(PowerMta, StaysInBackOffModeUnlessToldOtherwise) {
  const auto powermta =
      controller("powermta", {{"backoff_patterns", kBusy}, {"backoff_max_msg_rate", "1/min"}});
  powermta->refused(refusal(0s, Reply::throttled_busy));
  powermta->succeeded(at(100h), 1);
  powermta->message_started(at(1'000h));
  EXPECT_EQ(powermta->next_message(at(1'000h)), at(1'000h + 1min));
}

TEST(PowerMta, GoesBackToNormalAfterADelivery) {
  const auto powermta = controller("powermta", {{"backoff_patterns", kBusy},
                                                {"backoff_max_msg_rate", "1/min"},
                                                {"backoff_to_normal_after_delivery", true}});
  powermta->refused(refusal(0s, Reply::throttled_busy));
  powermta->succeeded(at(2h), 1);
  powermta->message_started(at(2h));
  EXPECT_LE(powermta->next_message(at(2h)), at(2h));
  powermta->unreachable(at(2h), 1);
  EXPECT_EQ(powermta->held_until(), at(2h + 10min));
}

TEST(PowerMta, RetriesAtTheIntervalOfItsMode) {
  const auto powermta = controller("powermta", {{"backoff_patterns", kBusy}});
  powermta->refused(refusal(0s, Reply::throttled_busy));
  powermta->unreachable(at(1h), 1);
  EXPECT_EQ(powermta->held_until(), at(2h));
}

TEST(PowerMta, KeepsToItsLimits) {
  Drive drive(controller("powermta", {{"max_smtp_out", 3}, {"max_msg_rate", "2/s"}}), {});
  drive.run(100s);
  EXPECT_LE(drive.most_open(), 3);
  EXPECT_EQ(drive.messages().size(), 201U);
}

TEST(PowerMta, NamesThePatternItCannotTake) {
  const auto found = problems("powermta", {{"backoff_patterns", std::vector<std::string>{"(x"}}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].starts_with("s.toml:1:1: it.backoff_patterns = \"(x\": not a regular"))
      << found[0];
}

}  // namespace
}  // namespace weir::control
