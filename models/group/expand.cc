#include <algorithm>
#include <map>

#include "models/group/group.h"

namespace weir::group {
namespace {

using Counts = std::map<std::uint32_t, std::uint32_t>;

Counts members_at(const Group& group, SimTime now) {
  Counts counts;
  for (const auto& [domain, count] : group.members) counts[domain] += count;
  for (const Change& change : group.changes)
    if (change.at <= now) counts[change.now.domain] = change.now.count;
  return counts;
}

/// Goes through a group and those in it; remembers which it has met.
class Walk {
 public:
  Walk(std::span<const Group> groups, SimTime now)
      : groups_(groups), met_(groups.size(), false), now_(now) {}

  void visit(std::uint32_t index) {
    const Group& group = groups_[index];
    if (met_[index] || group.kind == Kind::security) return;
    met_[index] = true;
    std::uint64_t entries = group.groups.size();
    for (const auto& [domain, count] : members_at(group, now_)) {
      places_[domain] += count;
      entries += count;
    }
    if (group.kind == Kind::office365) ++places_[group.domain];
    takes_ += lookups(group, entries) * group.lookup_time;
    for (const std::uint32_t member : group.groups) visit(member);
  }

  Expansion result() const {
    Expansion expansion;
    expansion.takes = takes_;
    for (const auto& [domain, count] : places_)
      if (count > 0) expansion.places.push_back({domain, count});
    return expansion;
  }

 private:
  static std::int64_t lookups(const Group& group, std::uint64_t entries) {
    const auto of_members =
        (static_cast<std::int64_t>(entries) + group.lookup_size - 1) / group.lookup_size;
    return of_members + (group.kind == Kind::dynamic ? 1 : 0);
  }

  std::span<const Group> groups_;
  std::vector<bool> met_;
  Counts places_;
  Duration takes_{};
  SimTime now_;
};

}  // namespace

std::uint64_t Expansion::total() const { return external({}); }

std::uint64_t Expansion::external(std::span<const std::uint32_t> registered) const {
  std::uint64_t sum = 0;
  for (const auto& [domain, count] : places)
    if (std::find(registered.begin(), registered.end(), domain) == registered.end()) sum += count;
  return sum;
}

Expansion expand(std::span<const Group> groups, std::uint32_t index, SimTime now) {
  if (groups[index].kind == Kind::security) return {.reply = Reply::unknown_recipient};
  Walk walk(groups, now);
  walk.visit(index);
  return walk.result();
}

}  // namespace weir::group
