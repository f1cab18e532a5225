// From the source to the lane: arrivals, what a plan holds, and the choice of an address.

#include "models/delivery/world.h"

namespace weir {

void World::begin_source(std::uint32_t source) {
  Desk& desk = desks_[source];
  if (desk.begun) return;
  desk.begun = true;
  config_.sources[source].arrivals->prepare(now(), config_.calendar);
  for (plan::Pacer& pacer : config_.sources[source].pacers) pacer.begin(now());
  fetch_arrival(source);
  if (desk.upcoming.at == kNever) begin_followers(source);
}

void World::fetch_arrival(std::uint32_t source) {
  Desk& desk = desks_[source];
  Draw draw = chance_.draw(purpose::arrival, message_key(source, desk.next_serial));
  desk.upcoming = config_.sources[source].arrivals->next(draw);
  if (desk.upcoming.at <= SimTime{config_.horizon})
    kernel_.at(desk.upcoming.at, ArrivalDue{source});
}

void World::on(ArrivalDue event) {
  Desk& desk = desks_[event.source];
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
  const Desk& desk = desks_[source];
  if (config.start) return {.position = 0};  // its system chooses
  const std::vector<std::uint32_t>& lanes = desk.lanes[route];
  if (lanes.size() == 1 && config.pacers.empty()) return {.position = 0};
  Release later;
  candidates_.clear();
  candidate_positions_.clear();
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const SimTime earliest = config.pacers.empty() ? now() : config.pacers[i].earliest(now());
    if (earliest > now()) {
      later.ask_again = std::min(later.ask_again, earliest);
      continue;
    }
    if (lanes.size() == 1) return {.position = 0};
    const Lane& lane = lanes_[lanes[i]];
    candidates_.push_back({lane.address, lane.released});
    candidate_positions_.push_back(i);
  }
  if (candidates_.empty()) return later;
  if (candidates_.size() == 1) return {.position = candidate_positions_.front()};
  Draw draw = chance_.draw(purpose::selection, message_key(source, desk.next_release));
  selection::Selection& selection = *config_.pools[config.pool].selection;
  return {.position =
              candidate_positions_[selection.choose(candidates_, desk.held.front().sender, draw)]};
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
  const std::uint32_t lane = config.start ? Message::kNoLane : desk.lanes[route][position];
  const Duration held = now() - run.at;
  if (--run.count == 0) desk.held.pop_front();

  if (!config.pacers.empty()) config.pacers[position].released(now(), message.recipients);
  happened(Happening::release, message);
  recorder_.released({now(), source, lane, message.recipients, held});
  if (config.start) {
    message.organisation = static_cast<std::uint16_t>(config.start->organisation);
    take_over(id, config.start->system);
  } else {
    queue(id, lane);
  }
}

/// Which of its source's routes a message takes.
std::size_t World::route_of(std::uint32_t source, std::uint64_t serial) const {
  const std::vector<SourceRoute>& routes = config_.sources[source].routes;
  if (routes.size() == 1) return 0;
  Draw draw = chance_.draw(purpose::destination, message_key(source, serial));
  double left = draw.uniform() * desks_[source].shares;
  std::size_t route = 0;
  while (route + 1 < routes.size() && left >= routes[route].share) left -= routes[route++].share;
  return route;
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
