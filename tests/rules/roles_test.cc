// S3-01 to S3-08: what each server is for, SPF, and a reputation that SPF says nothing about.

#include "tests/rules/delays.h"
#include "tests/rules/rule_case.h"

namespace weir::testing {
namespace {

constexpr std::uint32_t kUser = 0;
constexpr std::uint32_t kContoso = 0;  // the addresses
constexpr std::uint32_t kForger = 1;

/// A user of contoso, and a forger in contoso's name, to fabrikam; SPF names contoso's address.
RuleCase roles(const Assignments& changes = {}) { return RuleCase("roles", changes); }

TEST(RuleS3_01, AProgramSubmitsAServerTransfersAndTheLastOneStores) {
  const RuleCase run = roles();
  EXPECT_EQ(run.logged({"user", "program-1", "submission"}), 1000U);
  EXPECT_EQ(run.traced({"user", "sent", "contoso"}), 1000U);
  EXPECT_EQ(run.logged({"user", "contoso-1", "fabrikam"}), 1000U);
  EXPECT_EQ(run.traced({"user", "delivered", "fabrikam"}), 1000U);
}

TEST(RuleS3_01, EachOfThemTakesItsTime) {
  const Assignments slow{"system.contoso.service_time=5 s", "system.fabrikam.service_time=7 s"};
  EXPECT_EQ(delays_of(roles().run(), kUser), each(1000, 1s + 1s));
  EXPECT_EQ(delays_of(roles(slow + Assignments{"source.forger.arrivals.messages=0"}).run(), kUser),
            each(1000, 1s + 5s + 1s + 7s));
}

TEST(RuleS3_04, AReceiverThatDemandsSpfKeepsWhatFailsItOutOfTheInbox) {
  const RuleCase demands =
      roles({"organisation.fabrikam.filter.spf_fail_levels=9",
             "organisation.fabrikam.filter.high_confidence_action=quarantine"});
  EXPECT_EQ(demands.traced({"forger", "quarantined"}), 1000U);
  EXPECT_EQ(demands.traced({"user", "delivered"}), 1000U);
  const RuleCase does_not = roles({"organisation.fabrikam.filter.spf_fail_levels=0"});
  EXPECT_EQ(does_not.traced({"forger", "delivered"}), 1000U);
}

TEST(RuleS3_05, TheRecordListsTheAddressesAndSaysWhatToDoAboutOthers) {
  const auto delivered = [](const std::string& spf) {
    return roles({"domain.\"contoso.example\"." + spf}).traced({"forger", "delivered"});
  };
  EXPECT_EQ(delivered(R"(spf=["contoso-1", "forger-1"])"), 1000U);
  EXPECT_EQ(delivered("spf_all=fail"), 0U);
  EXPECT_EQ(delivered("spf_all=neutral"), 1000U);
  EXPECT_EQ(problems_of("roles", {R"(domain."contoso.example".spf=["nobody"])"}).size(), 1U);
}

TEST(RuleS3_06, TheConnectingAddressIsComparedNotOneBeforeIt) {
  const Assignments only_program{R"(domain."contoso.example".spf=["program-1"])"};
  const RuleCase run = roles(only_program);
  EXPECT_EQ(run.traced({"user", "junked", "fabrikam"}), 1000U)
      << "the program's address is permitted, but contoso's server connects";
  EXPECT_EQ(roles().traced({"user", "delivered", "fabrikam"}), 1000U);
}

TEST(RuleS3_07, AnAddressThatIsNotPermittedIsTakenForForged) {
  const RuleCase run = roles();
  EXPECT_EQ(run.traced({"forger", "junked", "fabrikam"}), 1000U);
  EXPECT_LT(run.run().standing(kForger).reputation, run.run().standing(kContoso).reputation);
}

/// contoso's own server is hijacked: what it sends now is spam, and users complain of the rest.
const Assignments kHijacked{"source.user.spam=100 %"};

TEST(RuleS3_08, AHijackedServerPassesSpfAndRuinsItsReputationAllTheSame) {
  const RuleCase run = roles(kHijacked);
  EXPECT_LT(run.run().standing(kContoso).reputation, roles().run().standing(kContoso).reputation);
  EXPECT_LT(run.run().standing(kContoso).reputation, 25.0);
}

TEST(RuleS3_08, AForgersSpamDoesNotTouchTheReputationOfTheServerItImitates) {
  const RuleCase forged = roles({"source.forger.spam=100 %"});
  EXPECT_EQ(forged.run().standing(kContoso).reputation,
            roles().run().standing(kContoso).reputation);
}

}  // namespace
}  // namespace weir::testing
