#include "experiments/scenario/scenario.h"

#include <algorithm>

#include "experiments/scenario/document.h"
#include "experiments/scenario/reader.h"

namespace weir::experiments {

Scenario build_scenario(const Setting& root, const StreamKey& key, TraceCheck traces,
                        Problems& problems) {
  return ScenarioReader(root, traces, problems).read(key);
}

Dependence read_dependence(const Setting& root, Problems& problems) {
  const Setting* table = root.find("ensemble");
  if (table == nullptr) return {};
  if (table->table() == nullptr) {
    problems.push_back({table->place, "ensemble", table->text(), "expected a table [ensemble]"});
    return {};
  }
  const ParamsPlace at{*table, "ensemble", problems};
  const auto p = read_params<EnsembleParams>(at);
  if (p.between.empty()) return {};
  Problems ignored;
  std::vector<std::string> paths;
  for (const Unknown& unknown : find_unknowns(root, ignored)) paths.push_back(unknown.path);
  if (p.between.size() != 2) at.report("between", "expected the paths of two unknowns");
  for (const std::string& path : p.between)
    if (std::find(paths.begin(), paths.end(), path) == paths.end())
      at.report("between", "'" + path + "' is no unknown" + suggestion(path, paths));
  return p.between.size() == 2 ? Dependence{p.between[0], p.between[1], p.correlation}
                               : Dependence{};
}

void check_document(const Setting& root, Problems& problems) {
  find_unknowns(root, problems);
  read_dependence(root, problems);
  build_scenario(median_receiver(root), {}, TraceCheck::whole, problems);
  for (const std::string& name : variant_names(root)) {
    Problems of_variant;
    const Setting variant = apply_variant(root, name);
    find_unknowns(variant, of_variant);
    build_scenario(median_receiver(variant), {}, TraceCheck::header, of_variant);
    // A problem of the scenario itself shows in every variant: say it once.
    for (Problem& problem : of_variant) {
      const auto same = [&](const Problem& p) { return p.text() == problem.text(); };
      if (std::none_of(problems.begin(), problems.end(), same))
        problems.push_back(std::move(problem));
    }
  }
  if (const Setting* variants = root.find("variant"); variants != nullptr) {
    if (variants->table() == nullptr) {
      problems.push_back(
          {variants->place, "variant", variants->text(), "expected tables such as [variant.NAME]"});
      return;
    }
    for (const auto& [name, table] : *variants->table())
      if (table.table() == nullptr)
        problems.push_back({table.place, "variant." + name, table.text(), "expected a table"});
  }
}

std::vector<std::string> variant_names(const Setting& root) {
  std::vector<std::string> names;
  const Setting* variants = root.find("variant");
  if (variants == nullptr || variants->table() == nullptr) return names;
  for (const auto& [name, table] : *variants->table())
    if (table.table() != nullptr) names.push_back(name);
  return names;
}

Setting apply_variant(const Setting& root, const std::string& name) {
  Setting whole = root;
  merge(whole, *root.find("variant")->find(name));
  return whole;
}

}  // namespace weir::experiments
