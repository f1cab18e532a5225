#include "tests/experiments/capacity/capacity_case.h"

namespace weir::testing {
namespace {

using experiments::Bottleneck;
using experiments::Capacity;

/// One message a second for an hour; an attempt takes a second, a connection one more.
const std::string kPlain = R"(
horizon = "1 h"
[source.news]
arrivals = { model = "campaign", messages = 3600 }
size = { model = "fixed", size = "10 kB" }
recipients = { model = "fixed", count = 1 }
[address.new]
[lane]
connection_limit = 5
messages_per_connection = 4
connect_time = "1 s"
transaction_time = "1 s"
transfer_time = "0 s"
[site.eo]
envelope_time = "0 s"
acceptance_time = "0 s"
)";

TEST(Capacity, OfConnectionsIsMessagesAConnectionOverItsCycle) {
  const Bottleneck lane = bottleneck(capacity_of(kPlain), "lane.connection_limit");
  EXPECT_EQ(lane.name, "new -> eo");
  EXPECT_DOUBLE_EQ(lane.asked, 1.25) << "(1 s + 4 x 1 s) / 4 messages";
  EXPECT_DOUBLE_EQ(lane.utilisation, 0.25);
  EXPECT_DOUBLE_EQ(lane.bound, 4.0);
}

TEST(Capacity, CountsTransferAndTheSitesOwnTimes) {
  const Capacity capacity =
      capacity_of(kPlain, {"lane.transfer_time=100 s", "site.eo.envelope_time=250 ms",
                           "site.eo.acceptance_time=500 ms"});
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "lane.connection_limit").asked, 1.25 + 1.0 + 0.75);
}

TEST(Capacity, NamesTheSettingOfAPoolThatHasItsOwn) {
  const Capacity capacity = capacity_of(kPlain +
                                        "[pool.bulk]\n[pool.bulk.lane]\nmessage_rate = "
                                        "\"2/s\"\nconnection_limit = 2\n");
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "pool.bulk.lane.message_rate").utilisation, 0.5);
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "pool.bulk.lane.connection_limit").utilisation, 0.625);
}

TEST(Capacity, NamesTheThrottleOfASite) {
  const Capacity capacity = capacity_of(
      kPlain + "[site.eo.throttle.own]\nmodel = \"token-bucket\"\nlimit = \"1200/h\"\n");
  const Bottleneck throttle = bottleneck(capacity, "site.eo.throttle.own.limit");
  EXPECT_EQ(throttle.name, "new at eo");
  EXPECT_DOUBLE_EQ(throttle.utilisation, 3.0);
  EXPECT_DOUBLE_EQ(capacity.carried.per_second, 1'200.0 / 3'600.0);
  EXPECT_EQ(capacity.carried.settings, std::vector<std::string>{"site.eo.throttle.own.limit"});
}

TEST(Capacity, CountsRecipientsWhereALimitDoes) {
  const std::string bucket = "[site.eo.throttle.own]\nmodel = \"token-bucket\"\nlimit = \"5/s\"\n";
  const Capacity recipients = capacity_of(kPlain + bucket, {"source.news.recipients.count=10"});
  EXPECT_DOUBLE_EQ(bottleneck(recipients, "site.eo.throttle.own.limit").utilisation, 2.0);
  EXPECT_DOUBLE_EQ(recipients.carried.per_second, 0.5) << "messages";
  const Capacity messages = capacity_of(
      kPlain + bucket, {"source.news.recipients.count=10", "site.eo.throttle.own.counts=messages"});
  EXPECT_DOUBLE_EQ(bottleneck(messages, "site.eo.throttle.own.limit").utilisation, 0.2);
}

TEST(Capacity, OfAConcurrencyCapIsThatOfItsConnections) {
  const Capacity capacity = capacity_of(
      kPlain + "[site.eo.throttle.cap]\nmodel = \"concurrency-cap\"\nconnections = 2\ntotal = 1\n",
      {"site.eo.envelope_time=500 ms"});
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "site.eo.throttle.cap.connections").utilisation, 0.75);
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "site.eo.throttle.cap.total").utilisation, 1.5)
      << "a site does not see the second in which a connection is being opened";
  EXPECT_DOUBLE_EQ(capacity.carried.per_second, 1.0 / 1.5);
}

TEST(Capacity, OfAConnectionRateIsThatOfFullConnections) {
  const Capacity capacity = capacity_of(
      kPlain + "[site.eo.throttle.rate]\nmodel = \"connection-rate\"\nlimit = \"12/min\"\n");
  const Bottleneck rate = bottleneck(capacity, "site.eo.throttle.rate.limit");
  EXPECT_EQ(rate.unit, "connects");
  EXPECT_DOUBLE_EQ(rate.utilisation, 1.25) << "a message a second, four to a connection";
  EXPECT_DOUBLE_EQ(capacity.carried.per_second, 0.8);
}

TEST(Capacity, TakesWhatAPlanLetsGo) {
  const Capacity capacity =
      capacity_of(kPlain + "[plan.slow]\nmodel = \"flat\"\nvolume = 43200\ndays = 1\n",
                  {"source.news.plan=slow"});
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "plan.slow").utilisation, 2.0);
  EXPECT_DOUBLE_EQ(capacity.carried.per_second, 0.5);
  EXPECT_EQ(capacity.carried.settings, std::vector<std::string>{"plan.slow"});
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "lane.connection_limit").asked, 0.625);
}

TEST(Capacity, SharesMailAmongTheAddressesOfAPool) {
  const Capacity capacity = capacity_of(kPlain + "[address.old]\n");
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "lane.connection_limit", "new").asked, 0.625);
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "lane.connection_limit", "old").asked, 0.625);
  EXPECT_DOUBLE_EQ(capacity.most.per_second, 8.0);
}

TEST(Capacity, CountsAttemptsThatASiteDefersByItself) {
  const Capacity capacity =
      capacity_of(kPlain, {"site.eo.transient=20 %", "lane.message_rate=10/s",
                           "lane.retry={ model = \"fixed-list\", waits = [\"1 min\"] }"});
  EXPECT_NEAR(bottleneck(capacity, "lane.message_rate").asked, 1.25, 1e-12);
  EXPECT_NEAR(bottleneck(capacity, "lane.message_rate").bound, 8.0, 1e-11);
  EXPECT_NEAR(capacity.spectral_radius, 0.2, 1e-12);
}

TEST(Capacity, StopsRetryingWhereTheScheduleGivesUp) {
  // Two attempts, then it expires: 1 + 0.5 attempts a message.
  const Capacity capacity = capacity_of(
      kPlain, {"site.eo.transient=50 %", "lane.message_rate=10/s",
               "lane.retry={ model = \"fixed-list\", waits = [\"40 min\"], lifetime = \"1 h\" }"});
  EXPECT_NEAR(bottleneck(capacity, "lane.message_rate").asked, 1.5, 1e-12);
}

TEST(Capacity, SendsNoticesAboutBouncesBack) {
  const Capacity capacity = capacity_of(kPlain + "[notices]\nto = \"eo\"\n",
                                        {"source.news.unknown=100 %", "lane.message_rate=10/s"});
  const Bottleneck rate = bottleneck(capacity, "lane.message_rate");
  EXPECT_DOUBLE_EQ(rate.asked, 2.0) << "each message bounces, and a notice goes back";
  EXPECT_DOUBLE_EQ(rate.mail_per_second, 1.0);
}

TEST(Capacity, WarnsOfLimitsForNewAddressesByTheBusiestSpan) {
  const std::string window =
      "[site.eo.throttle.history]\nmodel = \"history-window\"\n"
      "probation = \"9000/24 h\"\nhour_share = \"50 %\"\n";
  const Capacity capacity = capacity_of(kPlain + window, {"horizon=48 h"});
  const Bottleneck hour = bottleneck(capacity, "site.eo.throttle.history.hour_share");
  EXPECT_TRUE(hour.while_new);
  EXPECT_DOUBLE_EQ(hour.utilisation, 0.8) << "3,600 at once of 4,500 an hour";
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "site.eo.throttle.history.probation").utilisation, 0.4);
  EXPECT_EQ(capacity.carried.settings, std::vector<std::string>{}) << "it is no bound";
}

TEST(Capacity, DoesNotThrottleWhatAConnectorExempts) {
  const Capacity capacity =
      capacity_of(kPlain +
                  "[site.eo.throttle.history]\nmodel = \"history-window\"\n"
                  "[site.eo.connector.own]\naddresses = [\"new\"]\npropagation = \"0 s\"\n");
  ASSERT_EQ(capacity.bottlenecks.size(), 1U);
  EXPECT_EQ(capacity.bottlenecks[0].setting, "lane.connection_limit");
}

const std::string kFarm = R"(
[site.in]
system = "farm"
envelope_time = "0 s"
acceptance_time = "0 s"
[system.farm]
servers = 4
service_time = "6 s"
service_times = "exponential"
[system.farm.route.out]
domains = ["*"]
smart_hosts = ["eo"]
[domain."x.example"]
mx = ["10 in"]
)";

TEST(Capacity, EstimatesTheQueueOfASystem) {
  const Capacity capacity =
      capacity_of(kPlain + kFarm, {"source.news.arrivals.messages=2376", "source.news.site=in",
                                   "source.news.to=[\"x.example\"]"});
  const Bottleneck farm = bottleneck(capacity, "system.farm.servers");
  EXPECT_DOUBLE_EQ(farm.utilisation, 0.99);
  EXPECT_NEAR(farm.queue.value().waiting, 96.8126, 1e-4) << "M/M/4, facts 5.5";
  EXPECT_DOUBLE_EQ(farm.bound, 4.0 / 6.0);
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "lane.connection_limit", "-> eo").mail_per_second, 0.66);
}

TEST(Capacity, SeesMailThatGoesRound) {
  const std::string back = R"(
[site.in]
system = "relay"
[system.relay]
service_time = "1 s"
servers = 100
hop_limit = 4
[system.relay.route.out]
domains = ["*"]
smart_hosts = ["in"]
[domain."x.example"]
mx = ["10 in"]
)";
  const Capacity capacity =
      capacity_of(kPlain + back, {"source.news.site=in", "source.news.to=[\"x.example\"]"});
  EXPECT_EQ(capacity.loop.size(), 3U) << "lane, site, system";
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "system.relay.servers").asked, 5.0)
      << "four times and once more to bounce";
}

TEST(Capacity, SaysWhatBreaksFirst) {
  EXPECT_EQ(capacity_of(kPlain, {"lane.connection_limit=1"}).verdict,
            "lane.connection_limit breaks first: lane new -> eo is asked for 125 % of what it can "
            "carry.");
  EXPECT_EQ(capacity_of(kPlain).verdict,
            "Nothing breaks; lane.connection_limit would be first, at 4 times this mail: lane new "
            "-> eo is asked for 25 % of what it can carry.");
}

TEST(Capacity, ComparesTheBusiestHourToo) {
  const Capacity capacity = capacity_of(kPlain, {"horizon=10 h", "lane.connection_limit=1"});
  EXPECT_EQ(capacity.verdict,
            "Nothing breaks; lane.connection_limit would be first, at 8 times this mail: lane new "
            "-> eo is asked for 12 % of what it can carry. At its busiest lane new -> eo is asked "
            "for 125 %, by lane.connection_limit: mail waits there.");
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "lane.connection_limit").utilisation, 0.125);
  EXPECT_DOUBLE_EQ(bottleneck(capacity, "lane.connection_limit").busiest, 1.25);
}

}  // namespace
}  // namespace weir::testing
