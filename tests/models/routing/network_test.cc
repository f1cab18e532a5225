#include "models/routing/network.h"

#include <gtest/gtest.h>

namespace weir::routing {
namespace {

using Groups = std::vector<std::vector<std::uint32_t>>;

TEST(MailHosts, StandInGroupsByPreference) {
  Domain domain;
  domain.mx = {{20, 4}, {10, 7}, {10, 5}};
  EXPECT_EQ(mail_hosts(domain), (Groups{{7, 5}, {4}}));
}

TEST(MailHosts, AreTheAddressRecordsOnlyWithoutMx) {
  Domain domain;
  domain.a = 3;
  EXPECT_EQ(mail_hosts(domain), (Groups{{3}}));
  domain.mx = {{10, 7}};
  EXPECT_EQ(mail_hosts(domain), (Groups{{7}}));
}

TEST(MailHosts, AreNoneWhenDnsHasNeither) { EXPECT_TRUE(mail_hosts({}).empty()); }

Network with_spf(std::optional<std::vector<std::uint32_t>> permitted, SpfAll all = SpfAll::fail) {
  Network network;
  network.domains.push_back({.name = "a.example", .spf = std::move(permitted), .spf_all = all});
  return network;
}

TEST(RuleS3_06, SpfComparesTheConnectingAddressWithThosePermitted) {
  EXPECT_EQ(check_spf(with_spf({{1, 2}}), 0, 2), Spf::pass);
  EXPECT_EQ(check_spf(with_spf({{1, 2}}), 0, 3), Spf::fail);
}

TEST(Spf, OtherAddressesGetWhatTheRecordEndsWith) {
  EXPECT_EQ(check_spf(with_spf({{1}}, SpfAll::softfail), 0, 3), Spf::softfail);
  EXPECT_EQ(check_spf(with_spf({{1}}, SpfAll::neutral), 0, 3), Spf::neutral);
}

TEST(Spf, IsNoneWithoutARecordOrASender) {
  EXPECT_EQ(check_spf(with_spf({}), 0, 1), Spf::none);
  EXPECT_EQ(check_spf(with_spf({{1}}), kNone, 1), Spf::none);
}

/// Two organisations on system 0, the first of which still lists the domain of a third elsewhere.
Network with_stale_domain() {
  Network network;
  network.systems = {{.name = "old", .organisations = {0, 1}},
                     {.name = "new", .organisations = {2}}};
  network.organisations = {{.name = "a", .system = 0, .stale = {0}},
                           {.name = "b", .system = 0, .stale = {}},
                           {.name = "c", .system = 1, .stale = {}}};
  network.domains = {{.name = "moved.example", .organisation = 2},
                     {.name = "b.example", .organisation = 1}};
  return network;
}

TEST(Network, ADomainIsAtHomeWithItsOwnerElseWhereItIsStale) {
  const Network network = with_stale_domain();
  EXPECT_EQ(network.home(1, 0), 2U);
  EXPECT_EQ(network.home(0, 0), 0U);
  EXPECT_EQ(network.home(0, 1), 1U);
  EXPECT_EQ(network.home(1, 1), kNone);
}

TEST(Network, FindsDomainsByNameWithoutRegardToCase) {
  const Network network = with_stale_domain();
  EXPECT_EQ(network.domain("B.example"), 1U);
  EXPECT_EQ(network.domain("other.example"), kNone);
  EXPECT_TRUE(network.is_registered(1, 1));
  EXPECT_FALSE(network.is_registered(kNone, 1));
}

}  // namespace
}  // namespace weir::routing
