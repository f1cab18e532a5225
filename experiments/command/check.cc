#include <algorithm>

#include <fmt/core.h>

#include "experiments/command/commands.h"
#include "experiments/command/json.h"
#include "experiments/command/output.h"
#include "experiments/scenario/document.h"
#include "experiments/scenario/scenario.h"
#include "experiments/sweep/sweep.h"

namespace weir::experiments {
namespace {

/// What the scenario says without effect, on standard error, each once.
void print_remarks(const Setting& root) {
  Problems none;
  const Scenario scenario = build_scenario(median_receiver(root), {}, TraceCheck::header, none);
  std::vector<std::string> said;
  for (const Problem& remark : scenario.remarks) {
    const std::string text = remark.text();
    if (std::find(said.begin(), said.end(), text) != said.end()) continue;
    said.push_back(text);
    fmt::print(stderr, "remark: {}\n", text);
  }
}

}  // namespace

int check_command(const CheckOptions& options) {
  Document document = load_document(options.scenario, options.assignments);
  if (document.whole) check_document(document.root, document.problems);
  if (document.problems.empty()) make_sweep(document.root, std::nullopt, document.problems);
  const int code = document.problems.empty() ? kDone : kBadScenario;
  if (options.json) return write_out(problems_json(document.problems)) ? code : kFailed;
  if (code != kDone) {
    print_problems(document.problems);
    return code;
  }
  if (options.effective) {
    Problems none;
    const Scenario scenario =
        build_scenario(median_receiver(document.root), {}, TraceCheck::header, none);
    return write_out(to_toml(scenario.effective)) ? kDone : kFailed;
  }
  Problems none;
  print_remarks(document.root);
  const std::size_t unknowns = find_unknowns(document.root, none).size();
  const std::size_t variants = variant_names(document.root).size();
  return write_out(fmt::format("{}: sound; {} unknown{}, {} variant{}\n", options.scenario,
                               unknowns, unknowns == 1 ? "" : "s", variants,
                               variants == 1 ? "" : "s"))
             ? kDone
             : kFailed;
}

}  // namespace weir::experiments
