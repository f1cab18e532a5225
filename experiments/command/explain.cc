#include <fmt/core.h>

#include "experiments/command/catalogue_index.h"
#include "experiments/command/commands.h"
#include "experiments/command/output.h"
#include "experiments/explain/markdown.h"
#include "experiments/explain/page.h"
#include "experiments/explain/rules.h"
#include "experiments/explain/topics.h"
#include "experiments/explain/words.h"
#include "models/reply.h"

namespace weir::experiments {
namespace {

constexpr std::size_t kFewCodes = 6;  // of all reply codes, in the overview
constexpr std::size_t kFewPages = 3;  // more topics than these are listed, not printed

/// What there is to explain, in at most 60 lines.
std::string overview() {
  std::string out =
      "weir explain NAME explains a parameter (lane.retry, probation), a table, a model, a rule,\n"
      "a reply code, a cause, or a word of a result.\n\nTables of a scenario\n";
  for (const TableInfo& table : all_tables())
    out += labelled(table.path.empty() ? "scenario" : table.path, table.words, 34);
  out += "\nModels, by family\n";
  for (const FamilyInfo& family : all_families()) {
    std::vector<std::string> names;
    for (const ModelInfo& model : all_models())
      if (model.family == family.name) names.push_back(model.name);
    out += labelled(family.name, listed(names), 14);
  }
  std::vector<std::string> codes;
  std::vector<std::string> words;
  for (const Topic& topic : all_topics())
    if (topic.kind == "reply" && codes.size() < kFewCodes) codes.push_back(topic.title);
  codes.emplace_back("and more: docs/reference/parameters.md");
  for (const Word& word : all_words()) words.emplace_back(word.name);
  out += "\n" + labelled("replies", listed(codes), 14) + labelled("words", listed(words), 14);
  out += labelled("rules",
                  "S0-01 to S0-12, S1-01 to S1-16, S2-01 to S2-20, S3-01 to S3-08, "
                  "S4-01 to S4-90",
                  14);
  return out;
}

std::string page(const Topic& topic) {
  return fmt::format("{} ({})\n{}", topic.title, topic.kind, topic.text);
}

std::string one_line(const Topic& topic) {
  return fmt::format("  weir explain {:<44}{}\n",
                     topic.title.starts_with('[') || topic.title.find(' ') != std::string::npos
                         ? "\"" + topic.names.front() + "\""
                         : topic.title,
                     topic.kind);
}

std::string answer(const Found& found, const std::string& name) {
  const bool print_endings = found.exact.empty() && found.ending.size() <= kFewPages;
  std::string out;
  const auto add = [&](const Topic& topic) { out += (out.empty() ? "" : "\n") + page(topic); };
  for (const Topic* topic : found.exact) add(*topic);
  if (print_endings) {
    for (const Topic* topic : found.ending) add(*topic);
  } else if (!found.ending.empty()) {
    out += out.empty() ? "'" + name + "' may mean:\n" : "\nSee also\n";
    for (const Topic* topic : found.ending) out += one_line(*topic);
  }
  return out;
}

/// Id, effects, coverage, meaning and what is done about it; for other programs.
std::string rule_lines() {
  std::string out;
  for (const Rule& rule : all_rules())
    out += fmt::format("{}\t{}\t{}\t{}\t{}\n", rule.id, rule.effects, coverage_words(rule.coverage),
                       rule.meaning, rule.how);
  return out;
}

}  // namespace

int explain_command(const ExplainOptions& options) {
  if (options.markdown) return write_out(reference_markdown()) ? kDone : kFailed;
  if (options.rules) return write_out(rule_lines()) ? kDone : kFailed;
  if (options.name.empty()) return write_out(overview()) ? kDone : kFailed;
  const auto topics = all_topics();
  const Found found = find_topics(topics, options.name);
  if (found.exact.empty() && found.ending.empty()) {
    const std::string close = closest_topic(topics, options.name);
    fmt::print(stderr,
               "weir explain: nothing is called '{}'{}; `weir explain` lists what there is\n",
               options.name, close.empty() ? "" : " (did you mean '" + close + "'?)");
    return kUsage;
  }
  return write_out(answer(found, options.name)) ? kDone : kFailed;
}

}  // namespace weir::experiments
