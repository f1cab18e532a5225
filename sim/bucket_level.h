#pragma once
/// A row of buckets that knows which of them have records.

#include <array>
#include <bit>
#include <cstdint>

#include "sim/bucket.h"

namespace weir {

struct BucketLevel {
  static constexpr std::size_t kWidth = 256;

  std::array<std::uint64_t, kWidth / 64> filled{};  // a bit for each bucket
  std::uint32_t words = 0;                          // a bit for each word of `filled`
  std::array<Bucket, kWidth> buckets{};

  void mark(std::size_t at) {
    filled[at / 64] |= 1ULL << (at % 64);
    words |= 1U << (at / 64);
  }
  void unmark(std::size_t at) {
    filled[at / 64] &= ~(1ULL << (at % 64));
    if (filled[at / 64] == 0) words &= ~(1U << (at / 64));
  }
  bool empty() const { return words == 0; }

  /// REQUIRES: !empty().
  std::size_t first() const {
    const auto word = static_cast<std::size_t>(std::countr_zero(words));
    return word * 64 + static_cast<std::size_t>(std::countr_zero(filled[word]));
  }
};

}  // namespace weir
