#include "tests/models/control/drive.h"

namespace weir::control {
namespace {

using namespace testing;

/// The waits of the queue, in minutes, of retries that fail as soon as they are made.
std::vector<int> waits(Controller& exchange, int count) {
  std::vector<int> minutes;
  SimTime now = std::max(SimTime{1h}, exchange.held_until());
  for (int i = 0; i < count; ++i) {
    exchange.unreachable(now, 1);
    minutes.push_back(static_cast<int>((exchange.held_until() - now) / 1min));
    now = exchange.held_until();
  }
  return minutes;
}

TEST(ExchangeServer, WaitsEverLongerWhileNoConnectionComesAbout) {
  const auto exchange = controller("exchange-server");
  EXPECT_EQ(waits(*exchange, 12), (std::vector{1, 1, 1, 1, 5, 5, 5, 5, 5, 5, 10, 10}));
}

TEST(ExchangeServer, StartsAfreshWhenAConnectionStands) {
  const auto exchange = controller("exchange-server");
  waits(*exchange, 6);
  exchange->refused(refusal(9h, Reply::greylisted));
  EXPECT_EQ(waits(*exchange, 1), (std::vector{1}));
}

TEST(ExchangeServer, GoesOnWhileOneOfItsConnectionsMayStand) {
  const auto exchange = controller("exchange-server");
  exchange->refused(turned_away(1s, 3));
  exchange->refused(turned_away(1s, 3));
  EXPECT_LE(exchange->held_until(), at(1s));
  exchange->refused(turned_away(1s, 3));
  EXPECT_EQ(exchange->held_until(), at(61s));
  exchange->refused(turned_away(2s, 2));  // was under way
  EXPECT_EQ(exchange->held_until(), at(61s));
}

TEST(ExchangeServer, KeepsToItsLimits) {
  Drive drive(controller("exchange-server", {{"connection_limit", 3},
                                             {"messages_per_connection", 2},
                                             {"connection_rate", "60/min"}}),
              {});
  drive.run(100s);
  EXPECT_LE(drive.most_open(), 3);
  EXPECT_EQ(drive.connections().size(), 101U);  // two messages of 1 s each: two connections busy
  EXPECT_EQ(drive.connections()[100], at(100s));
}

}  // namespace
}  // namespace weir::control
