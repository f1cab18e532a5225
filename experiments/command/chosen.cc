#include "experiments/command/chosen.h"

#include <algorithm>

#include <fmt/core.h>

#include "experiments/command/output.h"
#include "experiments/scenario/scenario.h"
#include "sim/units.h"

namespace weir::experiments {

std::optional<Document> sound_document(const std::string& file,
                                       const std::vector<std::string>& assignments) {
  Document document = load_document(file, assignments);
  if (document.whole) check_document(document.root, document.problems);
  if (document.problems.empty()) return document;
  print_problems(document.problems);
  return std::nullopt;
}

std::optional<Setting> chosen_variant(std::string_view command, const Setting& root,
                                      const std::optional<std::string>& variant) {
  if (!variant) return root;
  const std::vector<std::string> names = variant_names(root);
  if (std::find(names.begin(), names.end(), *variant) != names.end())
    return apply_variant(root, *variant);
  fmt::print(stderr, "weir {}: --variant {}: the scenario has no such variant{}\n", command,
             *variant, suggestion(*variant, names));
  return std::nullopt;
}

std::vector<Variant> all_variants(const Setting& root) {
  std::vector<Variant> variants{{"scenario", root}};
  if (const Setting* plain = root.find("label"); plain != nullptr && plain->string() != nullptr)
    variants.front().name = *plain->string();
  for (const std::string& name : variant_names(root))
    variants.push_back({name, apply_variant(root, name)});
  return variants;
}

double read_share(const std::string& option, const std::string& text, std::string& fault) {
  const std::optional<double> share = parse_share(text);
  if (share && *share > 0 && *share < 1) return *share;
  fault = fmt::format("{} {}: expected a share above 0 % and below 100 %, such as \"5 %\"", option,
                      text);
  return 0;
}

}  // namespace weir::experiments
