#include "models/filter/spam_level.h"
#include "tests/models/filter/filter_support.h"
#include "tests/support/statistics.h"

namespace weir::filter {
namespace {

using namespace testing;

FilterConfig acting(SpamAction spam, SpamAction sure = SpamAction::junk) {
  FilterConfig c = config();
  c.params.spam_action = spam;
  c.params.high_confidence_action = sure;
  return c;
}

TEST(SpamFilter, StampsFiveOrSixOnSpamAndNineWhenItIsSure) {
  for (std::uint64_t key = 0; key < 50; ++key) {
    Mail spam = mail(kSpam);
    spam.key = key;
    const std::int8_t scl = in(config(), spam).scl;
    EXPECT_TRUE(scl == 5 || scl == 6) << int{scl};
  }
  EXPECT_EQ(in(config(), mail(kSure)).scl, 9);
}

TEST(SpamFilter, NeverStampsTwoToFour) {
  const FilterParams p;
  for (int level = 0; level <= 9; ++level) {
    const std::int8_t scl = stamp_of(grade_of(p, level), level);
    EXPECT_TRUE(scl < 2 || scl == 5 || scl == 6 || scl == 9) << level;
  }
}

TEST(SpamFilter, GradesByItsThresholds) {
  const FilterParams p;
  EXPECT_EQ(grade_of(p, 4), Grade::clean);
  EXPECT_EQ(grade_of(p, 5), Grade::spam);
  EXPECT_EQ(grade_of(p, 6), Grade::spam);
  EXPECT_EQ(grade_of(p, 7), Grade::high_confidence);
}

TEST(SpamFilter, ActsApartOnSpamAndOnHighConfidence) {
  const FilterConfig c = acting(SpamAction::junk, SpamAction::quarantine);
  EXPECT_EQ(in(c, mail()).disposition, Disposition::go_on);
  EXPECT_EQ(in(c, mail(kSpam)).disposition, Disposition::junk);
  EXPECT_EQ(in(c, mail(kSure)).disposition, Disposition::quarantine);
  EXPECT_EQ(in(c, mail(kSure)).stage, Stage::spam);
}

TEST(SpamFilter, MovesSpamToTheJunkFolderByDefault) {
  EXPECT_EQ(in(config(), mail(kSpam)).disposition, Disposition::junk);
  EXPECT_EQ(in(config(), mail(kSure)).disposition, Disposition::junk);
}

TEST(SpamFilter, MarksAndDeliversToTheJunkFolder) {
  const Verdict header = in(acting(SpamAction::header), mail(kSpam));
  EXPECT_EQ(header.disposition, Disposition::junk);
  EXPECT_EQ(header.mark, Mark::header);
  const Verdict subject = in(acting(SpamAction::subject), mail(kSpam));
  EXPECT_EQ(subject.disposition, Disposition::junk);
  EXPECT_EQ(subject.mark, Mark::subject);
}

TEST(SpamFilter, RedirectsToADomain) {
  FilterConfig c = acting(SpamAction::redirect);
  c.redirect_to = kForeign;
  const Verdict verdict = in(c, mail(kSpam));
  EXPECT_EQ(verdict.disposition, Disposition::redirect);
  EXPECT_EQ(verdict.redirect_to, kForeign);
}

TEST(SpamFilter, DeletesWithALogLineAndWithoutARefusal) {
  const Verdict verdict = in(acting(SpamAction::erase), mail(kSpam));
  EXPECT_EQ(verdict.disposition, Disposition::erase);
  EXPECT_EQ(info(verdict.reply).code, "550 4.3.2");
  EXPECT_NE(kErasedLog.find(info(verdict.reply).text), std::string_view::npos);
}

TEST(SpamFilter, TellsRecipientsOfAQuarantineOnlyWhenAsked) {
  FilterConfig c = acting(SpamAction::quarantine);
  EXPECT_FALSE(in(c, mail(kSpam)).user_notice);
  c.params.user_notice = true;
  EXPECT_TRUE(in(c, mail(kSpam)).user_notice);
  EXPECT_FALSE(in(c, mail(kSure)).user_notice);
}

TEST(SpamFilter, RaisesTheLevelForAFailedSpfCheck) {
  EXPECT_EQ(in(config(), mail(), {.spf = Spf::fail}).disposition, Disposition::junk);
  EXPECT_EQ(in(config(), mail(), {.spf = Spf::pass}).disposition, Disposition::go_on);
  EXPECT_EQ(raise_of({}, {.spf = Spf::softfail}), 2);
  EXPECT_EQ(raise_of({}, {.spf = Spf::neutral}), 0);
}

TEST(SpamFilter, RaisesTheLevelByTwoForAHighRiskPool) {
  EXPECT_EQ(raise_of({}, {.high_risk = true}), 2);
  EXPECT_EQ(in(config(), mail(kSpam), {.high_risk = true}).scl, 9);
}

TEST(SpamFilter, RaisesTheLevelForAnAddressOfPoorReputation) {
  EXPECT_EQ(raise_of({}, {.reputation = 49.9}), 2);
  EXPECT_EQ(raise_of({}, {.reputation = 50.0}), 0);
  EXPECT_EQ(raise_of({}, {}), 0);
  EXPECT_EQ(raise_of({}, {.reputation = 0.0, .high_risk = true}), 4);
}

TEST(SpamFilter, TakesTheSharesOfTheLevelsFromItsWeights) {
  FilterParams p;
  p.clean_levels = {1, 0, 0, 1, 2};
  EXPECT_EQ(level_of(p, {}, 0, 0.0), 0);
  EXPECT_EQ(level_of(p, {}, 0, 0.2499), 0);
  EXPECT_EQ(level_of(p, {}, 0, 0.25), 3);
  EXPECT_EQ(level_of(p, {}, 0, 0.5), 4);
  EXPECT_EQ(level_of(p, {}, 0, 1.0), 4);
  EXPECT_EQ(level_of(p, kSure, 2, 0.0), 9);
}

TEST(SpamFilter, KnowsTheShareThatItWouldFind) {
  const FilterParams p;
  EXPECT_DOUBLE_EQ(share_graded(p, {}, 0, Grade::spam).value, 0.0);
  EXPECT_NEAR(share_graded(p, {}, 2, Grade::spam).value, 0.04, 1e-12);
  EXPECT_DOUBLE_EQ(share_graded(p, kSpam, 0, Grade::spam).value, 1.0);
  EXPECT_DOUBLE_EQ(share_graded(p, kSpam, 1, Grade::high_confidence).value, 0.5);
}

TEST(SpamFilter, FindsThatShare) {
  FilterConfig c = config();
  std::uint64_t junked = 0;
  for (std::uint64_t key = 0; key < 20'000; ++key) {
    Mail m = mail();
    m.key = key;
    junked += in(c, m, {.high_risk = true}).disposition == Disposition::junk ? 1U : 0U;
  }
  const Probability expected = share_graded(c.params, {}, 2, Grade::spam);
  EXPECT_TRUE(weir::testing::check_share(junked, 20'000, expected.value));
}

}  // namespace
}  // namespace weir::filter
