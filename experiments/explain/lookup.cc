// Finding the topics that a name may mean.

#include <algorithm>
#include <cctype>

#include "experiments/explain/topics.h"
#include "sim/setting.h"

namespace weir::experiments {
namespace {

constexpr std::string_view kAnyName = "NAME";

std::string normal(std::string_view text) {
  std::string out;
  for (const char c : text)
    out +=
        c == '-' || c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  while (out.ends_with('_')) out.pop_back();
  while (out.starts_with('_')) out.erase(0, 1);
  return out;
}

std::vector<std::string> segments_of(std::string_view dotted) {
  std::vector<std::string> segments;
  for (std::size_t dot = dotted.find('.'); dot != std::string_view::npos; dot = dotted.find('.')) {
    segments.emplace_back(dotted.substr(0, dot));
    dotted.remove_prefix(dot + 1);
  }
  segments.emplace_back(dotted);
  return segments;
}

/// A reply's code is one word although it has dots in it.
bool is_code(std::string_view name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) != 0;
}

bool matches_code(std::string_view code, std::string_view query) {
  return query == normal(code) || query.starts_with(normal(code) + "_");
}

bool same_segment(const std::string& known, const std::string& asked) {
  return known == kAnyName || normal(known) == asked;
}

enum class Match { none, ending, whole };

Match match(const std::string& name, const std::string& query) {
  if (is_code(name)) return matches_code(name, query) ? Match::whole : Match::none;
  const auto known = segments_of(name);
  const auto asked = segments_of(query);
  if (asked.size() > known.size()) return Match::none;
  const std::size_t skipped = known.size() - asked.size();
  const bool same =
      std::equal(asked.begin(), asked.end(), known.begin() + static_cast<std::ptrdiff_t>(skipped),
                 [](const auto& a, const auto& k) { return same_segment(k, a); });
  if (!same) return Match::none;
  if (skipped == 0) return Match::whole;
  // The end of a name counts only from a word of ours on.
  return known[skipped] == kAnyName ? Match::none : Match::ending;
}

}  // namespace

Found find_topics(const std::vector<Topic>& topics, std::string_view name) {
  const std::string query = normal(name);
  Found found;
  for (const Topic& topic : topics) {
    Match best = Match::none;
    for (const std::string& known : topic.names) best = std::max(best, match(known, query));
    if (best == Match::whole) found.exact.push_back(&topic);
    if (best == Match::ending) found.ending.push_back(&topic);
  }
  return found;
}

std::string closest_topic(const std::vector<Topic>& topics, std::string_view name) {
  std::vector<std::string> known;
  std::vector<std::string> shown;
  const auto add = [&](const std::string& word) {
    known.push_back(normal(word));
    shown.push_back(word);
  };
  for (const Topic& topic : topics)
    for (const std::string& full : topic.names) {
      add(full);
      if (!is_code(full) && segments_of(full).back() != kAnyName) add(segments_of(full).back());
    }
  const std::string best = closest(normal(name), known);
  const auto at = std::find(known.begin(), known.end(), best);
  return best.empty() ? "" : shown[static_cast<std::size_t>(at - known.begin())];
}

}  // namespace weir::experiments
