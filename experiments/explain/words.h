#pragma once
/// The words of results and summaries that are neither parameters nor replies.

#include <span>
#include <string_view>

namespace weir::experiments {

struct Word {
  std::string_view name;  // as in a result: "in_flight"
  std::string_view kind;  // "outcome of a recipient"
  std::string_view meaning;
};

std::span<const Word> all_words();

}  // namespace weir::experiments
