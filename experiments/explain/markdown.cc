#include "experiments/explain/markdown.h"

#include "experiments/command/catalogue_index.h"
#include "experiments/explain/page.h"
#include "experiments/explain/rules.h"
#include "experiments/explain/words.h"
#include "models/reply.h"

namespace weir::experiments {
namespace {

constexpr std::string_view kHead = R"(# Reference

Written by `weir explain --markdown > docs/reference/parameters.md`; a test compares the two.

Everything that a scenario may say. Values carry their units: `"24 h"`, `"500/h"`, `"0.3 %"`,
`"25 MB"`. Any value may be a distribution, which each receiver of an ensemble draws once:
`{ dist = "lognormal", median = "24 h", sigma = 0.3 }`,
`{ dist = "uniform", from = "1 h", to = "3 h" }`,
`{ dist = "choice", of = ["closed", "trickle"] }`. A model's table names it as `model = "..."`; its
name alone, as in `retry = "postfix"`, takes its defaults.

The last column says where a default comes from: a rule of the list at the end (S4-57), a document,
or an assumption with its ground. A parameter without one describes the user's own system.
)";

/// Text in a cell of a table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '<' || c == '*') out += '\\';
    out += c;
  }
  return out;
}

std::string code(const std::string& text) {
  std::string out = "`";
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out + "`";
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& text : cells) out += " " + text + (text.empty() ? "|" : " |");
  return out + "\n";
}

std::string head_row(const std::vector<std::string>& names) {
  return "\n" + row(names) + row(std::vector<std::string>(names.size(), "---"));
}

std::string parameters(const std::vector<ParameterInfo>& params) {
  if (params.empty()) return "";
  std::string out = head_row({"parameter", "default", "what it is", "expected", "source"});
  for (const ParameterInfo& info : params)
    out += row({code(info.key), code(info.fallback), cell(info.words), cell(expected_text(info)),
                cell(info.source)});
  return out;
}

std::string tables() {
  std::string out = "\n## Tables\n";
  for (const TableInfo& table : all_tables()) {
    out += table.path.empty() ? "\n### Top level\n" : "\n### [" + table.path + "]\n";
    out += "\n" + capital(table.words) + ".\n" + parameters(table.params);
    for (const TableInfo::Slot& slot : table.slots)
      out += "\n" + code(slot.key.empty() ? "model" : slot.key + (slot.named ? ".NAME" : "")) +
             ": a [" + slot.family + " model](#" + slot.family + "-models).\n";
  }
  return out;
}

std::string models() {
  std::string out = "\n## Models\n";
  const auto all = all_models();
  for (const FamilyInfo& family : all_families()) {
    out += "\n### " + capital(family.name) + " models\n\nThey say " + family.question + ".\n";
    for (const ModelInfo& model : all)
      if (model.family == family.name)
        out += "\n#### " + model.family + "." + model.name + "\n\n" + model.summary + "\n" +
               parameters(model.params);
  }
  return out;
}

std::string replies() {
  std::string out =
      "\n## Replies\n\nThe receiver's message trace shows only what reached its "
      "transport.\n" +
      head_row({"code", "text", "cause", "in the trace", "source"});
  for (const ReplyInfo& reply : all_replies())
    out += row({code(std::string(reply.code)), cell(reply.text), std::string(reply.cause),
                reply.reaches_transport ? "yes" : "no", cell(reply.source)});
  return out;
}

std::string words() {
  std::string out = "\n## Words of results\n" + head_row({"word", "kind", "meaning"});
  for (const Word& word : all_words())
    out += row({code(std::string(word.name)), std::string(word.kind), cell(word.meaning)});
  return out;
}

std::string rules() {
  std::string out = "\n## Rules\n" + head_row({"rule", "meaning", "effect", "in weir"});
  for (const Rule& rule : all_rules()) {
    std::string state(coverage_words(rule.coverage));
    if (!rule.how.empty()) state += ". " + cell(rule.how);
    out += row({std::string(rule.id), cell(rule.meaning), effect_words(rule.effects), state});
  }
  return out;
}

}  // namespace

std::string reference_markdown() {
  return std::string(kHead) + tables() + models() + replies() + words() + rules();
}

}  // namespace weir::experiments
