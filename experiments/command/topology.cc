#include "experiments/topology/topology.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/core.h>

#include "analysis/flow/drawing.h"
#include "experiments/command/commands.h"
#include "experiments/command/json.h"
#include "experiments/command/output.h"
#include "experiments/scenario/document.h"

namespace weir::experiments {
namespace {

int usage_error(const std::string& message) {
  fmt::print(stderr, "weir topology: {}\n", message);
  return kUsage;
}

/// False, after a message, when the file could not be written.
bool write_file(const std::string& path, const std::string& text) {
  if (path.empty()) return true;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) return true;
  fmt::print(stderr, "weir: {}: cannot be written: {}\n", path, std::strerror(errno));
  return false;
}

int show(const TopologyOptions& options, const Topology& topology) {
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
  const Setting root =
      options.variant ? apply_variant(document.root, *options.variant) : document.root;
  Problems none;  // all were reported before
  return show(options,
              examine(build_scenario(median_receiver(root), {}, TraceCheck::header, none)));
}

}  // namespace weir::experiments
