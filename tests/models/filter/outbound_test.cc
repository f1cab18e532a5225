#include "tests/models/filter/filter_support.h"
#include "tests/support/statistics.h"

namespace weir::filter {
namespace {

using namespace testing;

OutboundPool pool(const Mail& m, const OutboundFacts& facts = {}) {
  return out(config(), m, facts).pool;
}

TEST(OutboundChain, SendsCleanMailByTheNormalPool) {
  EXPECT_EQ(pool(sent()), OutboundPool::normal);
  EXPECT_EQ(out(config(), sent()).disposition, Disposition::go_on);
}

TEST(OutboundChain, SendsSpamByTheHighRiskPoolAndDoesNotBlockIt) {
  for (const Content& content : {kSpam, kSure}) {
    const Verdict verdict = out(config(), sent(content));
    EXPECT_EQ(verdict.disposition, Disposition::go_on);
    EXPECT_EQ(verdict.pool, OutboundPool::high_risk);
  }
}

TEST(OutboundChain, FindsSpamWhateverTheThresholdsAre) {
  FilterConfig c = config();
  c.params.spam_level = 8;
  c.params.high_confidence_level = 9;
  EXPECT_EQ(out(c, sent(kSure)).pool, OutboundPool::high_risk);
  EXPECT_EQ(out(c, sent(kSpam)).pool, OutboundPool::normal);
}

TEST(OutboundChain, SendsBounceMessagesByTheHighRiskPool) {
  Mail notice = sent();
  notice.notice = true;
  EXPECT_EQ(pool(notice), OutboundPool::high_risk);
}

TEST(OutboundChain, SendsMailOfDomainsWithoutRecordsByTheHighRiskPool) {
  EXPECT_EQ(pool(sent(), {.sender_resolvable = false}), OutboundPool::high_risk);
}

TEST(OutboundChain, SendsForwardedMailByTheRelayPool) {
  OutboundFacts facts{.forwarded = true, .sender_accepted = false};
  EXPECT_EQ(pool(sent(), facts), OutboundPool::relay);
  EXPECT_EQ(pool(sent(kSpam), facts), OutboundPool::high_risk);
  facts.authenticated = true;
  EXPECT_EQ(pool(sent(), facts), OutboundPool::normal);
  EXPECT_EQ(pool(sent(), {.forwarded = true, .sender_accepted = true}), OutboundPool::normal);
  EXPECT_EQ(pool(sent(), {.forwarded = false, .sender_accepted = false}), OutboundPool::normal);
}

TEST(OutboundChain, AppliesRulesBetweenMalwareAndSpam) {
  EXPECT_EQ(out(with_rule(rule(RuleAction::erase)), sent(kMalware)).stage, Stage::malware);
  EXPECT_EQ(out(with_rule(rule(RuleAction::skip_spam_filter)), sent(kSpam)).pool,
            OutboundPool::normal);
}

TEST(OutboundChain, MayApplyRulesBeforeTheMalwareFilter) {
  FilterConfig c = with_rule(rule(RuleAction::erase));
  c.params.outbound_rules = OutboundRules::before_malware;
  EXPECT_EQ(out(c, sent(kMalware)).stage, Stage::rule);
}

TEST(OutboundChain, MayApplyRulesToTheLevelOfTheSpamFilter) {
  Rule r = rule(RuleAction::reject);
  r.params.scl_at_least = 5;
  FilterConfig c = with_rule(r);
  EXPECT_EQ(out(c, sent(kSpam)).disposition, Disposition::go_on);
  c.params.outbound_rules = OutboundRules::after_spam;
  EXPECT_EQ(out(c, sent(kSpam)).disposition, Disposition::refuse);
}

TEST(OutboundChain, SendsWhatARuleCallsSpamByTheHighRiskPool) {
  Rule r = rule(RuleAction::set_scl);
  r.params.scl = 5;
  EXPECT_EQ(out(with_rule(r), sent()).pool, OutboundPool::high_risk);
}

TEST(OutboundChain, MissesItsShareOfSpam) {
  FilterConfig c = config();
  c.params.outbound_missed = {0.3};
  std::uint64_t missed = 0;
  for (std::uint64_t key = 0; key < 5'000; ++key) {
    Mail m = sent(kSpam);
    m.key = key;
    missed += out(c, m).pool == OutboundPool::normal ? 1U : 0U;
  }
  EXPECT_TRUE(weir::testing::check_share(missed, 5'000, 0.3));
}

}  // namespace
}  // namespace weir::filter
