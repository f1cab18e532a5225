#include "tests/support/literal_receiver.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace weir::testing {
namespace {

std::int64_t hour_number(SimTime t) { return t.time_since_epoch().count() / 3'600'000'000'000; }

constexpr double kHalvings = 60.0;  // after which evidence is left out

}  // namespace

LiteralReceiver::LiteralReceiver(const LiteralRule& rule,
                                 const std::vector<throttle::AddressInfo>& addresses)
    : rule_(rule) {
  for (double age = 0.0; age < kHalvings; age += 1.0 / 24.0 / rule.evidence_half_life_days)
    fading_.push_back(std::pow(0.5, age));
  std::map<std::pair<char, std::uint32_t>, std::size_t> index;
  const auto memory = [&](char kind, std::uint32_t name) {
    const auto [at, added] = index.try_emplace({kind, name}, memories_.size());
    if (added) memories_.emplace_back();
    return at->second;
  };
  for (std::uint32_t i = 0; i < addresses.size(); ++i) {
    Address& address = addresses_.emplace_back();
    address.memory = memory('a', i);
    address.subnet = memory('s', addresses[i].subnet);
    address.domain = memory('d', addresses[i].domain);
  }
}

void LiteralReceiver::settle(SimTime now) {
  for (Memory& memory : memories_) {
    if (std::erase_if(memory.deletions, [&](SimTime t) { return t <= now; }) > 0)
      memory.mail.clear();
  }
  for (Address& a : addresses_) {
    if ((!a.throttled && !a.listed) || now < a.until) continue;
    if (a.listed) a.openings.clear();
    if (a.listed) memories_[a.memory] = {};
    if (a.throttled && rule_.deletes) memories_[a.memory].mail.clear();
    a.throttled = a.listed = false;
  }
}

throttle::Verdict LiteralReceiver::admit(const throttle::Attempt& attempt) {
  settle(attempt.now);
  Address& a = addresses_[attempt.address];
  if (a.throttled && rule_.trickles && attempt.now >= a.slot) return {};
  if (a.throttled || a.listed) return refuse(a);
  const Memory& own = memories_[a.memory];
  const std::int64_t hour = hour_number(attempt.now);
  if (faded(own, hour).recipients >= 1000.0 && reputation(own, hour) < 20.0) {
    a.listed = true;
    a.until = attempt.now + rule_.listing;
    return refuse(a);
  }
  if (attempt.exempt) return {};
  if (!allows(own, attempt.now, attempt.recipients, 1.0)) {
    open(a, attempt.now);
    return refuse(a);
  }
  for (const auto group : {&Address::subnet, &Address::domain}) {
    if (allows(memories_[a.*group], attempt.now, attempt.recipients, rule_.group_factor)) continue;
    const std::size_t crossed = a.*group;
    for (Address& other : addresses_)
      if (other.*group == crossed && !other.throttled && !other.listed) open(other, attempt.now);
    if (rule_.deletes) memories_[crossed].deletions.push_back(attempt.now + rule_.window);
    return refuse(a);
  }
  return {};
}

bool LiteralReceiver::allows(const Memory& memory, SimTime now, std::int64_t more,
                             double factor) const {
  const std::int64_t hour = hour_number(now);
  std::int64_t volume = more;
  std::int64_t in_hour = more;
  for (const Mail& mail : memory.mail) {
    if (mail.hour > hour - 24) volume += mail.recipients;
    if (mail.hour == hour) in_hour += mail.recipients;
  }
  const double limit = factor * std::max(rule_.probation, rule_.growth * baseline(memory, hour)) *
                       std::clamp(reputation(memory, hour) / 60.0, 0.1, 1.0);
  const double rounding = 1e-6;
  return static_cast<double>(volume) <= limit + rounding &&
         static_cast<double>(in_hour) <= rule_.hour_share * limit + rounding;
}

double LiteralReceiver::baseline(const Memory& memory, std::int64_t hour) const {
  std::map<std::int64_t, double> days;  // by age
  for (const Mail& mail : memory.mail)
    days[(hour - memory.origin) / 24 - (mail.hour - memory.origin) / 24] +=
        static_cast<double>(mail.recipients);
  double mail = 0.0;
  double weight = 0.0;
  for (const auto& [age, volume] : days) {
    if (age < 1 || age > 30) continue;
    const double w = std::pow(0.5, static_cast<double>(age) / rule_.half_life_days);
    mail += w * volume;
    weight += w;
  }
  return weight > 0.0 ? mail / weight : 0.0;
}

LiteralReceiver::Sign LiteralReceiver::faded(const Memory& memory, std::int64_t hour) const {
  Sign sum{hour, 0.0, 0.0};
  for (const Sign& sign : memory.signs) {
    const auto age = static_cast<std::size_t>(hour - sign.hour);
    if (age >= fading_.size()) continue;
    sum.recipients += fading_[age] * sign.recipients;
    sum.badness += fading_[age] * sign.badness;
  }
  return sum;
}

double LiteralReceiver::reputation(const Memory& memory, std::int64_t hour) const {
  const Sign sum = faded(memory, hour);
  const double n = sum.recipients;
  const double raw = n > 0.0 ? 100.0 * std::max(0.0, 1.0 - sum.badness / n) : 0.0;
  return (n * raw + 500.0 * 70.0) / (n + 500.0);
}

void LiteralReceiver::open(Address& a, SimTime now) {
  ++a.windows;
  a.openings.push_back(now);
  a.slot = now + rule_.trickle_interval;
  const auto recent = std::ranges::count_if(
      a.openings, [&](SimTime opened) { return now - opened < rule_.listing_span; });
  a.listed = static_cast<std::size_t>(recent) >= rule_.listing_windows;
  a.throttled = !a.listed;
  a.until = now + (a.listed ? rule_.listing : rule_.window);
}

throttle::Verdict LiteralReceiver::refuse(const Address& a) const {
  if (a.listed) return {.reply = Reply::banned_address};
  if (!rule_.trickles) return {.reply = Reply::throttled_denied, .retry_at = a.until};
  return {.reply = Reply::throttled_busy, .retry_at = std::min(a.slot, a.until)};
}

void LiteralReceiver::accepted(const throttle::Attempt& attempt, std::uint32_t recipients) {
  Address& a = addresses_[attempt.address];
  if (a.throttled) a.slot = attempt.now + attempt.recipients * rule_.trickle_interval;
  const std::int64_t hour = hour_number(attempt.now);
  for (const std::size_t index : {a.memory, a.subnet, a.domain}) {
    Memory& memory = memories_[index];
    const auto day = [&](std::int64_t h) { return (h - memory.origin) / 24; };
    if (memory.mail.empty() || day(hour) - day(memory.mail.back().hour) > 30) memory.origin = hour;
    std::erase_if(memory.mail, [&](const Mail& mail) { return mail.hour < hour - 24 * 32; });
    memory.mail.push_back({hour, recipients});
  }
}

void LiteralReceiver::judged(SimTime now, std::uint32_t address,
                             const throttle::Evidence& evidence) {
  const Address& a = addresses_[address];
  const double badness = 100.0 * evidence.complaints + 500.0 * evidence.traps +
                         2.0 * evidence.unknown + 5.0 * evidence.spam;
  const std::int64_t hour = hour_number(now);
  for (const std::size_t index : {a.memory, a.subnet, a.domain}) {
    std::vector<Sign>& signs = memories_[index].signs;
    std::erase_if(signs, [&](const Sign& s) {
      return hour - s.hour >= static_cast<std::int64_t>(fading_.size());
    });
    signs.push_back({hour, static_cast<double>(evidence.recipients), badness});
  }
}

throttle::AddressState LiteralReceiver::state(std::uint32_t address, SimTime now) {
  settle(now);
  const Address& a = addresses_[address];
  if (a.throttled) return throttle::AddressState::throttled;
  if (a.listed) return throttle::AddressState::listed;
  return memories_[a.memory].mail.empty() ? throttle::AddressState::fresh
                                          : throttle::AddressState::known;
}

double LiteralReceiver::reputation(std::uint32_t address, SimTime now) const {
  return reputation(memories_[addresses_[address].memory], hour_number(now));
}

}  // namespace weir::testing
