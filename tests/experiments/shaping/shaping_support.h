#pragma once
/// Resolves shaping files for a destination, and makes the controller that they describe.

#include "experiments/scenario/document.h"
#include "experiments/shaping/shaping.h"
#include "models/control/controller.h"

namespace weir::experiments::testing {

/// What became of a control table.
struct Resolved {
  Setting settings = make_table();
  std::vector<std::string> problems;
  std::vector<std::string> remarks;

  /// The setting `key` as TOML, or "nothing".
  std::string at(const char* key) const {
    const Setting* found = settings.find(key);
    return found == nullptr ? "nothing" : found->text();
  }
};

inline std::vector<std::string> texts_of(const Problems& problems) {
  std::vector<std::string> texts;
  for (const Problem& problem : problems) texts.push_back(problem.text());
  return texts;
}

/// Resolves the table `control`, written as TOML in a scenario file `name`.
inline Resolved resolved(const std::string& control, const std::string& name) {
  const Document document = parse_document("control = " + control, name);
  Problems problems = document.problems;
  Problems remarks;
  Resolved result;
  if (problems.empty())
    result.settings = resolve_shaping(*document.root.find("control"), "control", problems, remarks);
  result.problems = texts_of(problems);
  result.remarks = texts_of(remarks);
  return result;
}

/// The controller that resolved settings make, null after problems, which are added to `resolved`.
inline std::unique_ptr<control::Controller> controller_of(Resolved& resolved) {
  Problems problems;
  auto made =
      find_entry(control::catalogue(), "kumomta")->make({resolved.settings, "control", problems});
  for (const std::string& text : texts_of(problems)) resolved.problems.push_back(text);
  return problems.empty() ? std::move(made) : nullptr;
}

}  // namespace weir::experiments::testing
