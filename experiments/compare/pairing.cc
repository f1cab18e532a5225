#include "experiments/compare/pairing.h"

#include <algorithm>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "experiments/ensemble/distribution.h"

namespace weir::experiments {
namespace {

/// "2 mail": the same for sources that draw the same numbers and are meant to.
std::vector<std::string> sources_of(const Setting& root) {
  std::vector<std::string> sources;
  const Setting* table = root.find("source");
  if (table == nullptr || table->table() == nullptr) return sources;
  for (const auto& [name, source] : *table->table())
    sources.push_back(fmt::format("{} {}", sources.size() + 1, name));
  return sources;
}

std::vector<std::string> unknowns_of(const Setting& root) {
  std::vector<std::string> paths;
  Problems ignored;  // they were checked before
  for (const Unknown& unknown : find_unknowns(root, ignored)) paths.push_back(unknown.path);
  return paths;
}

SharedNames share(const std::vector<std::string>& first, const std::vector<std::string>& other) {
  SharedNames names;
  for (const std::string& name : first)
    (std::ranges::count(other, name) > 0 ? names.both : names.only_first).push_back(name);
  for (const std::string& name : other)
    if (std::ranges::count(first, name) == 0) names.only_other.push_back(name);
  return names;
}

void remark_on(std::vector<std::string>& remarks, const std::string& what,
               const std::vector<std::string>& names, const std::string& variant) {
  if (names.empty()) return;
  remarks.push_back(fmt::format("only {} has the {} {}: nothing of it is paired", variant, what,
                                fmt::join(names, ", ")));
}

}  // namespace

Pairing pairing_of(const Setting& first, const Setting& other) {
  return {share(sources_of(first), sources_of(other)),
          share(unknowns_of(first), unknowns_of(other))};
}

std::vector<std::string> remarks_on(const Pairing& pairing, const std::string& first,
                                    const std::string& other) {
  std::vector<std::string> remarks;
  if (pairing.sources.disjoint()) {
    remarks.push_back(fmt::format(
        "{} and {} share no source (by place and name: {}; {}): receiver r of one sees other mail "
        "than receiver r of the other, so that pairing means nothing; the intervals hold, and "
        "are as wide as for independent runs",
        first, other, fmt::join(pairing.sources.only_first, ", "),
        fmt::join(pairing.sources.only_other, ", ")));
  } else {
    remark_on(remarks, "source", pairing.sources.only_first, first);
    remark_on(remarks, "source", pairing.sources.only_other, other);
  }
  if (pairing.unknowns.disjoint()) {
    remarks.push_back(fmt::format(
        "{} and {} share no unknown of the receiver: receiver r of one is not receiver r of the "
        "other, so that pairing means little; give unknowns that are meant alike the same path",
        first, other));
  } else {
    remark_on(remarks, "unknown", pairing.unknowns.only_first, first);
    remark_on(remarks, "unknown", pairing.unknowns.only_other, other);
  }
  return remarks;
}

}  // namespace weir::experiments
