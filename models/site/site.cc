#include "models/site/site.h"

#include <cmath>

namespace weir {

bool Connector::exempts(std::uint32_t address, SimTime now) const {
  return params.type == ConnectorType::organization &&
         now >= SimTime{params.registered + params.propagation} &&
         std::find(addresses.begin(), addresses.end(), address) != addresses.end();
}

void Site::prepare(std::span<const throttle::AddressInfo> addresses, const Calendar& calendar) {
  for (NamedPolicy& named : policies_) {
    named.policy->set_calendar(calendar);
    named.policy->prepare(addresses);
  }
}

/// The first of its outages that holds, or null.
const Outage* Site::outage(SimTime now) const {
  for (const Outage& outage : outages_)
    if (outage.holds(now)) return &outage;
  return nullptr;
}

Contact Site::contact(SimTime now) const {
  const Outage* failing = outage(now);
  return failing != nullptr ? failing->contact : Contact::answers;
}

throttle::Verdict Site::connect(SimTime now, std::uint32_t address) {
  if (const Outage* failing = outage(now); failing != nullptr && failing->at_greeting())
    return {.reply = failing->reply, .retry_at = now};
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    const throttle::Verdict verdict = policies_[i].policy->connect(now, address);
    note_wake(verdict);
    if (verdict.accepts()) continue;
    // Those asked before have taken the connection into account.
    for (std::size_t j = 0; j < i; ++j) policies_[j].policy->disconnected(now, address);
    return verdict;
  }
  return {};
}

void Site::disconnected(SimTime now, std::uint32_t address) {
  for (NamedPolicy& named : policies_) named.policy->disconnected(now, address);
}

throttle::Verdict Site::admit(throttle::Attempt& attempt, std::uint32_t unknown,
                              Draw& throttle_draw, Draw& transient_draw) {
  if (const Outage* failing = outage(attempt.now); failing != nullptr && failing->replies())
    return {.reply = failing->reply, .retry_at = attempt.now};
  attempt.exempt |= std::any_of(connectors_.begin(), connectors_.end(), [&](const Connector& c) {
    return c.exempts(attempt.address, attempt.now);
  });
  Duration slow_by{};
  for (NamedPolicy& named : policies_) {
    const throttle::Verdict verdict = named.policy->admit(attempt, throttle_draw);
    note_wake(verdict);
    if (!verdict.accepts()) return verdict;
    slow_by = std::max(slow_by, verdict.slow_by);
  }
  if (params_.transient.value > 0 && transient_draw.happens(params_.transient))
    return {.reply = Reply::no_resources, .retry_at = attempt.now};
  if (unknown == attempt.recipients) return {.reply = Reply::unknown_recipient};
  for (NamedPolicy& named : policies_)
    named.policy->accepted(attempt, attempt.recipients - unknown);
  return {.slow_by = slow_by};
}

void Site::judged(SimTime now, std::uint32_t address, const throttle::Evidence& evidence) {
  for (NamedPolicy& named : policies_) named.policy->judged(now, address, evidence);
}

std::uint32_t Site::background(SimTime now, std::uint32_t address, std::uint32_t recipients) {
  for (NamedPolicy& named : policies_)
    recipients = named.policy->background(now, address, recipients);
  next_wake_ = now;  // any of them may want to be woken earlier now
  return recipients;
}

void Site::wake(SimTime now) {
  next_wake_ = kNever;
  for (NamedPolicy& named : policies_) next_wake_ = std::min(next_wake_, named.policy->wake(now));
}

namespace {

/// Two policies' views together: the worse state, the sums, the first reputation there is.
throttle::Standing joined(const throttle::Standing& a, const throttle::Standing& b) {
  return {.state = std::max(a.state, b.state),
          .reputation = std::isnan(a.reputation) ? b.reputation : a.reputation,
          .windows = a.windows + b.windows,
          .throttled = a.throttled + b.throttled,
          .listings = a.listings + b.listings,
          .margin = std::fmax(a.margin, b.margin)};
}

}  // namespace

std::optional<throttle::Standing> Site::standing(std::uint32_t address, SimTime now) const {
  std::optional<throttle::Standing> all;
  for (const NamedPolicy& named : policies_)
    if (const auto one = named.policy->standing(address, now))
      all = all ? joined(*all, *one) : *one;
  return all;
}

}  // namespace weir
