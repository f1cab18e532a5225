#include "models/filter/rule.h"

#include "tests/models/filter/filter_support.h"

namespace weir::filter {
namespace {

using namespace testing;

constexpr std::uint32_t kOther = 2;
const std::vector<std::uint32_t> kRegistered{kOwn};

bool applies(const Rule& r, const Mail& m, std::int8_t scl = Verdict::kNoScl) {
  return r.applies(m, scl, kRegistered);
}

TEST(TransportRule, WithoutConditionsIsForAllMail) {
  EXPECT_TRUE(applies({}, mail()));
  EXPECT_TRUE(applies({}, sent()));
}

TEST(TransportRule, AsksForDomains) {
  Rule r;
  r.from = {kForeign, kOther};
  r.to = {kOwn};
  EXPECT_TRUE(applies(r, mail()));
  EXPECT_FALSE(applies(r, sent()));
  r.except_from = {kForeign};
  EXPECT_FALSE(applies(r, mail()));
}

TEST(TransportRule, LeavesOutRecipientsThatItIsNotFor) {
  Rule r;
  r.except_to = {kOwn};
  EXPECT_FALSE(applies(r, mail()));
  EXPECT_TRUE(applies(r, sent()));
}

TEST(TransportRule, KnowsTheOrganisationsOwnDomains) {
  Rule r;
  r.params.recipient = Registered::no;
  EXPECT_FALSE(applies(r, mail()));
  EXPECT_TRUE(applies(r, sent()));
  r.params.sender = Registered::no;
  EXPECT_FALSE(applies(r, sent()));
  r.params.sender = Registered::yes;
  EXPECT_TRUE(applies(r, sent()));
}

TEST(TransportRule, TakesADomainThatNobodyNamesForUnregistered) {
  Rule r;
  r.params.recipient = Registered::no;
  Mail m = mail();
  m.recipient_domain = Mail::kNone;
  EXPECT_TRUE(applies(r, m));
}

TEST(TransportRule, AsksForTheDirection) {
  Rule r;
  r.params.direction = Ways::outbound;
  EXPECT_FALSE(applies(r, mail()));
  EXPECT_TRUE(applies(r, sent()));
  r.params.direction = Ways::inbound;
  EXPECT_TRUE(applies(r, mail()));
  EXPECT_FALSE(applies(r, sent()));
}

TEST(TransportRule, AsksForTheSourceAddress) {
  Rule r;
  r.addresses = {kAddress};
  EXPECT_TRUE(applies(r, mail()));
  r.addresses = {kAddress + 1};
  EXPECT_FALSE(applies(r, mail()));
}

TEST(TransportRule, AsksForMoreThanASize) {
  Rule r;
  r.params.larger_than = Bytes{1000};
  Mail m = mail();
  m.size = 1000;
  EXPECT_FALSE(applies(r, m));
  m.size = 1001;
  EXPECT_TRUE(applies(r, m));
}

TEST(TransportRule, AsksForALevelGivenEarlier) {
  Rule r;
  r.params.scl_at_least = 5;
  EXPECT_FALSE(applies(r, mail()));
  EXPECT_FALSE(applies(r, mail(), 4));
  EXPECT_TRUE(applies(r, mail(), 5));
}

TEST(TransportRule, AsksForALockedAttachment) {
  Rule r;
  r.params.attachment = Attachment::locked;
  EXPECT_FALSE(applies(r, mail()));
  EXPECT_TRUE(applies(r, mail({.locked = true})));
}

TEST(TransportRule, EndsAMessageInFourWays) {
  const auto verdict = [](RuleAction action) { return in(with_rule(rule(action)), mail()); };
  EXPECT_EQ(verdict(RuleAction::reject).disposition, Disposition::refuse);
  EXPECT_EQ(verdict(RuleAction::reject).reply, Reply::rule_rejected);
  EXPECT_EQ(verdict(RuleAction::erase).disposition, Disposition::erase);
  EXPECT_EQ(verdict(RuleAction::quarantine).disposition, Disposition::quarantine);
  EXPECT_EQ(verdict(RuleAction::redirect).disposition, Disposition::redirect);
  EXPECT_EQ(verdict(RuleAction::erase).stage, Stage::rule);
  EXPECT_EQ(verdict(RuleAction::erase).rule, 0U);
}

TEST(TransportRule, NamesTheDomainItRedirectsTo) {
  Rule r = rule(RuleAction::redirect);
  r.redirect_to = kOther;
  EXPECT_EQ(in(with_rule(r), mail()).redirect_to, kOther);
}

TEST(TransportRule, ForcesAConnectorAndLetsTheMessageGoOn) {
  Rule r = rule(RuleAction::route);
  r.connector = 3;
  r.from = {kOwn};
  const Verdict verdict = out(with_rule(r), sent());
  EXPECT_EQ(verdict.disposition, Disposition::go_on);
  EXPECT_EQ(verdict.connector, 3U);
  EXPECT_EQ(out(with_rule(r), mail()).connector, kNone);
}

TEST(TransportRule, LetsAMessageSkipTheSpamFilter) {
  const Verdict verdict = in(with_rule(rule(RuleAction::skip_spam_filter)), mail(kSure));
  EXPECT_EQ(verdict.disposition, Disposition::go_on);
  EXPECT_EQ(verdict.scl, -1);
}

TEST(TransportRule, GivesALevelThatTheSpamFilterActsOn) {
  Rule r = rule(RuleAction::set_scl);
  r.params.scl = 6;
  const Verdict verdict = in(with_rule(r), mail());
  EXPECT_EQ(verdict.scl, 6);
  EXPECT_EQ(verdict.disposition, Disposition::junk);
}

TEST(TransportRule, LeavesALowLevelToTheSpamFilter) {
  Rule r = rule(RuleAction::set_scl);
  r.params.scl = 0;
  EXPECT_EQ(in(with_rule(r), mail(kSure)).scl, 9);
}

TEST(TransportRule, OnlyMarksWhereThatIsAll) {
  EXPECT_EQ(in(with_rule(rule(RuleAction::mark)), mail()).disposition, Disposition::go_on);
}

TEST(TransportRule, IsTriedByPriorityThenAsGiven) {
  Rule late = rule(RuleAction::erase);
  late.params.priority = 2;
  Rule early = rule(RuleAction::reject);
  early.params.priority = 1;
  EXPECT_EQ(in_order({late, early, late, early}), (std::vector<std::uint32_t>{1, 3, 0, 2}));
  const Verdict verdict = in(with_rule(early, with_rule(late)), mail());
  EXPECT_EQ(verdict.disposition, Disposition::refuse);
  EXPECT_EQ(verdict.rule, 1U);
}

TEST(TransportRule, MayStopTheRulesBehindIt) {
  Rule first = rule(RuleAction::skip_spam_filter);
  const FilterConfig going_on = with_rule(rule(RuleAction::erase), with_rule(first));
  EXPECT_EQ(in(going_on, mail()).disposition, Disposition::erase);
  first.params.afterwards = Afterwards::stop;
  const FilterConfig stopping = with_rule(rule(RuleAction::erase), with_rule(first));
  EXPECT_EQ(in(stopping, mail()).disposition, Disposition::go_on);
}

TEST(TransportRule, AppliesToAShareOfMessages) {
  Rule r = rule(RuleAction::erase);
  r.params.share = {0.0};
  EXPECT_EQ(in(with_rule(r), mail()).disposition, Disposition::go_on);
}

TEST(TransportRule, MovesNoNumbersOfTheFilters) {
  Rule r = rule(RuleAction::mark);
  r.params.share = {0.5};
  Draw with = draw();
  Draw without = draw();
  const Verdict a = Chain(with_rule(r)).inbound(mail(kSpam), {}, with);
  const Verdict b = Chain(config()).inbound(mail(kSpam), {}, without);
  EXPECT_EQ(a.scl, b.scl);
  EXPECT_EQ(with.draws(), 4U);
  EXPECT_EQ(without.draws(), 3U);
}

}  // namespace
}  // namespace weir::filter
