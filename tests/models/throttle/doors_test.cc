// What a site refuses at its door: connections, messages on a connection, recipients of a message,
// addresses without reverse DNS.

#include "tests/models/throttle/policy_driver.h"

namespace weir::testing {
namespace {

using throttle::AddressInfo;
using throttle::Verdict;

TEST(ConnectionRate, NeverLetsMoreInWithinAnySpan) {
  PolicyDriver site("connection-rate", {{"limit", "7/10 s"}});
  Draw draw(5, Purpose{0}, 0, 0);
  std::vector<Duration> open;
  Duration now{};
  for (int i = 0; i < 5'000; ++i) {
    now += Duration(100ms) * static_cast<std::int64_t>(draw.below(20));
    const auto recent = std::ranges::count_if(open, [&](Duration t) { return t > now - 10s; });
    const bool fits = recent < 7;
    ASSERT_EQ(site.connects(now), fits) << i;
    if (fits) open.push_back(now);
  }
}

TEST(ConnectionRate, NamesTheInstantAtWhichTheNextIsLetIn) {
  PolicyDriver site("connection-rate", {{"limit", "2/min"}, {"voice", "outlook"}});
  EXPECT_TRUE(site.connects(0s));
  EXPECT_TRUE(site.connects(10s));
  const Verdict refusal = site.policy().connect(at(20s), 0);
  EXPECT_EQ(info(refusal.reply).code, "421 RP-002");
  EXPECT_EQ(refusal.retry_at, at(60s));
  EXPECT_TRUE(site.connects(20s, 1)) << "another address";
  EXPECT_TRUE(site.connects(60s));
  EXPECT_FALSE(site.connects(60s));
}

TEST(SessionLimit, TakesTwentyMessagesOnAConnection) {
  PolicyDriver site("session-limit");
  EXPECT_TRUE(site.attempt({.on_connection = 20}).accepts());
  const Verdict refusal = site.attempt({.now = at(5s), .on_connection = 21});
  EXPECT_EQ(refusal.reply, Reply::session_limit);
  EXPECT_EQ(refusal.retry_at, at(5s));
  EXPECT_EQ(info(refusal.reply).concerns, Concerns::connection);
}

TEST(ForestConnections, CountsAllAddressesAndWhatOthersHold) {
  PolicyDriver site("forest-connections", {{"connections", 10}, {"others", 7}});
  EXPECT_TRUE(site.connects(0s, 0));
  EXPECT_TRUE(site.connects(0s, 1));
  EXPECT_TRUE(site.connects(0s, 1));
  const Verdict refusal = site.policy().connect(at(1s), 0);
  EXPECT_EQ(refusal.reply, Reply::forest_connections);
  EXPECT_EQ(refusal.retry_at, at(1s));
  site.policy().disconnected(at(2s), 1);
  EXPECT_TRUE(site.connects(2s, 0));
}

TEST(ForestConnections, RefusesAForestWithoutRoom) {
  EXPECT_EQ(throttle_problems("forest-connections", {{"connections", 10}, {"others", 10}}), 1U);
}

TEST(EnvelopeRecipients, TakesTwoHundredOfADomainInOneMessage) {
  PolicyDriver site("envelope-recipients");
  EXPECT_TRUE(site.passes(0s, 200));
  const Verdict refusal = site.offer(0s, 201);
  EXPECT_EQ(info(refusal.reply).code, "452 4.5.3");
  EXPECT_EQ(refusal.retry_at, kNever) << "it never fits";
}

TEST(NoReverseDns, RefusesTheAddressesThatHaveNone) {
  for (const auto& [answer, reply] :
       {std::pair("reject", Reply::no_reverse), std::pair("defer", Reply::no_reverse_deferred)}) {
    PolicyDriver site("no-reverse-dns", {{"answer", answer}},
                      {AddressInfo{}, AddressInfo{.reverse = false}});
    EXPECT_TRUE(site.passes(0s, 1, 0));
    EXPECT_EQ(site.reply(0s, 1, 1), reply);
  }
}

TEST(Voices, GiveEachReceiverItsOwnReplies) {
  const auto over_rate = [](const char* voice) {
    PolicyDriver site("sliding-window", {{"limit", "1/h"}, {"voice", voice}});
    site.offer(0s);
    return info(site.reply(0s)).code;
  };
  EXPECT_EQ(over_rate("plain"), "451 4.7.1");
  EXPECT_EQ(over_rate("outlook"), "421 RP-001");
  EXPECT_EQ(over_rate("gmail"), "421 4.7.28");
  EXPECT_EQ(over_rate("yahoo"), "421 4.7.0");
  PolicyDriver cap("concurrency-cap", {{"connections", 1}, {"voice", "outlook"}});
  EXPECT_TRUE(cap.connects(0s));
  EXPECT_EQ(info(cap.policy().connect(at(0s), 0).reply).code, "421 RP-003");
}

TEST(Voices, AreSpokenByEveryLimit) {
  for (const char* name : {"token-bucket", "fixed-window", "sliding-window"}) {
    PolicyDriver site(name, {{"limit", "1/h"}, {"voice", "yahoo"}});
    for (int i = 0; i < 50; ++i) site.offer(0s);
    EXPECT_EQ(site.reply(0s), Reply::yahoo_volume) << name;
  }
}

}  // namespace
}  // namespace weir::testing
