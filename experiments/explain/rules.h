#pragma once
/// The rules about mail that weir is held to, each in a sentence, with what it does about it.
///
/// S0 is about delivery inside Office 365, S1 about Exchange Online as a relay, S2 about inbound
/// connectors, S3 about the roles of mail servers and SPF, S4 about filtering, block lists,
/// throttling and connectors of Exchange Online. Documents and sources cite a rule by its id.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::experiments {

enum class Coverage : std::uint8_t { modelled, partly, not_yet, configuration };

struct Rule {
  std::string_view id;       // "S4-57"
  std::string_view effects;  // letters of effect_words()
  Coverage coverage;
  std::string_view meaning;
  std::string_view how;  // which model or parameter; empty where there is nothing to tell
};

/// All rules, in the order of their ids.
std::vector<Rule> all_rules();

/// The rule of that id in capitals, or null.
const Rule* find_rule(std::string_view id);

/// "TLR" as "throughput, latency, reputation".
std::string effect_words(std::string_view effects);

std::string_view coverage_words(Coverage coverage);

/// The ids of rules that stand in `text`, in order, each once.
std::vector<std::string> rules_named(std::string_view text);

/// The parts of the table, each in its own file.
std::span<const Rule> delivery_rules();    // S0 to S3
std::span<const Rule> filtering_rules();   // S4-01 to S4-50
std::span<const Rule> throttling_rules();  // S4-51 to S4-90

}  // namespace weir::experiments
