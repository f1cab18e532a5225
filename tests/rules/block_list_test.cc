// S4-13, S4-43, S4-46 to S4-49 and vector V6: two block lists, and the allow list against them.

#include "tests/rules/rule_case.h"

namespace weir::testing {
namespace {

/// The site has both lists; the sender's address is on `list` from the start and stays there.
Assignments listed(const std::string& list) {
  const auto policy = [](const std::string& name) {
    return "site.exchange-online.throttle." + name + R"(={ model = "block-list", list = ")" + name +
           R"(", request_after = "none", zone = "sbl" })";
  };
  return {policy("microsoft"), policy("spamhaus"), "address.sender.blocked=[\"" + list + "\"]"};
}

const Assignments kAllow{R"(organisation.tenant.filter.allow=["sender"])"};

RuleCase run(const Assignments& changes) { return RuleCase("filters", changes); }

TEST(RuleS4_13, TheAllowListIsNotHeldAgainstMicrosoftsList) {
  const Assignments microsoft = listed("microsoft");
  EXPECT_EQ(run(microsoft).logged({"mail", "550 5.7.606"}), 1000U);
  EXPECT_EQ(run(microsoft + kAllow).logged({"mail", "250 2.6.0"}), 1000U);
}

TEST(RuleS4_43, TwoListsCount) {
  EXPECT_EQ(run(listed("microsoft")).logged({"mail", "550 5.7.606", "block-list"}), 1000U);
  EXPECT_EQ(run(listed("spamhaus")).logged({"mail", "550 5.7.1", "spamhaus"}), 1000U);
}

TEST(RuleS4_46, SpamhaussRefusalIsPermanentAndNamesTheWayOut) {
  const RuleCase blocked = run(listed("spamhaus"));
  EXPECT_EQ(blocked.ended(Outcome::bounced), 1000U);
  EXPECT_EQ(blocked.notices(), 1000U);
  EXPECT_NE(info(Reply::spamhaus).text.find("http://www.spamhaus.org/lookup.lasso"),
            std::string_view::npos);
}

TEST(RuleS4_47, AllowedAddressesAreSafeFromLaterListingsToo) {
  const Assignments later =
      listed("microsoft") + Assignments{
                                "site.exchange-online.throttle.microsoft.blocked_from="
                                "30 min"};
  EXPECT_GT(run(later).logged({"mail", "550 5.7.606"}), 0U);
  EXPECT_EQ(run(later + kAllow).logged({"mail", "550 5.7.606"}), 0U);
}

TEST(RuleS4_48, NothingOfTheKindHelpsAgainstSpamhaus) {
  EXPECT_EQ(run(listed("spamhaus") + kAllow).logged({"mail", "550 5.7.1", "spamhaus"}), 1000U);
}

TEST(RuleS4_49, AChangeOfTheAllowListTakesAboutAnHour) {
  const RuleCase late = run(listed("microsoft") + kAllow +
                            Assignments{"organisation.tenant.filter.allow_registered=0 s",
                                        "source.mail.arrivals.messages=2000", "horizon=3 h"});
  EXPECT_EQ(late.run().count(Reply::accepted, 0h, 1h), 0U);
  EXPECT_EQ(late.run().count(Reply::banned_address, 1h, 3h), 0U);
  EXPECT_EQ(late.logged({"mail", "550 5.7.606"}), 1000U) << "a thousand an hour";
}

TEST(VectorV6, AllowedAfterAnHourWithLevelMinusOneAndNeverAgainstSpamhaus) {
  const Assignments allowed_late =
      kAllow + Assignments{"organisation.tenant.filter.allow_registered=30 min",
                           "source.mail.arrivals.messages=3000", "horizon=4 h"};
  const RuleCase microsoft = run(listed("microsoft") + allowed_late);
  EXPECT_EQ(microsoft.run().count(Reply::banned_address, 0h, 90min), 1500U);
  EXPECT_EQ(microsoft.traced({"mail", "delivered", "-1"}), 1500U);
  const RuleCase spamhaus = run(listed("spamhaus") + allowed_late);
  EXPECT_EQ(spamhaus.run().record().count(Reply::spamhaus), 3000U);
}

}  // namespace
}  // namespace weir::testing
