#include "models/tenants/tenants.h"

#include <algorithm>
#include <cmath>

namespace weir::tenants {
namespace {

constexpr std::int64_t kWeek = 168;  // hours

void check_weights(const std::vector<double>& weights, std::size_t count, std::string_view key,
                   const ParamsPlace& at) {
  bool valid = weights.size() == count;
  double sum = 0.0;
  for (const double weight : weights) {
    valid = valid && weight >= 0.0 && std::isfinite(weight);
    sum += weight;
  }
  if (!valid || sum <= 0.0)
    at.report(key,
              "expected " + std::to_string(count) + " weights, none negative and not all zero");
}

/// The part of `whole` that the `index`-th of `parts` gets; all parts add up to it.
std::uint32_t part_of(std::uint64_t whole, std::size_t index, std::size_t parts) {
  return static_cast<std::uint32_t>(whole * (index + 1) / parts - whole * index / parts);
}

/// How many of `accepted` recipients of the load were of clean mail.
std::uint32_t clean_of(const Load& load, std::uint32_t accepted) {
  const std::uint64_t total = load.total();
  return static_cast<std::uint32_t>((std::uint64_t{accepted} * load.clean + total / 2) / total);
}

}  // namespace

void TenantsParams::check(const TenantsParams& p, const ParamsPlace& at) {
  check_weights(p.hours, 24, "hours", at);
  check_weights(p.days, 7, "days", at);
  if (p.high_risk_pool && *p.high_risk_pool == p.pool)
    at.report("high_risk_pool", "is the pool itself: name another, or \"none\"");
}

std::uint32_t Tenants::Remainder::whole(double more) {
  left_ += more;
  const double count = std::floor(left_);
  left_ -= count;
  return static_cast<std::uint32_t>(count);
}

Tenants::Tenants(const TenantsParams& params, const std::vector<std::uint32_t>& addresses,
                 const std::vector<std::uint32_t>& high_risk_addresses, const Calendar& calendar,
                 const filter::FilterParams& receiver)
    : params_(params), receiver_(receiver), normal_(addresses.size()) {
  for (const std::uint32_t address : addresses) streams_.push_back({.address = address});
  for (const std::uint32_t address : high_risk_addresses)
    streams_.push_back({.address = address, .high_risk = true});

  before_.push_back(0.0);
  for (std::int64_t hour = 0; hour < kWeek; ++hour) {
    const SimTime t{hour * 1h};
    const auto of_day = static_cast<std::size_t>(calendar.hour_of_day(t));
    const auto of_week = static_cast<std::size_t>(calendar.day_of_week(t));
    before_.push_back(before_.back() + params_.hours[of_day] * params_.days[of_week]);
  }
  const double scale = params_.rate.in(kWeek * 1h) / before_.back();
  for (double& volume : before_) volume *= scale;
}

/// Recipients from hour 0 up to the begin of `hour`; below zero before the run.
double Tenants::volume_before(std::int64_t hour) const {
  const std::int64_t in_week = (hour % kWeek + kWeek) % kWeek;
  const std::int64_t weeks = (hour - in_week) / kWeek;
  return static_cast<double>(weeks) * before_.back() + before_[static_cast<std::size_t>(in_week)];
}

/// The whole recipients of an hour whose shares add up to those of all hours.
std::uint32_t Tenants::of_hour(std::int64_t hour, double share) const {
  return static_cast<std::uint32_t>(std::floor(volume_before(hour + 1) * share) -
                                    std::floor(volume_before(hour) * share));
}

Load Tenants::load(std::size_t stream, std::int64_t hour) const {
  const double spam = params_.spam.value;
  const std::size_t high_risk = streams_.size() - normal_;
  const double diverted = high_risk == 0 ? 0.0 : spam * (1.0 - params_.missed.value);
  if (streams_[stream].high_risk)
    return {.spam = part_of(of_hour(hour, diverted), stream - normal_, high_risk)};
  return {.clean = part_of(of_hour(hour, 1.0 - spam), stream, normal_),
          .spam = part_of(of_hour(hour, spam - diverted), stream, normal_)};
}

throttle::Evidence Tenants::taken(std::size_t stream, const Load& load, std::uint32_t accepted,
                                  double reputation) {
  if (load.total() == 0) return {};
  Stream& s = streams_[stream];
  const std::uint32_t clean = clean_of(load, accepted);
  const std::uint32_t spam = accepted - clean;
  const std::uint32_t unknown = s.unknown.whole(clean * params_.unknown.value);
  const std::uint32_t spam_unknown = s.spam_unknown.whole(spam * params_.spam_unknown.value);

  const int raise = raise_of(receiver_, {.reputation = reputation, .high_risk = s.high_risk});
  const auto share = [&](bool is_spam) {
    return share_graded(receiver_, {.spam = is_spam}, raise, filter::Grade::spam).value;
  };
  const std::uint32_t junked = s.junked.whole((clean - unknown) * share(false));
  const std::uint32_t spam_junked = s.spam_junked.whole((spam - spam_unknown) * share(true));
  const std::uint32_t read = clean - unknown - junked;

  totals_.offered += load.clean;
  totals_.refused += load.clean - clean;
  totals_.unknown += unknown;
  totals_.junked += junked;
  return {.recipients = accepted,
          .unknown = unknown + spam_unknown,
          .spam = junked + spam_junked,
          .traps = s.traps.whole(spam * params_.spam_traps.value),
          .complaints = s.complaints.whole(read * params_.complaints.value)};
}

}  // namespace weir::tenants
