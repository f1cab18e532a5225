#pragma once
/// Counts by name, in bounded memory.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace weir::experiments {

/// Counts for the first `limit` names; names that come later share one count, kOthers.
template <class Count>
class CountedNames {
 public:
  static constexpr std::string_view kOthers = "others";

  explicit CountedNames(std::size_t limit) : limit_(limit) {}

  Count& operator[](std::string_view name) {
    constexpr std::size_t kLongestName = 255;
    name = name.substr(0, kLongestName);
    auto found = counts_.find(name);
    if (found == counts_.end() && counts_.size() >= limit_) name = kOthers;
    if (found == counts_.end()) found = counts_.emplace(name, Count{}).first;
    return found->second;
  }

  const std::map<std::string, Count, std::less<>>& all() const { return counts_; }

 private:
  std::size_t limit_;
  std::map<std::string, Count, std::less<>> counts_;
};

}  // namespace weir::experiments
