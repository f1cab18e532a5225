#include "tests/rules/rule_case.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "experiments/scenario/document.h"

namespace weir::testing {

Assignments operator+(Assignments base, const Assignments& more) {
  base.insert(base.end(), more.begin(), more.end());
  return base;
}

std::string rule_scenario(const std::string& file) {
  std::ifstream in("tests/rules/scenarios/" + file + ".toml");
  EXPECT_TRUE(in) << file << ": no such scenario";
  return {std::istreambuf_iterator<char>(in), {}};
}

RuleCase::RuleCase(const std::string& file, const Assignments& changes)
    : RuleCase(rule_scenario(file), changes, 0) {}

RuleCase::RuleCase(const std::string& text, const Assignments& changes, int)
    : run_(text, changes), records_(two_records(text, changes)) {}

namespace {

bool has_field(const std::string& line, std::string_view field) {
  return ("," + line + ",").find("," + std::string(field) + ",") != std::string::npos;
}

}  // namespace

std::size_t RuleCase::count(const std::vector<std::string>& lines, Fields fields) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
        return std::all_of(fields.begin(), fields.end(),
                           [&](std::string_view field) { return has_field(line, field); });
      }));
}

std::vector<std::string> problems_of(const std::string& file, const Assignments& changes) {
  using namespace experiments;
  Document document = parse_document(rule_scenario(file), file + ".toml", changes);
  build_scenario(document.root, StreamKey{}, TraceCheck::whole, document.problems);
  std::vector<std::string> texts;
  for (const Problem& problem : document.problems) texts.push_back(problem.text());
  return texts;
}

}  // namespace weir::testing
