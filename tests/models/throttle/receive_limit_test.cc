#include "models/purpose.h"
#include "tests/models/throttle/policy_driver.h"
#include "tests/support/statistics.h"

namespace weir::testing {
namespace {

using throttle::Verdict;

/// Offers messages of one source until one is refused; how many passed.
int pass(PolicyDriver& site, Duration when, std::uint32_t source, int most = 10'000) {
  int passed = 0;
  while (passed < most &&
         site.attempt({.now = at(when), .message = message_key(source, 0)}).accepts())
    ++passed;
  return passed;
}

TEST(ReceiveLimit, AMailboxTakesThreeThousandSixHundredInAnHour) {
  PolicyDriver site("receive-limit");
  int passed = 0;
  for (std::uint32_t source = 0; source < 10; ++source) passed += pass(site, 0h, source, 1'000);
  EXPECT_EQ(passed, 3'600);
  EXPECT_EQ(site.attempt({.now = at(0h)}).reply, Reply::receive_limit);
  EXPECT_EQ(info(Reply::receive_limit).code, "550 5.2.122");
}

TEST(ReceiveLimit, OneSenderGetsAThirdOfIt) {
  PolicyDriver site("receive-limit");
  EXPECT_EQ(pass(site, 0h, 0), 1'188) << "33 % of 3,600";
  EXPECT_EQ(site.attempt({.now = at(0h), .message = message_key(0, 0)}).reply,
            Reply::sender_receive_limit);
  EXPECT_EQ(info(Reply::sender_receive_limit).code, "550 5.2.121");
  EXPECT_EQ(pass(site, 0h, 1), 1'188) << "only that sender is refused";
}

TEST(ReceiveLimit, IsBlockedForAnHourFromTheThresholdOn) {
  PolicyDriver site("receive-limit", {{"limit", "10/h"}, {"sender_share", "100 %"}});
  EXPECT_EQ(pass(site, 0min, 0, 5), 5);
  EXPECT_EQ(pass(site, 30min, 0), 5);
  EXPECT_EQ(pass(site, 60min, 0), 0) << "the first five have left, but it is blocked";
  EXPECT_EQ(pass(site, 90min - 1ns, 0), 0);
  EXPECT_EQ(pass(site, 90min, 0), 10);
}

TEST(ReceiveLimit, TheHourRolls) {
  PolicyDriver site("receive-limit", {{"limit", "10/h"}, {"sender_share", "100 %"}});
  EXPECT_EQ(pass(site, 0min, 0, 9), 9);
  EXPECT_EQ(pass(site, 60min, 0, 9), 9) << "the first nine have left";
}

TEST(ReceiveLimit, SpreadsMessagesEvenlyOverTheMailboxes) {
  PolicyDriver site("receive-limit", {{"mailboxes", 4}, {"limit", "1/h"}});
  std::uint64_t refused = 0;
  for (std::uint64_t trial = 0; trial < 2'000; ++trial) {
    const Duration when = static_cast<std::int64_t>(trial) * 2h;
    EXPECT_TRUE(site.attempt({.now = at(when), .message = message_key(1, 2 * trial)}).accepts());
    if (!site.attempt({.now = at(when), .message = message_key(1, 2 * trial + 1)}).accepts())
      ++refused;
  }
  EXPECT_TRUE(check_share(refused, 2'000, 0.25)) << "the second is for the same mailbox";
}

TEST(ReceiveLimit, AMessageStaysWithItsMailboxAtEveryAttempt) {
  PolicyDriver site("receive-limit", {{"mailboxes", 1000}, {"limit", "1/h"}});
  EXPECT_TRUE(site.attempt({.now = at(0h), .message = 77}).accepts());
  EXPECT_FALSE(site.attempt({.now = at(30min), .number = 2, .message = 77}).accepts());
}

}  // namespace
}  // namespace weir::testing
