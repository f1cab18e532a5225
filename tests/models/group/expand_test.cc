#include "models/group/group.h"
#include "tests/models/make_model.h"

namespace weir::group {
namespace {

using weir::testing::at;
using Places = std::vector<Recipients>;

constexpr std::uint32_t kOwn = 0;
constexpr std::uint32_t kPartner = 1;

Group group(Kind kind, Places members, std::vector<std::uint32_t> nested = {}) {
  Group g;
  g.kind = kind;
  g.domain = kOwn;
  g.members = std::move(members);
  g.groups = std::move(nested);
  g.lookup_time = 10ms;
  return g;
}

Expansion expansion(const std::vector<Group>& groups, SimTime now = {}) {
  return expand(groups, 0, now);
}

TEST(Group, SpreadsAMessageToAllMembers) {
  for (const Kind kind : {Kind::distribution, Kind::mail_security, Kind::dynamic}) {
    const Expansion e = expansion({group(kind, {{kOwn, 120}, {kPartner, 5}})});
    EXPECT_EQ(e.reply, Reply::accepted);
    EXPECT_EQ(e.places, (Places{{kOwn, 120}, {kPartner, 5}}));
  }
}

TEST(Group, ForSecurityOnlyTakesNoMail) {
  const Expansion e = expansion({group(Kind::security, {{kOwn, 10}})});
  EXPECT_EQ(info(e.reply).severity, Severity::reject);
  EXPECT_TRUE(e.places.empty());
}

TEST(Group, ForSecurityOnlyAddsNobodyToAnother) {
  const Expansion e =
      expansion({group(Kind::distribution, {{kOwn, 2}}, {1}), group(Kind::security, {{kOwn, 10}})});
  EXPECT_EQ(e.places, (Places{{kOwn, 2}}));
}

TEST(Group, OfOffice365HasAMailboxBesideItsMembers) {
  EXPECT_EQ(expansion({group(Kind::office365, {{kPartner, 3}})}).places,
            (Places{{kOwn, 1}, {kPartner, 3}}));
}

TEST(Group, FindsItsMembersAtTheInstantOfEachMessage) {
  std::vector<Group> groups{group(Kind::dynamic, {{kOwn, 120}})};
  groups[0].changes = {{at(1h), {kOwn, 140}}, {at(2h), {kPartner, 1}}, {at(3h), {kOwn, 0}}};
  EXPECT_EQ(expansion(groups, at(1h - 1ns)).places, (Places{{kOwn, 120}}));
  EXPECT_EQ(expansion(groups, at(1h)).places, (Places{{kOwn, 140}}));
  EXPECT_EQ(expansion(groups, at(3h)).places, (Places{{kPartner, 1}}));
}

TEST(Group, ExpandsTheGroupsInIt) {
  EXPECT_EQ(
      expansion({group(Kind::distribution, {{kOwn, 1}}, {1, 2}),
                 group(Kind::distribution, {{kOwn, 10}}), group(Kind::dynamic, {{kPartner, 100}})})
          .places,
      (Places{{kOwn, 11}, {kPartner, 100}}));
}

TEST(Group, ThatContainsItselfIsExpandedOnce) {
  EXPECT_EQ(expansion({group(Kind::distribution, {{kOwn, 1}}, {1, 1}),
                       group(Kind::distribution, {{kOwn, 10}}, {0})})
                .total(),
            11U);
}

TEST(Group, CountsItsExternalMembersForTheTenant) {
  const Expansion e = expansion({group(Kind::distribution, {{kOwn, 120}, {kPartner, 5}})});
  const std::vector<std::uint32_t> registered{kOwn};
  EXPECT_EQ(e.external(registered), 5U);
  EXPECT_EQ(e.total(), 125U);
  EXPECT_EQ(kCountsAs, 1U);
}

TEST(Group, TakesAQueryForEveryTwentyMembers) {
  EXPECT_EQ(expansion({group(Kind::distribution, {{kOwn, 40}})}).takes, 20ms);
  EXPECT_EQ(expansion({group(Kind::distribution, {{kOwn, 41}})}).takes, 30ms);
  EXPECT_EQ(expansion({group(Kind::dynamic, {{kOwn, 40}})}).takes, 30ms);
}

struct Read {
  Group group;
  std::vector<std::string> problems;
};

Read read(const weir::testing::Keys& keys) {
  static const std::vector<std::string> kDomains{"contoso.example", "partner.example"};
  static const std::vector<std::string> kGroups{"all", "sales"};
  Problems problems;
  const Setting table = weir::testing::table_of(keys);
  const ParamsPlace place{table, "it", problems};
  Read result{resolve(read_params<GroupParams>(place), place, kDomains, kGroups), {}};
  for (const Problem& problem : problems) result.problems.push_back(problem.text());
  return result;
}

using Strings = std::vector<std::string>;

TEST(GroupParams, AreCountsNamesAndChanges) {
  const auto [group, problems] =
      read({{"domain", "contoso.example"},
            {"members", Strings{"120 contoso.example", "5 partner.example"}},
            {"groups", Strings{"sales"}},
            {"changes", Strings{"26 h: 1 partner.example", "2 h: 140 contoso.example"}}});
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(group.members, (Places{{0, 120}, {1, 5}}));
  EXPECT_EQ(group.groups, (std::vector<std::uint32_t>{1}));
  ASSERT_EQ(group.changes.size(), 2U);
  EXPECT_EQ(group.changes[0].at, at(2h));
  EXPECT_EQ(group.changes[0].now, (Recipients{0, 140}));
}

TEST(GroupParams, ThatNobodyUnderstandsAreProblems) {
  const weir::testing::Key domain{"domain", "contoso.example"};
  const auto problems = [&](const char* key, const char* text) {
    return read({domain, {key, Strings{text}}}).problems.size();
  };
  EXPECT_EQ(problems("members", "many contoso.example"), 1U);
  EXPECT_EQ(problems("members", "120"), 1U);
  EXPECT_EQ(problems("members", "120 elsewhere.example"), 1U);
  EXPECT_EQ(problems("groups", "nobody"), 1U);
  EXPECT_EQ(problems("changes", "140 contoso.example"), 1U);
  EXPECT_EQ(problems("changes", "soon: 140 contoso.example"), 1U);
}

}  // namespace
}  // namespace weir::group
