#include "experiments/capacity/capacity.h"

#include "analysis/flow/drawing.h"
#include "experiments/capacity/text.h"
#include "experiments/command/chosen.h"
#include "experiments/command/commands.h"
#include "experiments/command/json.h"
#include "experiments/command/output.h"

namespace weir::experiments {
namespace {

/// At the receiver in the middle.
int show_capacity(const CapacityOptions& options, const Setting& root) {
  const Setting median = median_receiver(root);
  const StreamKey key{.seed = options.seed};
  const MakeScenario make = [&] {
    Problems none;  // all were reported before
    return build_scenario(median, key, TraceCheck::header, none);
  };
  const Capacity capacity = find_capacity(make, median);
  const analysis::DrawingWords words{
      .alert = "limits what can pass", .faint = "", .dashed = "", .dotted = ""};
  if (!write_file(options.svg, analysis::to_svg(capacity.network, words))) return kFailed;
  return write_out(options.json ? capacity_json(capacity) : capacity_text(capacity)) ? kDone
                                                                                     : kFailed;
}

}  // namespace

int capacity_command(const CapacityOptions& options) {
  const auto document = sound_document(options.scenario, options.assignments);
  if (!document) return kBadScenario;
  const auto root = chosen_variant("capacity", document->root, options.variant);
  if (!root) return kUsage;
  return show_capacity(options, *root);
}

}  // namespace weir::experiments
