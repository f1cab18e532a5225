#include "models/routing/names.h"

#include <gtest/gtest.h>

namespace weir::routing {
namespace {

TEST(Names, DoNotDifferByCase) {
  EXPECT_TRUE(same_name("Contoso.COM", "contoso.com"));
  EXPECT_FALSE(same_name("contoso.co", "contoso.com"));
}

TEST(Names, AreOrderedByLettersAndDigits) {
  EXPECT_TRUE(comes_before("Aconnecter", "Bconnecter"));
  EXPECT_TRUE(comes_before("aconnecter", "Bconnecter"));
  EXPECT_TRUE(comes_before("Aconnecter", "bconnecter"));
  EXPECT_TRUE(comes_before("1st", "a"));
  EXPECT_FALSE(comes_before("a", "a"));
  EXPECT_NE(comes_before("a", "A"), comes_before("A", "a"));
}

TEST(Names, AWildcardCoversWhatLiesBelowItButNotItself) {
  EXPECT_TRUE(covers("*.contoso.com", "jpn.contoso.com"));
  EXPECT_TRUE(covers("*.contoso.com", "a.b.contoso.com"));
  EXPECT_FALSE(covers("*.contoso.com", "contoso.com"));
  EXPECT_FALSE(covers("*.contoso.com", "mycontoso.com"));
  EXPECT_TRUE(covers("*.com", "contoso.com"));
  EXPECT_TRUE(covers("*", "contoso.com"));
  EXPECT_TRUE(covers("contoso.com", "CONTOSO.com"));
}

TEST(Names, AStarMayStandOnlyAtTheFront) {
  EXPECT_TRUE(is_well_formed("*.a.example"));
  EXPECT_TRUE(is_well_formed("*"));
  EXPECT_FALSE(is_well_formed("a.*.example"));
  EXPECT_FALSE(is_well_formed("*a.example"));
  EXPECT_FALSE(is_well_formed(""));
}

TEST(Names, CertificatesMatchByNameOrWildcardOfEitherSide) {
  EXPECT_TRUE(matches_certificate("mail.contoso.com", "mail.contoso.com"));
  EXPECT_TRUE(matches_certificate("*.contoso.com", "mail.contoso.com"));
  EXPECT_TRUE(matches_certificate("mail.contoso.com", "*.contoso.com"));
  EXPECT_FALSE(matches_certificate("mail.contoso.com", "mail.fabrikam.com"));
  EXPECT_FALSE(matches_certificate("contoso.com", "mail.contoso.com"));
}

TEST(RuleS2_10, AWildcardNamesItsParentAndWhatLiesBelow) {
  EXPECT_TRUE(names_domain("*.contoso.com", "contoso.com"));
  EXPECT_TRUE(names_domain("*.contoso.com", "jpn.contoso.com"));
  EXPECT_FALSE(names_domain("*.contoso.com", "fabrikam.com"));
  EXPECT_FALSE(names_domain("contoso.com", "jpn.contoso.com"));
}

}  // namespace
}  // namespace weir::routing
