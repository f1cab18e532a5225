// The files that KumoMTA ships, read as an operator would use them.

#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/experiments/shaping/shaping_support.h"

namespace weir::experiments {
namespace {

using testing::controller_of;
using testing::Resolved;

const std::string kFolder = std::string{WEIR_SHARED_DATA} + "/kumomta/";

class RealShaping : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFolder)) GTEST_SKIP() << "KumoMTA's files are not in " << kFolder;
  }

  static Resolved resolve(const std::string& destination) {
    return testing::resolved(
        "{ model = \"kumomta\", shaping = [\"shaping.toml\", "
        "\"community-shaping.toml\"], " +
            destination + " }",
        kFolder + "s.toml");
  }

  /// The controller for a destination; every problem is a failure.
  static std::unique_ptr<control::Controller> sender(const std::string& destination) {
    Resolved r = resolve(destination);
    auto made = controller_of(r);
    for (const std::string& problem : r.problems) ADD_FAILURE() << problem;
    return made;
  }
};

constexpr SimTime kNow{1h};

/// Tells `sender` of so many refusals of messages at once.
void refuse(control::Controller& sender, Reply reply, int times) {
  for (int i = 0; i < times; ++i) sender.refused({.now = kNow, .reply = reply});
}

/// Whether nothing has changed for the sender: 5 connections, nothing held, its usual rate.
bool is_unmoved(const control::Controller& sender) {
  return sender.held_until() <= kNow && sender.connection_limit(kNow) == 5 &&
         sender.next_message(kNow) <= kNow;
}

TEST_F(RealShaping, SaysWhatIsShippedForEachProvider) {
  const auto limits = [](const std::string& provider) {
    const auto made = sender("provider = \"" + provider + "\"");
    return std::pair(made->connection_limit(kNow), made->messages_per_connection(kNow));
  };
  using Limits = std::pair<std::int64_t, std::int64_t>;
  EXPECT_EQ(limits("outlook"), (Limits{5, 50}));
  EXPECT_EQ(limits("office365"), (Limits{5, 50}));
  EXPECT_EQ(limits("google"), (Limits{5, 50}));
  EXPECT_EQ(limits("yahoo"), (Limits{10, 20}));
  EXPECT_EQ(limits("apple"), (Limits{10, 5}));
  EXPECT_EQ(limits("orange"), (Limits{2, 100}));
}

TEST_F(RealShaping, FindsExchangeOnlineByItsMxHost) {
  const Resolved r = resolve("mx = [\"contoso-com.mail.protection.outlook.com\"]");
  EXPECT_EQ(r.at("additional_connection_limits"), "[5]");
  EXPECT_EQ(r.at("max_deliveries_per_connection"), "50");
  EXPECT_EQ(r.at("max_connection_rate"), "\"100/min\"");
}

TEST_F(RealShaping, CountsComcastsConnectionsByTheDomain) {
  const auto made = sender("domain = \"comcast.net\"");
  EXPECT_EQ(made->connection_limit(kNow), 25);
  EXPECT_EQ(made->messages_per_connection(kNow), 1'000);
}

TEST_F(RealShaping, TakesEveryProviderAndDomainWithoutAProblem) {
  for (const char* to : {"provider = \"google\"",
                         "provider = \"gmail\"",
                         "provider = \"yahoo\"",
                         "provider = \"outlook\"",
                         "provider = \"office365\"",
                         "provider = \"office365-dane\"",
                         "provider = \"apple\"",
                         "provider = \"mimecast\"",
                         "provider = \"orange\"",
                         "provider = \"gmx.net_web.de\"",
                         "provider = \"barracuda\"",
                         "provider = \"netvigator\"",
                         "provider = \"kpn\"",
                         "provider = \"qq.com\"",
                         "provider = \"163.com\"",
                         "domain = \"comcast.net\"",
                         "domain = \"mail.com\"",
                         "domain = \"smtp.mailgun.com\"",
                         "domain = \"example.com\", source = \"my source name\"",
                         "domain = \"yahoo.co.jp\"",
                         "domain = \"http://127.0.0.1:8008.tsa.kumomta\""})
    EXPECT_NE(sender(to), nullptr) << to;
}

TEST_F(RealShaping, RemarksOnTlsAndTimeouts) {
  const Resolved r = resolve("provider = \"google\"");
  ASSERT_EQ(r.remarks.size(), 5U);
  const std::string expected = kFolder +
                               "shaping.toml:99:14: control.enable_tls = \"Required\": has no "
                               "meaning here and is ignored";
  EXPECT_NE(std::find(r.remarks.begin(), r.remarks.end(), expected), r.remarks.end())
      << r.remarks[3];
}

TEST_F(RealShaping, SlowsDownForConsumerOutlooksLimitOfReputation) {
  const auto outlook = sender("provider = \"outlook\"");
  refuse(*outlook, Reply::consumer_reputation, 1);
  EXPECT_EQ(outlook->connection_limit(kNow), 1);
  EXPECT_EQ(outlook->connection_limit(kNow + 90min), 5);
  outlook->message_started(kNow);
  EXPECT_EQ(outlook->next_message(kNow), kNow + 1min);
}

/// Facts 4.1: the rules are under `provider."outlook"`, the consumers' MX hosts. Exchange Online's
/// are under "office365", for which no rule reads "Access denied, please try again later" (S4-54).
TEST_F(RealShaping, HasNoRuleForTheAccessDeniedOfExchangeOnline) {
  const auto consumers = sender("provider = \"outlook\"");
  refuse(*consumers, Reply::throttled_denied, 5);
  EXPECT_EQ(consumers->held_until(), kNow + 1h);

  for (const char* provider : {"office365", "office365-dane"}) {
    const auto online = sender("provider = \"" + std::string(provider) + "\"");
    refuse(*online, Reply::throttled_denied, 1'000);
    EXPECT_TRUE(is_unmoved(*online)) << provider;
  }
}

/// Facts 4.1: the community's rules for Gmail are under a provider that the base does not define.
TEST_F(RealShaping, DefinesGooglesLimitsAndRulesUnderTwoNames) {
  EXPECT_EQ(resolve("provider = \"google\"").settings.find("rules")->list()->size(), 1U);
  EXPECT_EQ(resolve("provider = \"gmail\"").settings.find("rules")->list()->size(), 3U);
  EXPECT_EQ(resolve("provider = \"gmail\"").at("additional_connection_limits"), "nothing");
}

}  // namespace
}  // namespace weir::experiments
