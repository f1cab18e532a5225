#include "models/delivery/paced_pool.h"

namespace weir {

PacedPool::PacedPool(std::span<plan::Pacer> pacers, std::span<const std::uint32_t> addresses,
                     std::size_t sets, SimTime now)
    : pacers_(pacers),
      sets_(sets, selection::Candidates(addresses)),
      holds_until_(pacers.size(), now) {}

selection::Candidates& PacedPool::candidates(std::size_t set, SimTime now) {
  while (holds_until_.all() <= now) told(first_least(holds_until_), now);
  return sets_[set];
}

/// Without being told anything no pacer opens earlier than it said, but after the turn of a day it
/// may be later.
SimTime PacedPool::next_opening(SimTime now) {
  for (;;) {
    const std::size_t first = first_least(holds_until_);
    const SimTime earliest = holds_until_[first];
    told(first, now);
    if (holds_until_[first] == earliest) return earliest;
  }
}

void PacedPool::told(std::size_t position, SimTime now) {
  plan::Pacer& pacer = pacers_[position];
  const SimTime earliest = pacer.earliest(now);
  const bool is_open = earliest <= now;
  if (sets_.front().is_open(position) != is_open)
    for (selection::Candidates& set : sets_) set.set_open(position, is_open);
  holds_until_.set(position, is_open ? pacer.open_until() : earliest);
}

}  // namespace weir
