#include "experiments/topology/topology.h"

#include "analysis/flow/drawing.h"
#include "experiments/command/chosen.h"
#include "experiments/command/commands.h"
#include "experiments/command/json.h"
#include "experiments/command/output.h"

namespace weir::experiments {
namespace {

int show_topology(const TopologyOptions& options, const Topology& topology) {
  const analysis::Network drawing = drawing_of(topology);
  const analysis::DrawingWords words{
      .alert = "not as DNS says, or returned",
      .faint = "",
      .dashed = "only when no host before answers",
      .dotted = "",
  };
  if (!write_file(options.dot, analysis::to_dot(drawing)) ||
      !write_file(options.svg, analysis::to_svg(drawing, words)))
    return kFailed;
  return write_out(options.json ? topology_json(topology) : topology_text(topology)) ? kDone
                                                                                     : kFailed;
}

}  // namespace

int topology_command(const TopologyOptions& options) {
  const auto document = sound_document(options.scenario, options.assignments);
  if (!document) return kBadScenario;
  const auto root = chosen_variant("topology", document->root, options.variant);
  if (!root) return kUsage;
  Problems none;  // all were reported before
  return show_topology(
      options, examine(build_scenario(median_receiver(*root), {}, TraceCheck::header, none)));
}

}  // namespace weir::experiments
