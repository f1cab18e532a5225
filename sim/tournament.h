#pragma once
/// Few entries, by ascending instant, equals in the order in which they were pushed: a tournament.
///
/// The simple idea: each entry is a leaf of a binary tree, each inner node names the earlier of its
/// two children's entries, and so the root the first of all. A new entry plays once up to the root.
/// No step of the way depends on how a comparison went, so nothing is mispredicted: up to a few
/// hundred entries this is faster than any heap (Knuth, TAOCP 5.2.3 and 5.4.1).
///
/// The leaf of an entry that was taken away stays as it is until the next one is pushed into it:
/// the usual event schedules one other, and then one way up the tree does for both.

#include <array>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "sim/quantity.h"
#include "sim/timer_slots.h"

namespace weir {

template <class Entry>
class Tournament {
 public:
  std::size_t size() const { return size_; }

  /// Writes the entry field by field: read as a whole just after, one that was made elsewhere would
  /// have to wait until its parts have left the store buffer.
  template <class Event>
  void push(SimTime when, TimerId timer, const Event& event) {
    const std::size_t leaf = take_leaf();
    entries_[leaf].when = when;
    entries_[leaf].timer = timer;
    entries_[leaf].event = event;
    keys_[leaf].when = static_cast<std::uint64_t>(when.time_since_epoch().count());
    keys_[leaf].order = pushed_++;
    ++size_;
    play(leaf);
  }

  /// REQUIRES: size() > 0. Valid until the next push().
  const Entry& first() {
    settle();
    return entries_[winners_[1]];
  }

  /// REQUIRES: size() > 0.
  void drop_first() {
    settle();
    hole_ = winners_[1];
    keys_[hole_] = kNobody;
    --size_;
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t leaf = 0; leaf < keys_.size(); ++leaf)
      if (keys_[leaf].order != kNobody.order) visit(entries_[leaf]);
  }

 private:
  struct Key {
    __extension__ using Whole = unsigned __int128;

    std::uint64_t when;
    std::uint64_t order;  // of pushing

    Whole whole() const { return Whole{when} << 64 | order; }
  };
  static constexpr Key kNobody{~std::uint64_t{0}, ~std::uint64_t{0}};
  static constexpr std::size_t kNoHole = std::numeric_limits<std::size_t>::max();

  /// From its leaf to the root. Choices are made by mask: a compiler would branch on them.
  void play(std::size_t leaf) {
    Key best = keys_[leaf];
    std::uint64_t winner = leaf;
    for (std::size_t node = keys_.size() + leaf; node > 1; node /= 2) {
      const std::uint64_t other = winners_[node ^ 1];
      const Key rival = keys_[other];
      const auto loses = 0 - static_cast<std::uint64_t>(rival.whole() < best.whole());
      best.when ^= (best.when ^ rival.when) & loses;
      best.order ^= (best.order ^ rival.order) & loses;
      winner ^= (winner ^ other) & loses;
      winners_[node / 2] = static_cast<std::uint32_t>(winner);
    }
  }

  void settle() {
    if (hole_ == kNoHole) return;
    play(hole_);
    free_.push_back(static_cast<std::uint32_t>(hole_));
    hole_ = kNoHole;
  }

  std::size_t take_leaf() {
    if (hole_ != kNoHole) return std::exchange(hole_, kNoHole);
    if (free_.empty()) grow();
    const std::size_t leaf = free_.back();
    free_.pop_back();
    return leaf;
  }

  void grow() {
    const std::size_t before = keys_.size();
    const std::size_t leaves = before == 0 ? 16 : 2 * before;
    entries_.resize(leaves);
    keys_.resize(leaves, kNobody);
    winners_.assign(2 * leaves, 0);
    for (std::size_t leaf = leaves; leaf-- > before;)
      free_.push_back(static_cast<std::uint32_t>(leaf));
    for (std::size_t leaf = 0; leaf < leaves; ++leaf)
      winners_[leaves + leaf] = static_cast<std::uint32_t>(leaf);
    for (std::size_t leaf = 0; leaf < leaves; ++leaf) play(leaf);
  }

  std::vector<Entry> entries_;          // by leaf
  std::vector<Key> keys_;               // by leaf, of which there are a power of two
  std::vector<std::uint32_t> winners_;  // by node: the root is 1, the children of n are 2n, 2n + 1
  std::vector<std::uint32_t> free_;
  std::size_t hole_ = kNoHole;
  std::size_t size_ = 0;
  std::uint64_t pushed_ = 0;
};

}  // namespace weir
