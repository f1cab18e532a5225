#include "models/throttle/address_standing.h"

#include <algorithm>

#include "sim/check.h"

namespace weir::throttle {
namespace {

constexpr bool may_follow(AddressState from, AddressState to) {
  using enum AddressState;
  switch (from) {
    case fresh:
      return to == known || to == throttled || to == listed;
    case known:
      return to == throttled || to == listed;
    case throttled:
      return to == known || to == fresh;
    case listed:
      return to == fresh;
  }
  return false;
}

SimTime later(SimTime now, Duration span) { return span < kNever - now ? now + span : kNever; }

}  // namespace

void AddressStanding::enter(AddressState next) {
  WEIR_CHECK(may_follow(state_, next), "an address cannot change its standing in this way");
  state_ = next;
}

bool AddressStanding::one_too_many(SimTime now, const StandingRule& rule) {
  const auto slot = [](std::int64_t at) { return static_cast<std::size_t>(at % kMostWindows); };
  opened_[slot(openings_++)] = now;
  if (openings_ < rule.listing_windows) return false;
  return now - opened_[slot(openings_ - rule.listing_windows)] < rule.listing_span;
}

void AddressStanding::open_window(SimTime now, const StandingRule& rule) {
  ++windows_;
  if (one_too_many(now, rule)) return list(now, rule);
  enter(AddressState::throttled);
  window_start_ = now;
  until_ = later(now, rule.window);
}

void AddressStanding::list(SimTime now, const StandingRule& rule) {
  enter(AddressState::listed);
  ++listings_;
  until_ = later(now, rule.listing);
}

void AddressStanding::end_window(AfterWindow after) {
  WEIR_CHECK(state_ == AddressState::throttled, "no window is open that could end");
  if (after == AfterWindow::deleted) has_history_ = false;
  enter(has_history_ ? AddressState::known : AddressState::fresh);
  throttled_ += until_ - window_start_;
}

void AddressStanding::delist() {
  WEIR_CHECK(state_ == AddressState::listed, "there is no listing that could end");
  enter(AddressState::fresh);
  has_history_ = false;
  openings_ = 0;
}

Standing AddressStanding::at(SimTime now) const {
  Standing standing{
      .state = state_, .windows = windows_, .throttled = throttled_, .listings = listings_};
  if (state_ == AddressState::throttled)
    standing.throttled += std::min(now, until_) - window_start_;
  return standing;
}

}  // namespace weir::throttle
