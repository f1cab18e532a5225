#pragma once
/// The addresses of a pool, by their position in it, and which of them may send now.
///
/// Nobody looks at all of them for a message. Most selections rank the addresses and take the
/// first: a tree keeps of each open address a rank that it once had. As a rank only grows, the
/// first one whose rank is still the same is the first of all; others are brought up to date on the
/// way.

#include <cstdint>
#include <span>

#include "sim/tree_of_eights.h"

namespace weir::selection {

class Candidates {
 public:
  using Rank = std::uint64_t;

  /// All open. `addresses`: indices in the scenario; they must stay where they are.
  explicit Candidates(std::span<const std::uint32_t> addresses)
      : addresses_(addresses), ranks_(addresses.size(), 0), open_(addresses.size(), 1) {}

  std::uint32_t address(std::size_t position) const { return addresses_[position]; }
  bool is_open(std::size_t position) const { return open_[position] != 0; }

  /// How many are open.
  std::size_t count() const { return open_.all(); }

  /// All of them, open or not.
  std::size_t pool_size() const { return addresses_.size(); }

  void set_open(std::size_t position, bool is_open) {
    ranks_.set(position, is_open ? 0 : Least<Rank>::kNothing);
    open_.set(position, is_open ? 1 : 0);
  }

  /// The nth open one, counted from 0. REQUIRES: n < count().
  std::size_t nth(std::size_t n) const {
    return first_beyond(open_, static_cast<std::uint32_t>(n));
  }

  /// The open one with the least rank, of equals the first. `rank` gives that of a position, below
  /// 2^64 - 1; it is the same function each time, and what it gives only grows.
  /// REQUIRES: one is open.
  template <class RankOf>
  std::size_t first_by(RankOf&& rank) {
    for (;;) {
      const std::size_t first = first_least(ranks_);
      const Rank present = rank(first);
      if (present == ranks_.all()) return first;
      ranks_.set(first, present);
    }
  }

 private:
  std::span<const std::uint32_t> addresses_;
  TreeOfEights<Rank, Least<Rank>> ranks_;
  TreeOfEights<std::uint32_t, Sum<std::uint32_t>> open_;  // 1 or 0
};

}  // namespace weir::selection
