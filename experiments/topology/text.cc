// The topology for the terminal.

#include <array>

#include <fmt/core.h>

#include "experiments/explain/page.h"
#include "experiments/topology/topology.h"

namespace weir::experiments {
namespace {

struct Counted {
  routing::Place place;
  const char* one;
  const char* many;
};

constexpr std::array<Counted, 5> kCounted{{
    {routing::Place::source, "source", "sources"},
    {routing::Place::site, "site", "sites"},
    {routing::Place::system, "system without organisations", "systems without organisations"},
    {routing::Place::organisation, "organisation", "organisations"},
    {routing::Place::mailboxes, "domain with mailboxes", "domains with mailboxes"},
}};

std::string counts_text(const routing::MailGraph& graph) {
  std::string text;
  for (const Counted& counted : kCounted) {
    std::size_t count = 0;
    for (const routing::PlaceNode& node : graph.nodes) count += node.place == counted.place;
    if (count == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count,
                        count == 1 ? counted.one : counted.many);
  }
  return text;
}

}  // namespace

std::string topology_text(const Topology& topology) {
  std::string text = topology.title + "\n" + wrapped(counts_text(topology.graph), 2) + "\n";
  if (topology.findings.empty()) return text + "Nothing found.\n";
  for (const routing::Finding& finding : topology.findings)
    text += finding.kind + ": " + finding.path + "\n" + wrapped(finding.text, 2);
  const std::size_t count = topology.findings.size();
  return text + fmt::format("\n{} finding{}\n", count, count == 1 ? "" : "s");
}

}  // namespace weir::experiments
