#include "models/routing/hop_state.h"

namespace weir::routing {

HopState::HopState(Hop hop) : hop_(std::move(hop)) {
  for (const auto& group : hop_.groups)
    for (const std::uint32_t site : group) hosts_.push_back({site, SimTime{}});
  WEIR_CHECK(!hosts_.empty() && hosts_.size() <= 255, "a hop has from 1 to 255 hosts");
}

HopState::Step HopState::begin_attempt(Draw& draw) {
  if (hop_.manner.order != HostOrder::round_robin) return {};
  if (!begun_ && hop_.manner.start == Start::random)
    turn_ = static_cast<std::size_t>(draw.below(hop_.groups.front().size()));
  begun_ = true;
  return {.begin = turn_};
}

/// Nobody asks for the next after a 5xx: that ends the attempt and the message (S4-82).
std::optional<HopState::Choice> HopState::next_of_many(std::uint32_t before, std::uint8_t passed,
                                                       SimTime now, Draw& draw) {
  const bool begins = before == kNone;
  const Step wanted = begins ? begin_attempt(draw) : after(step_of(before, passed));
  const std::uint64_t seed = seed_of(draw);
  const auto found = living(wanted, seed, now);
  if (!found) return std::nullopt;
  // The turn of a dead host passes to the next one, which does not get another for it.
  if (begins)
    turn_ = (turn_ + (found->group == 0 ? found->step : 0) + 1) % hop_.groups.front().size();
  return Choice{site_at(*found, seed), static_cast<std::uint8_t>(found->passed)};
}

void HopState::no_answer(std::uint32_t site, SimTime now) {
  dead_until(site) = now + hop_.manner.dead_for;
}

SimTime HopState::revival(SimTime now) const {
  SimTime earliest = kNever;
  for (const Host& host : hosts_)
    if (host.dead_until > now) earliest = std::min(earliest, host.dead_until);
  return earliest;
}

std::uint64_t HopState::seed_of(Draw& draw) const {
  return hop_.manner.order == HostOrder::random ? draw() : 0;
}

std::uint32_t HopState::site_at(const Step& at, std::uint64_t seed) const {
  const auto& group = hop_.groups[at.group];
  if (hop_.manner.order != HostOrder::random) return group[(at.begin + at.step) % group.size()];
  // A shuffle that needs no memory: by a number that the attempt gives each host.
  const auto rank = [seed](std::uint32_t site) { return std::pair(mix64(seed + site), site); };
  const auto found = std::find_if(group.begin(), group.end(), [&](std::uint32_t site) {
    const auto before = [&](std::uint32_t other) { return rank(other) < rank(site); };
    return std::count_if(group.begin(), group.end(), before) ==
           static_cast<std::ptrdiff_t>(at.step);
  });
  return *found;
}

HopState::Step HopState::after(Step at) const {
  ++at.step;
  ++at.passed;
  if (at.step < hop_.groups[at.group].size()) return at;
  Step next{.group = at.group + 1, .passed = at.passed};
  if (hop_.manner.order == HostOrder::round_robin && next.group < hop_.groups.size())
    next.begin = turn_ % hop_.groups[next.group].size();
  return next;
}

std::optional<HopState::Step> HopState::living(Step at, std::uint64_t seed, SimTime now) const {
  for (; at.group < hop_.groups.size(); at = after(at))
    if (!is_dead(site_at(at, seed), now)) return at;
  return std::nullopt;
}

HopState::Step HopState::step_of(std::uint32_t site, std::uint8_t passed) const {
  Step at{.step = passed - 1U, .passed = passed};
  while (at.step >= hop_.groups[at.group].size()) at.step -= hop_.groups[at.group++].size();
  const auto& group = hop_.groups[at.group];
  const auto found = std::find(group.begin(), group.end(), site);
  const auto position = static_cast<std::size_t>(found - group.begin());
  if (hop_.manner.order == HostOrder::round_robin)
    at.begin = (position + group.size() - at.step) % group.size();
  return at;
}

bool HopState::is_dead(std::uint32_t site, SimTime now) const {
  return std::any_of(hosts_.begin(), hosts_.end(),
                     [&](const Host& host) { return host.site == site && host.dead_until > now; });
}

}  // namespace weir::routing
