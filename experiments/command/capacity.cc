#include "experiments/capacity/capacity.h"

#include <algorithm>

#include <fmt/core.h>

#include "experiments/capacity/text.h"
#include "experiments/command/commands.h"
#include "experiments/command/json.h"
#include "experiments/command/output.h"
#include "experiments/scenario/document.h"

namespace weir::experiments {
namespace {

int usage_error(const std::string& message) {
  fmt::print(stderr, "weir capacity: {}\n", message);
  return kUsage;
}

/// The scenario at the receiver in the middle, or with the variant asked for.
int print_capacity(const CapacityOptions& options, const Setting& root) {
  const Setting median = median_receiver(root);
  const StreamKey key{.seed = options.seed};
  const MakeScenario make = [&] {
    Problems none;  // all were reported before
    return build_scenario(median, key, TraceCheck::header, none);
  };
  const Capacity capacity = find_capacity(make, median);
  return write_out(options.json ? capacity_json(capacity) : capacity_text(capacity)) ? kDone
                                                                                     : kFailed;
}

}  // namespace

int capacity_command(const CapacityOptions& options) {
  Document document = load_document(options.scenario, options.assignments);
  if (document.whole) check_document(document.root, document.problems);
  if (!document.problems.empty()) {
    print_problems(document.problems);
    return kBadScenario;
  }
  const std::vector<std::string> variants = variant_names(document.root);
  if (options.variant &&
      std::find(variants.begin(), variants.end(), *options.variant) == variants.end())
    return usage_error("--variant " + *options.variant + ": the scenario has no such variant" +
                       suggestion(*options.variant, variants));
  try {
    return print_capacity(
        options, options.variant ? apply_variant(document.root, *options.variant) : document.root);
  } catch (const std::exception& error) {
    fmt::print(stderr, "weir: {}\n", error.what());
    return kFailed;
  }
}

}  // namespace weir::experiments
