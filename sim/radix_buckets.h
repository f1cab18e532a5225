#pragma once
/// Entries by their instant in buckets of time, unsorted, in each in the order in which they came.
///
/// The buckets are those of a radix heap (Ahuja, Mehlhorn, Orlin and Tarjan 1990), 256 to a level:
/// an entry lies on the level of the highest byte in which its instant differs from the base, in
/// the bucket of that byte. Entries of one instant lie in one bucket. Bytes may begin at any bit,
/// so that buckets can be made as wide as fits what is pending.

#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "sim/bucket.h"
#include "sim/quantity.h"

namespace weir {

template <class Entry>
class RadixBuckets {
 public:
  static constexpr unsigned kBits = 8;  // of an instant, for each level
  static constexpr std::size_t kLevels = 9;

  /// One bucket: its level, and what it spans. Level 0 with bytes at the lowest bit spans an
  /// instant.
  struct Span {
    std::size_t level = 0;
    std::uint64_t begin = 0;  // ticks
  };

  static std::uint64_t ticks(SimTime when) {
    return static_cast<std::uint64_t>(when.time_since_epoch().count());
  }
  static SimTime instant(std::uint64_t ticks) {
    return SimTime{Duration{static_cast<std::int64_t>(ticks)}};
  }

  std::uint64_t base() const { return base_; }
  unsigned offset() const { return offset_; }

  /// REQUIRES: no entry lies in a bucket that ends by then, nor in the one that it falls into.
  void set_base(std::uint64_t base) { base_ = base; }

  /// Room at the end of the bucket of `when`, to be written. REQUIRES: ticks(when) >= base().
  Entry& room_for(SimTime when) {
    const std::uint64_t differs = ticks(when) ^ base_;
    const auto highest = static_cast<unsigned>(63 - std::countl_zero(differs | 1));
    const std::size_t level = (highest + offset_) / kBits;
    const std::size_t bucket = (ticks(when) >> shift(level)) % kWidth;
    levels_[level].mark(bucket);
    used_ |= 1U << level;
    return levels_[level].buckets[bucket].append(chunks_);
  }

  bool empty() const { return used_ == 0; }

  /// The first bucket that has entries. REQUIRES: !empty().
  Span first() const {
    const auto level = static_cast<std::size_t>(std::countr_zero(used_));
    const std::uint64_t above = base_ & ~low_bits(level + 1);
    return {level, above | (std::uint64_t{levels_[level].first()} << shift(level))};
  }

  /// Takes the first bucket out and makes its beginning the base. REQUIRES: `first` is first().
  Bucket<Entry> take(const Span& first) {
    Level& of = levels_[first.level];
    const std::size_t bucket = of.first();
    base_ = first.begin;
    of.unmark(bucket);
    if (of.empty()) used_ &= ~(1U << first.level);
    return std::exchange(of.buckets[bucket], {});
  }

  /// The first bucket of this level that has entries, or null.
  const Bucket<Entry>* first_of(std::size_t level) const {
    const std::size_t bucket = levels_[level].first();
    return bucket == kWidth ? nullptr : &levels_[level].buckets[bucket];
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

  /// Visits the entries of a bucket that was taken out; they may be put back elsewhere.
  template <class Visit>
  void drain(Bucket<Entry>& taken, const Visit& visit) {
    taken.drain(chunks_, visit);
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const Level& level : levels_)
      for (const Bucket<Entry>& bucket : level.buckets) bucket.for_each(visit);
  }

  /// Keeps those that `keeps` keeps, in buckets of bytes that begin `offset` bits, fewer than
  /// kBits, below the lowest bit there is. Returns how many. O(size).
  template <class Keeps>
  std::size_t rebuild(unsigned offset, const Keeps& keeps) {
    Bucket<Entry> all;
    for (Level& level : levels_) {
      for (Bucket<Entry>& bucket : level.buckets) {
        Bucket<Entry> old = std::exchange(bucket, {});
        old.drain(chunks_, [&](const Entry& entry) {
          if (keeps(entry)) all.append(chunks_) = entry;
        });
      }
      level.filled = {};
    }
    used_ = 0;
    offset_ = offset;
    const std::size_t kept = all.size();
    all.drain(chunks_, [this](const Entry& entry) { room_for(entry.when) = entry; });
    return kept;
  }

 private:
  static constexpr std::size_t kWidth = 1U << kBits;

  struct Level {
    std::array<std::uint64_t, kWidth / 64> filled{};  // a bit for each bucket
    std::array<Bucket<Entry>, kWidth> buckets{};

    void mark(std::size_t bucket) { filled[bucket / 64] |= 1ULL << (bucket % 64); }
    void unmark(std::size_t bucket) { filled[bucket / 64] &= ~(1ULL << (bucket % 64)); }
    bool empty() const { return (filled[0] | filled[1] | filled[2] | filled[3]) == 0; }

    /// The first filled one; kWidth if there is none.
    std::size_t first() const {
      for (std::size_t word = 0; word < filled.size(); ++word)
        if (filled[word] != 0)
          return word * 64 + static_cast<std::size_t>(std::countr_zero(filled[word]));
      return kWidth;
    }
  };

  /// The lowest bit of a level's byte.
  unsigned shift(std::size_t level) const {
    return level == 0 ? 0 : static_cast<unsigned>(kBits * level) - offset_;
  }
  std::uint64_t low_bits(std::size_t level) const {
    return shift(level) < 64 ? (1ULL << shift(level)) - 1 : ~std::uint64_t{0};
  }

  std::uint64_t base_ = 0;  // ticks; not after any entry
  unsigned offset_ = 0;     // in [0, kBits)
  std::uint32_t used_ = 0;  // a bit for each level that has entries
  Chunks<Entry> chunks_;
  std::array<Level, kLevels> levels_{};
};

}  // namespace weir
