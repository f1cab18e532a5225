#pragma once
/// Lists of addresses and domains, by their numbers.

#include <algorithm>
#include <cstdint>
#include <vector>

namespace weir::filter {

/// Whether `list` names `one`; linear in its length.
inline bool contains(const std::vector<std::uint32_t>& list, std::uint32_t one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace weir::filter
