#include "experiments/scenario/network_reader.h"

#include <gtest/gtest.h>

#include "experiments/scenario/document.h"

namespace weir::experiments {
namespace {

struct Read {
  routing::Network network;
  Setting effective = make_table();
  std::string problems;  // "path: message", one a line
};

/// Reads `text` beside the sites eo (of the system online), filter and on-premises, and the
/// addresses new and other.
Read read(const std::string& text) {
  Document document = parse_document(text, "test.toml");
  Read result;
  result.network.systems = {{.name = "online"}};
  result.network.sites = {{.name = "eo", .system = 0}, {.name = "filter"}, {.name = "on-premises"}};
  result.network.addresses = {{.name = "new"}, {.name = "other"}};
  read_network(document.root, result.network, document.problems, result.effective);
  for (const Problem& problem : document.problems)
    result.problems += problem.path + ": " + problem.message + "\n";
  return result;
}

constexpr const char* kContoso = R"(
[domain."contoso.example"]
mx = ["10 filter", "20 on-premises"]
a = "filter"
spf = ["new", "other"]
spf_all = "softfail"
[organisation.contoso]
server = "s1"
forest = "eur"
authoritative = ["contoso.example"]
internal_relay = ["shared.example"]
stale = ["moved.example"]
)";

TEST(NetworkReader, ReadsADomain) {
  const Read result = read(kContoso);
  EXPECT_EQ(result.problems, "");
  const routing::Domain& domain = result.network.domains[0];
  EXPECT_EQ(domain.name, "contoso.example");
  ASSERT_EQ(domain.mx.size(), 2U);
  EXPECT_EQ(domain.mx[1].preference, 20U);
  EXPECT_EQ(domain.mx[1].site, 2U);
  EXPECT_EQ(domain.a, 1U);
  EXPECT_EQ(domain.spf, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(domain.spf_all, routing::SpfAll::softfail);
}

TEST(NetworkReader, ADomainWithoutTheKeyHasNoSpfRecord) {
  EXPECT_EQ(read("[domain.\"a.example\"]\nmx = []\n").network.domains[0].spf, std::nullopt);
}

TEST(NetworkReader, ReadsAnOrganisationAndItsDomains) {
  const Read result = read(kContoso);
  const routing::Network& n = result.network;
  ASSERT_EQ(n.organisations.size(), 1U);
  EXPECT_EQ(n.organisations[0].system, 0U);
  EXPECT_EQ(n.organisations[0].server, "s1");
  EXPECT_EQ(n.organisations[0].forest, "eur");
  EXPECT_EQ(n.systems[0].organisations, (std::vector<std::uint32_t>{0}));
  EXPECT_TRUE(n.is_registered(n.domain("contoso.example"), 0));
  EXPECT_EQ(n.domains[n.domain("shared.example")].type, routing::DomainType::internal_relay);
  EXPECT_EQ(n.organisations[0].stale, (std::vector<std::uint32_t>{n.domain("moved.example")}));
}

TEST(NetworkReader, ReadsConnectorsBothWays) {
  const Read result = read(std::string(kContoso) + R"(
[organisation.contoso.inbound.hybrid]
certificate = ["*.contoso.example"]
addresses = ["other"]
[organisation.contoso.outbound.legacy]
domains = ["shared.example"]
smart_hosts = ["on-premises", "filter"]
dead_for = "300 s"
)");
  EXPECT_EQ(result.problems, "");
  const routing::Organisation& contoso = result.network.organisations[0];
  EXPECT_EQ(contoso.inbound[0].addresses, (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(contoso.outbound[0].smart_hosts, (std::vector<std::uint32_t>{2, 1}));
  EXPECT_EQ(contoso.outbound[0].manner().dead_for, 300s);
}

TEST(NetworkReader, ReadsTheRoutesOfASystem) {
  const Read result = read(R"(
[system.online]
servers = 4
connector_choice = "exchange_server"
[system.online.route.all]
domains = ["*"]
smart_hosts = ["filter"]
)");
  EXPECT_EQ(result.problems, "");
  EXPECT_EQ(result.network.systems[0].routes.size(), 1U);
  EXPECT_EQ(result.network.systems[0].params.connector_choice,
            routing::ConnectorChoice::exchange_server);
}

TEST(NetworkReader, EchoesEveryValueUnderTheWholeNameOfADomain) {
  const Read result = read(kContoso);
  const Setting* domain = result.effective.find("domain")->find("contoso.example");
  ASSERT_NE(domain, nullptr);
  EXPECT_EQ(domain->find("spf_all")->text(), "\"softfail\"");
  EXPECT_NE(result.effective.at_path("organisation.contoso.forest"), nullptr);
}

/// The only problem of `text`, without its remedy behind the colon.
std::string problem_of(const std::string& text) { return read(text).problems; }

TEST(NetworkReader, NamesSitesAddressesAndSystemsThatDoNotExist) {
  EXPECT_EQ(problem_of("[domain.\"a.example\"]\nmx = [\"10 filtr\"]\n"),
            "domain.\"a.example\".mx: 'filtr': no such site (did you mean 'filter'?)\n");
  EXPECT_EQ(problem_of("[domain.x]\nspf = [\"knew\"]\n"),
            "domain.x.spf: 'knew': no such address (did you mean 'new'?)\n");
  EXPECT_EQ(problem_of("[organisation.c]\nsystem = \"onlin\"\n"),
            "organisation.c.system: 'onlin': no such system (did you mean 'online'?)\n");
  EXPECT_EQ(problem_of("[organisation.c.outbound.o]\ndomains=[\"*\"]\nsmart_hosts=[\"eon\"]\n"),
            "organisation.c.outbound.o.smart_hosts: 'eon': no such site (did you mean 'eo'?)\n");
}

TEST(NetworkReader, RefusesMxRecordsWithoutAPreferenceOrTwice) {
  EXPECT_NE(problem_of("[domain.x]\nmx = [\"filter\"]\n").find("expected a preference"),
            std::string::npos);
  EXPECT_NE(problem_of("[domain.x]\nmx = [\"10 filter\", \"20 filter\"]\n").find("twice"),
            std::string::npos);
}

TEST(NetworkReader, ADomainBelongsToOneOrganisation) {
  EXPECT_NE(problem_of("[organisation.a]\nauthoritative = [\"x\"]\n"
                       "[organisation.b]\ninternal_relay = [\"x\"]\n")
                .find("organisation.b.internal_relay: 'x' is accepted by a already"),
            std::string::npos);
}

TEST(NetworkReader, LeavesTheTablesOfFiltersRulesAndGroupsToOthers) {
  EXPECT_EQ(problem_of("[organisation.a.filter]\n[organisation.a.rule.r]\n"
                       "[organisation.a.group.g]\n"),
            "");
  EXPECT_NE(problem_of("[organisation.a.filters]\n"), "");
}

TEST(NetworkReader, ASystemHasRoutesOrOrganisations) {
  EXPECT_NE(problem_of("[organisation.a]\n[system.online.route.r]\ndomains = [\"*\"]\n"
                       "use_mx = true\n")
                .find("system.online.route"),
            std::string::npos);
}

}  // namespace
}  // namespace weir::experiments
