#pragma once
/// Records by their instant in buckets of time, unsorted, in each in the order in which they came.
///
/// The buckets are those of a radix heap (Ahuja, Mehlhorn, Orlin and Tarjan 1990), 256 to a level:
/// a record lies on the level of the highest byte in which its instant differs from the base, in
/// the bucket of that byte. Records of one instant lie in one bucket. Bytes may begin at any bit,
/// so that buckets can be made as wide as fits what is pending.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "sim/bucket.h"
#include "sim/timer.h"

namespace weir {

class RadixBuckets {
 public:
  static constexpr unsigned kBits = 8;  // of an instant, for each level
  static constexpr std::size_t kLevels = 9;

  /// One bucket: its level, and what it spans. On level 0 that is an instant.
  struct Span {
    std::size_t level = 0;
    std::uint64_t begin = 0;  // ticks
  };

  std::uint64_t base() const { return base_; }

  /// How far below the lowest bit there is the bytes begin, in [0, kBits).
  unsigned offset() const { return offset_; }

  /// A bucket of this level spans 2^width_lg ticks.
  unsigned width_lg(std::size_t level) const { return width_lgs_[level]; }

  /// REQUIRES: no record lies in a bucket that ends by then, nor in the one that it falls into.
  void set_base(std::uint64_t base) { base_ = base; }

  /// Returns the level it went to. REQUIRES: ticks(record.when) >= base().
  std::size_t push(const AgendaRecord& record) {
    const std::uint64_t when = ticks(record.when);
    const auto highest = static_cast<unsigned>(63 - std::countl_zero((when ^ base_) | 1));
    const std::size_t level = (highest + offset_) / kBits;
    const std::size_t at = (when >> width_lg(level)) % kWidth;
    Bucket& bucket = levels_[level].buckets[at];
    if (bucket.is_full()) [[unlikely]]
      extend(level, at);
    bucket.append(record);
    return level;
  }

  bool empty() const { return used_ == 0; }

  /// The first bucket that has records. REQUIRES: !empty().
  Span first() const {
    const auto level = static_cast<std::size_t>(std::countr_zero(used_));
    const std::uint64_t above = base_ & ~low_bits(level + 1);
    return {level, above | (std::uint64_t{levels_[level].first()} << width_lg(level))};
  }

  /// Takes the first bucket out and makes its beginning the base. REQUIRES: `first` is first().
  Bucket take(const Span& first) {
    Level& of = levels_[first.level];
    const std::size_t at = of.first();
    base_ = first.begin;
    of.unmark(at);
    if (of.empty()) used_ &= ~(1U << first.level);
    return std::exchange(of.buckets[at], {});
  }

  /// The first bucket of this level that has records, or null.
  const Bucket* first_of(std::size_t level) const {
    return levels_[level].empty() ? nullptr : &levels_[level].buckets[levels_[level].first()];
  }

  /// Of the bucket of `when` on a level.
  std::uint64_t begin_of(SimTime when, std::size_t level) const {
    return ticks(when) & ~low_bits(level);
  }

  /// The first instant after a bucket; the last bucket of all ends at kNever, before which all is.
  SimTime end_of(const Span& bucket) const {
    const std::uint64_t last = bucket.begin | low_bits(bucket.level);
    return last >= ticks(kNever) ? kNever : instant(last + 1);
  }

  /// Visits the records of a bucket that was taken out; they may be put back elsewhere.
  template <class Visit>
  void drain(Bucket& taken, const Visit& visit) {
    taken.drain(chunks_, visit);
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const Level& level : levels_)
      for (const Bucket& bucket : level.buckets) bucket.for_each(visit);
  }

  /// Keeps those that `keeps` keeps, with another offset. O(size).
  template <class Keeps>
  void rebuild(unsigned offset, const Keeps& keeps) {
    Bucket all;
    for (Level& level : levels_) {
      for (Bucket& bucket : level.buckets)
        std::exchange(bucket, {}).drain(chunks_, [&](const AgendaRecord& record) {
          if (!keeps(record)) return;
          if (all.is_full()) all.extend(chunks_);
          all.append(record);
        });
      level.unmark_all();
    }
    used_ = 0;
    set_offset(offset);
    all.drain(chunks_, [this](const AgendaRecord& record) { push(record); });
  }

 private:
  static constexpr std::size_t kWidth = 1U << kBits;

  struct Level {
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
    void unmark_all() {
      filled = {};
      words = 0;
    }
    bool empty() const { return words == 0; }

    /// REQUIRES: !empty().
    std::size_t first() const {
      const auto word = static_cast<std::size_t>(std::countr_zero(words));
      return word * 64 + static_cast<std::size_t>(std::countr_zero(filled[word]));
    }
  };

  [[gnu::noinline]] void extend(std::size_t level, std::size_t at) {
    levels_[level].mark(at);
    levels_[level].buckets[at].extend(chunks_);
    used_ |= 1U << level;
  }

  void set_offset(unsigned offset) {
    offset_ = offset;
    for (std::size_t level = 1; level <= kLevels; ++level)
      width_lgs_[level] =
          static_cast<std::uint8_t>(std::min<std::size_t>(kBits * level - offset, 64));
  }

  std::uint64_t low_bits(std::size_t level) const {
    return width_lg(level) < 64 ? (1ULL << width_lg(level)) - 1 : ~std::uint64_t{0};
  }

  std::uint64_t base_ = 0;  // ticks; not after any record
  unsigned offset_ = 0;
  std::uint32_t used_ = 0;  // a bit for each level that has records
  std::array<std::uint8_t, kLevels + 1> width_lgs_{0, 8, 16, 24, 32, 40, 48, 56, 64, 64};
  Chunks chunks_;
  std::array<Level, kLevels> levels_{};
};

}  // namespace weir
