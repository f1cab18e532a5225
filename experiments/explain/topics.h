#pragma once
/// Everything that `weir explain` can answer, each with its names and its page.

#include <string>
#include <string_view>
#include <vector>

namespace weir::experiments {

struct Topic {
  std::string title;               // "throttle.history-window.probation"
  std::string kind;                // "parameter"
  std::vector<std::string> names;  // dotted; NAME stands for any name; the end of one will do
  std::string text;                // the page, its lines indented
};

std::vector<Topic> all_topics();

/// How closely a topic was meant.
struct Found {
  std::vector<const Topic*> exact;   // by a whole name
  std::vector<const Topic*> ending;  // by the end of one
};

/// Case does not matter, nor whether words are joined by - or _.
Found find_topics(const std::vector<Topic>& topics, std::string_view name);

/// The known name closest to `name`, or "".
std::string closest_topic(const std::vector<Topic>& topics, std::string_view name);

}  // namespace weir::experiments
