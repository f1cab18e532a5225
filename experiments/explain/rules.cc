#include "experiments/explain/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace weir::experiments {
namespace {

using Part = std::span<const Rule> (*)();
constexpr std::array<Part, 3> kParts{delivery_rules, filtering_rules, throttling_rules};

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// Whether an id such as "S4-57" begins `text`.
bool is_id(std::string_view text) {
  return text.size() >= 5 && text[0] == 'S' && is_digit(text[1]) && text[2] == '-' &&
         is_digit(text[3]) && is_digit(text[4]);
}

}  // namespace

std::vector<Rule> all_rules() {
  std::vector<Rule> all;
  for (const Part part : kParts) all.insert(all.end(), part().begin(), part().end());
  return all;
}

const Rule* find_rule(std::string_view id) {
  for (const Part part : kParts) {
    const auto rules = part();
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.id == id; });
    if (found != rules.end()) return &*found;
  }
  return nullptr;
}

std::string effect_words(std::string_view effects) {
  static constexpr std::array<std::pair<char, std::string_view>, 7> kWords{{
      {'T', "throughput"},
      {'L', "latency"},
      {'R', "reputation"},
      {'O', "routing"},
      {'V', "what logs and traces show"},
      {'D', "accepted, refused or filtered"},
      {'C', "configuration only"},
  }};
  std::string text;
  for (const char effect : effects)
    for (const auto& [letter, words] : kWords)
      if (letter == effect) text += (text.empty() ? "" : "; ") + std::string(words);
  return text;
}

std::string_view coverage_words(Coverage coverage) {
  switch (coverage) {
    case Coverage::modelled:
      return "modelled";
    case Coverage::partly:
      return "partly modelled";
    case Coverage::not_yet:
      return "not modelled yet";
    case Coverage::configuration:
      return "configuration only: it changes nothing that is simulated";
  }
  return "";
}

std::vector<std::string> rules_named(std::string_view text) {
  std::vector<std::string> ids;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_id(text.substr(at))) continue;
    std::string id(text.substr(at, 5));
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
  }
  return ids;
}

}  // namespace weir::experiments
