#include "experiments/topology/topology.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "analysis/flow/drawing.h"
#include "tests/support/scenario_run.h"

namespace weir::experiments {
namespace {

/// A filter in front of contoso on Exchange Online, and a host outside.
constexpr const char* kScenario = R"(
title = "A filter in front"
[address.app]
[address.eo]
[address.filter]
[pool.app]
addresses = ["app"]
[pool.eo]
addresses = ["eo"]
[pool.filter]
addresses = ["filter"]
[site.filter]
system = "filter"
[site.eo]
system = "online"
[site.outside]
[system.filter]
pool = "filter"
[system.filter.route.fixed]
domains = ["*"]
smart_hosts = ["eo"]
[system.online]
pool = "eo"
[domain."contoso.example"]
mx = ["10 filter"]
[domain."outside.example"]
mx = ["10 outside"]
[organisation.contoso]
system = "online"
authoritative = ["contoso.example"]
[source.app]
pool = "app"
to = ["contoso.example"]
[source.users]
system = "online"
from = "contoso.example"
to = ["outside.example"]
)";

Topology examined(const testing::Assignments& changes = {}) {
  return examine(testing::scenario_of(kScenario, changes));
}

/// "path: text" of the findings of a kind.
std::vector<std::string> found(const Topology& topology, const std::string& kind) {
  std::vector<std::string> all;
  for (const routing::Finding& finding : topology.findings)
    if (finding.kind == kind) all.push_back(finding.path + ": " + finding.text);
  return all;
}

TEST(Topology, FindsNothingInASoundScenario) {
  EXPECT_TRUE(examined().findings.empty());
  EXPECT_NE(topology_text(examined()).find("Nothing found"), std::string::npos);
}

TEST(Topology, FindsTheLoopOfAnInternalRelayDomainWhoseMxLeadsBack) {
  const Topology topology =
      examined({"organisation.contoso.authoritative=[]",
                R"(organisation.contoso.internal_relay=["contoso.example"])"});
  EXPECT_EQ(found(topology, "routing loop"),
            (std::vector<std::string>{
                "domain.\"contoso.example\": mail for addresses that have no mailbox on the way "
                "goes round, filter -> eo -> contoso -> filter, until a system's hop_limit "
                "returns it"}));
}

TEST(Topology, FindsALoopThatAllMailOfADomainTakes) {
  const Topology topology = examined({R"(system.filter.route.fixed.smart_hosts=["filter"])"});
  EXPECT_EQ(found(topology, "routing loop"),
            (std::vector<std::string>{"domain.\"contoso.example\": mail goes round, filter -> "
                                      "filter, until a system's hop_limit returns it"}));
}

TEST(Topology, FindsMailThatIsReturned) {
  const Topology topology = examined({R"(domain."outside.example".mx=["10 eo"])"});
  EXPECT_EQ(found(topology, "unreachable recipients").size(), 1U);
  EXPECT_EQ(found(topology, "foreign mail exchanger").size(), 1U);
}

TEST(Topology, DrawsEveryPlaceOnceUnderItsOwnName) {
  const analysis::Network drawing = drawing_of(examined());
  std::vector<std::string> names;
  for (const analysis::Node& node : drawing.nodes) names.push_back(node.name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names,
            (std::vector<std::string>{"app", "contoso", "contoso.example", "eo", "filter",
                                      "filter (system)", "outside", "outside.example", "users"}));
}

TEST(Topology, SaysOnAnArcWhoDecidedAndWhoseMailItIs) {
  const std::string dot = analysis::to_dot(drawing_of(examined()));
  EXPECT_NE(dot.find("fixed: contoso.example"), std::string::npos);
  EXPECT_NE(dot.find("MX: outside.example"), std::string::npos);
}

}  // namespace
}  // namespace weir::experiments
