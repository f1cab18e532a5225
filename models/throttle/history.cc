#include "models/throttle/history.h"

#include <algorithm>
#include <cmath>

#include "sim/check.h"

namespace weir::throttle {

History::Weights History::halving_every(Duration half_life) {
  WEIR_ASSERT(half_life >= 1h, "a half-life below an hour leaves no weight to divide by");
  Weights weights{};
  for (std::size_t age = 1; age < weights.size(); ++age)
    weights[age] = std::exp2(-static_cast<double>(age) * (to_seconds(24h) / to_seconds(half_life)));
  return weights;
}

bool History::move_on_to(std::int64_t hour) {
  WEIR_ASSERT(hour > hour_ || empty(), "history never goes back");
  const std::int64_t from = day();
  if (hour > hour_) roll_hours(hour);
  hour_ = hour;
  if (empty() || day() == from) return false;
  end_days(from, day());
  return true;
}

void History::roll_hours(std::int64_t hour) {
  const std::int64_t passed = std::min(hour - hour_, kHours);
  for (std::int64_t h = 1; h <= passed; ++h) {
    std::int64_t& oldest = hours_[slot(hour_ + h, kHours)];
    volume_ -= oldest;
    oldest = 0;
  }
}

void History::end_days(std::int64_t from, std::int64_t to) {
  days_[slot(from, kDays)] = today_;
  today_ = 0;
  // The days in between were silent; after 30 of them that clears the day that ended too.
  for (std::int64_t d = from + 1; d < std::min(to, from + 1 + kDays); ++d)
    days_[slot(d, kDays)] = 0;
  if (std::ranges::all_of(days_, [](std::int64_t v) { return v == 0; })) first_hour_ = kNoMail;
}

double History::baseline(const Weights& weights) const {
  if (empty()) return 0.0;
  double mail = 0.0;
  double weight = 0.0;
  for (std::int64_t age = 1; age <= std::min(kDays, day()); ++age) {
    const std::int64_t v = days_[slot(day() - age, kDays)];
    if (v == 0) continue;
    mail += weights[static_cast<std::size_t>(age)] * static_cast<double>(v);
    weight += weights[static_cast<std::size_t>(age)];
  }
  return weight > 0.0 ? mail / weight : 0.0;
}

}  // namespace weir::throttle
