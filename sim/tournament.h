#pragma once
/// Few records, by ascending instant, equals by a number that is given with them: a tournament.
///
/// The simple idea: each record is a leaf of a binary tree, each inner node repeats the earlier of
/// its two children, and so the root is the first of all. A new record plays once up to the root.
/// No step of the way depends on how a comparison went, so nothing is mispredicted: up to some
/// hundred records this is faster than any heap (Knuth, TAOCP 5.2.3 and 5.4.1).
///
/// The leaf of a record that was taken away stays as it is until the next one is pushed into it:
/// the usual event schedules one other, and then one way up the tree does for both.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "sim/timer.h"

namespace weir {

class Tournament {
 public:
  static constexpr std::size_t kMost = 1'024;

  bool is_full() const { return hole_ == kNoHole && free_.empty() && leaves_ == kMost; }

  /// REQUIRES: !is_full(), and order < 2^54.
  void push(const AgendaRecord& record, std::uint64_t order) {
    const std::size_t leaf = hole_ != kNoHole ? std::exchange(hole_, kNoHole) : take_leaf();
    timers_[leaf] = record.timer;
    play(leaf, ticks(record.when), order * kMost | leaf);
  }

  /// One at kNever if there is none.
  AgendaRecord first() {
    if (hole_ != kNoHole) settle();
    return {instant(whens_[1]), timers_[orders_[1] % kMost]};
  }

  /// REQUIRES, here and below: first() was just asked, and is a record.
  std::uint64_t first_order() const { return orders_[1] / kMost; }

  void drop_first() { hole_ = orders_[1] % kMost; }

  /// O(most that there were).
  void clear() {
    std::fill(whens_.begin(), whens_.end(), kNoWhen);
    std::fill(orders_.begin(), orders_.end(), kNoOrder);
    hole_ = kNoHole;
    free_.clear();
    free_from(0);
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t leaf = 0; leaf < leaves_; ++leaf)
      if (leaf != hole_ && whens_[leaves_ + leaf] != kNoWhen)
        visit(AgendaRecord{instant(whens_[leaves_ + leaf]), timers_[leaf]});
  }

 private:
  static constexpr std::uint64_t kNoWhen = ticks(kNever);  // of leaves without a record
  static constexpr std::uint64_t kNoOrder = ~std::uint64_t{0};
  static constexpr std::size_t kNoHole = std::numeric_limits<std::size_t>::max();

  /// From its leaf to the root. The smaller of two 128-bit numbers is taken without a branch, the
  /// order included.
  void play(std::size_t leaf, std::uint64_t when, std::uint64_t order) {
    std::uint64_t* const whens = whens_.data();
    std::uint64_t* const orders = orders_.data();
    std::size_t node = leaves_ + leaf;
    whens[node] = when;
    orders[node] = order;
    for (; node > 1; node /= 2) {
      const UnsignedWide mine = UnsignedWide{when} << 64 | order;
      const UnsignedWide rival = UnsignedWide{whens[node ^ 1]} << 64 | orders[node ^ 1];
      const UnsignedWide winner = rival < mine ? rival : mine;
      when = static_cast<std::uint64_t>(winner >> 64);
      order = static_cast<std::uint64_t>(winner);
      whens[node / 2] = when;
      orders[node / 2] = order;
    }
  }

  void settle() {
    play(hole_, kNoWhen, kNoOrder);
    free_.push_back(static_cast<std::uint32_t>(hole_));
    hole_ = kNoHole;
  }

  std::size_t take_leaf() {
    if (free_.empty()) grow();
    const std::size_t leaf = free_.back();
    free_.pop_back();
    return leaf;
  }

  void grow() {
    const std::size_t before = leaves_;
    leaves_ = before == 0 ? 4 : 2 * before;
    const auto nodes = [this](std::uint64_t of) {
      return std::vector<std::uint64_t>(2 * leaves_, of);
    };
    const std::vector<std::uint64_t> whens = std::exchange(whens_, nodes(kNoWhen));
    const std::vector<std::uint64_t> orders = std::exchange(orders_, nodes(kNoOrder));
    free_.reserve(leaves_);
    free_from(before);
    for (std::size_t leaf = 0; leaf < before; ++leaf)
      play(leaf, whens[before + leaf], orders[before + leaf]);
  }

  /// The leaves from `first` on are free.
  void free_from(std::size_t first) {
    for (std::size_t leaf = leaves_; leaf-- > first;)
      free_.push_back(static_cast<std::uint32_t>(leaf));
  }

  // By node: the root is 1, the children of n are 2n and 2n + 1, the leaves come last.
  std::vector<std::uint64_t> whens_ = {kNoWhen, kNoWhen};
  std::vector<std::uint64_t> orders_ = {kNoOrder, kNoOrder};  // times kMost, and the leaf

  std::vector<TimerId> timers_ = std::vector<TimerId>(kMost);  // by leaf
  std::vector<std::uint32_t> free_;                            // leaves
  std::size_t leaves_ = 0;                                     // a power of two, or none
  std::size_t hole_ = kNoHole;  // the leaf of the record that was just taken away
};

}  // namespace weir
