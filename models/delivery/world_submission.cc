// From the source to the lane: arrivals, what a plan holds, and the choice of an address.

#include "models/delivery/world.h"

namespace weir {

void World::begin_source(std::uint32_t source) {
  Desk& desk = desks_[source];
  if (desk.begun) return;
  desk.begun = true;
  config_.sources[source].arrivals->prepare(now(), config_.calendar);
  begin_pacing(source);
  fetch_arrival(source);
  if (desk.upcoming.at == kNever) begin_followers(source);
}

void World::begin_pacing(std::uint32_t source) {
  SourceConfig& config = config_.sources[source];
  for (plan::Pacer& pacer : config.pacers) pacer.begin(now());
  if (config.pacers.size() < 2) return;
  const PoolConfig& pool = config_.pools[config.pool];
  const std::size_t sets = pool.selection->goes_by_hop() ? config.routes.size() : 1;
  desks_[source].paced.emplace(config.pacers, pool.addresses, sets, now());
}

void World::fetch_arrival(std::uint32_t source) {
  Desk& desk = desks_[source];
  Draw draw = chance_.draw(purpose::arrival, message_key(source, desk.next_serial));
  desk.upcoming = config_.sources[source].arrivals->next(draw);
  if (desk.upcoming.at > SimTime{config_.horizon}) return;
  kernel_.at(desk.upcoming.at, ArrivalDue{source});
  if (desk.shares) foresee_route(source);
}

/// With many routes what a message needs has not been needed for long. That of the next arrival is
/// on its way while others are at work: here what can be found by number, on arrival what that
/// leads to, as it connects and when it has what follows from there.
void World::foresee_route(std::uint32_t source) {
  Desk& desk = desks_[source];
  desk.upcoming_route = route_of(source, desk.next_serial);
  if (config_.sources[source].start) return;
  const std::uint32_t group = desk.groups[desk.upcoming_route];
  const std::uint32_t hop = lane_plan_.groups[group].hop;
  prefetch_all(lanes_[lane_plan_.of(group).front()]);
  prefetch_all(hops_[hop]);
  if (hop < config_.sites.size()) prefetch_all(config_.sites[hop]);
}

void World::fetch_foreseen(std::uint32_t source) const {
  const Desk& desk = desks_[source];
  if (config_.sources[source].start) return;
  const std::uint32_t group = desk.groups[desk.upcoming_route];
  const std::uint32_t hop = lane_plan_.groups[group].hop;
  prefetch(lanes_[lane_plan_.of(group).front()].control.get());
  hops_[hop].fetch_hosts();
  if (hop < config_.sites.size()) config_.sites[hop].fetch_list();
}

void World::on(ArrivalDue event) {
  Desk& desk = desks_[event.source];
  if (desk.shares) fetch_foreseen(event.source);
  const source::Arrival arrival = desk.upcoming;
  happened(Happening::arrival, message_key(event.source, desk.next_serial));

  std::uint64_t recipients = 0;
  for (std::uint64_t i = 0; i < arrival.count; ++i)
    recipients += recipients_of(event.source, arrival, desk.next_serial + i);
  totals_[event.source].messages += arrival.count;
  totals_[event.source].submitted += recipients;
  recorder_.arrived(now(), event.source, recipients);

  desk.held.push_back(arrival);
  desk.next_serial += arrival.count;
  fetch_arrival(event.source);
  if (!kernel_.is_pending(desk.release_timer)) release_held(event.source);
}

void World::on(ReleaseDue event) { release_held(event.source); }

void World::release_held(std::uint32_t source) {
  Desk& desk = desks_[source];
  while (!desk.held.empty()) {
    const std::size_t route = route_of(source, desk.next_release);
    const Release release = choose_address(source, route);
    if (release.position == Release::kNobody) {
      if (release.ask_again < kNever)
        desk.release_timer = kernel_.at(release.ask_again, ReleaseDue{source});
      return;
    }
    release_one(source, route, release.position);
  }
  if (desk.upcoming.at == kNever) begin_followers(source);
}

/// Which address takes the next held message, or when to ask again.
Release World::choose_address(std::uint32_t source, std::size_t route) {
  SourceConfig& config = config_.sources[source];
  if (config.start) return {.position = 0};  // its system chooses
  Desk& desk = desks_[source];
  if (desk.paced) return choose_paced(source, route);
  if (!config.pacers.empty()) {
    const SimTime earliest = config.pacers.front().earliest(now());
    return earliest <= now() ? Release{.position = 0} : Release{.ask_again = earliest};
  }
  const std::uint32_t group = desk.groups[route];
  if (lane_plan_.groups[group].size == 1) return {.position = 0};
  Draw draw = chance_.draw(purpose::selection, message_key(source, desk.next_release));
  return {.position =
              select(everyone_[everyone_of_group_[group]], group, desk.held.front().sender, draw)};
}

/// As choose_address(), where a plan opens some of several addresses. The only one that is open is
/// taken without asking: it is nobody's turn then.
Release World::choose_paced(std::uint32_t source, std::size_t route) {
  Desk& desk = desks_[source];
  const bool by_hop = config_.pools[config_.sources[source].pool].selection->goes_by_hop();
  selection::Candidates& open = desk.paced->candidates(by_hop ? route : 0, now());
  if (open.count() == 0) return {.ask_again = desk.paced->next_opening(now())};
  if (open.count() == 1) return {.position = open.nth(0)};
  Draw draw = chance_.draw(purpose::selection, message_key(source, desk.next_release));
  return {.position = select(open, desk.groups[route], desk.held.front().sender, draw)};
}

/// What the pool's selection chooses for a message to the hop of the group.
std::size_t World::select(selection::Candidates& candidates, std::uint32_t group,
                          std::uint64_t sender, Draw& draw) {
  struct ToHop final : selection::Released {
    const std::vector<Lane>& lanes;
    std::span<const std::uint32_t> of_group;

    ToHop(const std::vector<Lane>& all, std::span<const std::uint32_t> some)
        : lanes(all), of_group(some) {}
    std::uint64_t by(std::size_t position) const override {
      return lanes[of_group[position]].released;
    }
  };
  const ToHop released(lanes_, lane_plan_.of(group));
  selection::Selection& selection = *config_.pools[lane_plan_.groups[group].pool].selection;
  return selection.choose(candidates, {.sender = sender, .draw = draw, .released = released});
}

void World::release_one(std::uint32_t source, std::size_t route, std::size_t position) {
  Desk& desk = desks_[source];
  SourceConfig& config = config_.sources[source];
  source::Arrival& run = desk.held.front();
  const std::uint64_t serial = desk.next_release++;
  const Id<Message> id = messages_.create();
  Message& message = messages_[id];
  message.key = message_key(source, serial);
  message.recipients = static_cast<std::uint16_t>(recipients_of(source, run, serial));
  message.size = size_of(source, run, serial);
  message.released = now();
  message.destination = static_cast<std::uint16_t>(config.routes[route].destination);
  const std::uint32_t lane =
      config.start ? Message::kNoLane : lane_plan_.of(desk.groups[route])[position];
  const Duration held = now() - run.at;
  if (--run.count == 0) desk.held.pop_front();

  if (!config.pacers.empty()) {
    config.pacers[position].released(now(), message.recipients);
    told_pacer(source, position);
  }
  happened(Happening::release, message);
  recorder_.released({now(), source, lane, message.recipients, held});
  if (config.start) {
    message.organisation = static_cast<std::uint16_t>(config.start->organisation);
    take_over(id, config.start->system);
  } else {
    queue(id, lane);
  }
}

/// Whether its address may send may be another matter now.
void World::told_pacer(std::uint32_t source, std::size_t position) {
  if (desks_[source].paced) desks_[source].paced->told(position, now());
}

/// Which of its source's routes a message takes.
std::size_t World::route_of(std::uint32_t source, std::uint64_t serial) const {
  const Desk& desk = desks_[source];
  if (!desk.shares) return 0;
  Draw draw = chance_.draw(purpose::destination, message_key(source, serial));
  return desk.shares->at(draw.uniform());
}

void World::begin_followers(std::uint32_t source) {
  for (std::uint32_t other = 0; other < desks_.size(); ++other)
    if (config_.sources[other].after == source) begin_source(other);
}

std::uint32_t World::recipients_of(std::uint32_t source, const source::Arrival& arrival,
                                   std::uint64_t serial) const {
  if (arrival.recipients != 0) return arrival.recipients;
  Draw draw = chance_.draw(purpose::recipients, message_key(source, serial));
  return config_.sources[source].recipients->sample(draw);
}

std::uint32_t World::size_of(std::uint32_t source, const source::Arrival& arrival,
                             std::uint64_t serial) const {
  if (arrival.size != 0) return arrival.size;
  Draw draw = chance_.draw(purpose::size, message_key(source, serial));
  return static_cast<std::uint32_t>(config_.sources[source].size->sample(draw).count);
}

/// Puts a message at the end of a lane, where it starts anew: attempts, age, retry schedule.
void World::queue(Id<Message> id, std::uint32_t lane_index) {
  Message& message = messages_[id];
  message.enter_lane(lane_index);
  message.queued = now();
  message.attempts = 0;
  Lane& lane = lanes_[lane_index];
  ++lane.messages;
  ++lane.released;
  message.enter(MessageState::queued);
  lane.push(messages_, id);
  pump(lane_index);
}

}  // namespace weir
