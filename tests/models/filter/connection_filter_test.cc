#include "tests/models/filter/filter_support.h"

namespace weir::filter {
namespace {

using namespace testing;

FilterConfig allowing() {
  FilterConfig c = config();
  c.allow = {kAddress};
  return c;
}

TEST(ConnectionFilter, RefusesABlockedAddressBeforeTheTransport) {
  FilterConfig c = config();
  c.block = {kAddress};
  const Verdict verdict = Chain(c).connect(mail(), {});
  EXPECT_EQ(verdict.disposition, Disposition::refuse);
  EXPECT_EQ(verdict.stage, Stage::connection);
  EXPECT_EQ(verdict.reply, Reply::tenant_block_list);
  EXPECT_FALSE(info(verdict.reply).reaches_transport);
}

TEST(ConnectionFilter, BlocksByAddressOnly) {
  FilterConfig c = config();
  c.block = {kAddress + 1};
  EXPECT_FALSE(Chain(c).connect(mail(), {}).ends());
}

TEST(ConnectionFilter, LetsTheAllowListWin) {
  FilterConfig c = allowing();
  c.block = {kAddress};
  EXPECT_FALSE(Chain(c).connect(mail(), {}).ends());
}

TEST(ConnectionFilter, SkipsTheSpamFilterForAnAllowedAddress) {
  const Verdict verdict = in(allowing(), mail(kSure));
  EXPECT_EQ(verdict.disposition, Disposition::go_on);
  EXPECT_EQ(verdict.scl, -1);
}

TEST(ConnectionFilter, TakesAnHourToKnowAList) {
  FilterConfig c = allowing();
  c.params.allow_registered = 23h;
  Mail m = mail();
  m.now = SimTime{24h - 1ns};
  EXPECT_FALSE(Chain(c).allows(m, {}));
  m.now = SimTime{24h};
  EXPECT_TRUE(Chain(c).allows(m, {}));
}

TEST(ConnectionFilter, BlocksAnHourAfterTheBlockListIsSaved) {
  FilterConfig c = config();
  c.block = {kAddress};
  c.params.block_registered = 23h + 1ns;
  EXPECT_FALSE(Chain(c).connect(mail(), {}).ends());
  c.params.block_registered = 23h;
  EXPECT_TRUE(Chain(c).connect(mail(), {}).ends());
}

TEST(ConnectionFilter, DoesNotAllowWhatAConnectorOfTheForestNames) {
  EXPECT_TRUE(Chain(allowing()).allows(mail(), {}));
  EXPECT_FALSE(Chain(allowing()).allows(mail(), {.connector_in_forest = true}));
}

TEST(ConnectionFilter, DoesNotAllowInAnotherForest) {
  EXPECT_FALSE(Chain(allowing()).allows(mail(), {.other_forest = true}));
  EXPECT_EQ(in(allowing(), mail(kSpam), {.other_forest = true}).disposition, Disposition::junk);
}

}  // namespace
}  // namespace weir::filter
