#include "experiments/tune/plan_family.h"

#include <algorithm>
#include <cmath>

#include "sim/check.h"

namespace weir::experiments {
namespace {

constexpr double kMostVolume = 1e12;
constexpr std::int64_t kTableDays = 14;

/// From `low` at 0 to `high` at 1, evenly in the logarithm.
double log_between(double low, double high, double share) {
  return low * std::pow(high / low, share);
}

}  // namespace

PlanShape PlanShape::scaled(double factor) const {
  PlanShape shape = *this;
  if (days.empty()) return shape;
  double volume = shape.days.front() = factor * days.front();
  for (std::size_t d = 1; d < days.size(); ++d) {
    const double growth = days[d - 1] > 0.0 ? days[d] / days[d - 1] : 1.0;
    volume = std::min(volume * (1.0 + factor * (growth - 1.0)), kMostVolume);
    shape.days[d] = volume;
  }
  return shape;
}

double PlanShape::day_of(double volume) const {
  const auto at = std::lower_bound(days.begin(), days.end(), volume);
  const auto day = static_cast<double>(at - days.begin());
  if (at == days.begin()) return 1.0;
  if (at == days.end()) return day * (1.0 + std::log(volume / days.back()));
  const double before = *std::prev(at);
  return day + std::log(volume / before) / std::log(*at / before);
}

std::vector<std::int64_t> PlanShape::whole_days() const {
  std::vector<std::int64_t> whole;
  for (const double volume : days)
    whole.push_back(std::max<std::int64_t>(1, static_cast<std::int64_t>(std::floor(volume))));
  return whole;
}

PlanFamily::PlanFamily(FamilyName name, const FamilyBounds& bounds) : name_(name), bounds_(bounds) {
  const double steps = static_cast<double>(std::max<std::int64_t>(2, bounds.length - 1));
  if (name == FamilyName::table) {
    for (std::int64_t step = 1; step <= std::min<std::int64_t>(kTableDays, bounds.length - 1);
         ++step)
      knots_.push_back(static_cast<double>(step));
    return;
  }
  for (std::int64_t k = 0; k < bounds.knots; ++k)
    knots_.push_back(
        log_between(1.0, steps, static_cast<double>(k) / static_cast<double>(bounds.knots - 1)));
}

std::size_t PlanFamily::dimension() const {
  const std::size_t growth = name_ == FamilyName::geometric ? 1 : knots_.size();
  return 1 + growth + (bounds_.spread ? 1 : 0);
}

std::vector<double> PlanFamily::embedded(std::span<const double> geometric) const {
  std::vector<double> point(dimension(), geometric[1]);
  point.front() = geometric.front();
  if (bounds_.spread) point.back() = geometric.back();
  return point;
}

PlanShape PlanFamily::at(std::span<const double> point) const {
  WEIR_CHECK(point.size() == dimension(), "a plan has as many coordinates as its family");
  PlanShape shape;
  if (bounds_.spread) {
    shape.spread_hours = log_between(1.0, 24.0, point.back());
    point = point.first(point.size() - 1);
  }
  double volume = log_between(bounds_.least_first, bounds_.most_first, point.front());
  for (std::int64_t day = 1; day <= bounds_.length; ++day) {
    shape.days.push_back(std::min(volume, kMostVolume));
    volume *= std::pow(bounds_.most_growth, growth_on(point.subspan(1), day));
  }
  return shape;
}

/// The exponent of growth from `day` to the next: between knots on a straight line over the
/// logarithm of the day, behind the last one that of the last.
double PlanFamily::growth_on(std::span<const double> growth, std::int64_t day) const {
  if (name_ == FamilyName::geometric) return growth.front();
  const double at = static_cast<double>(day);
  const auto next = std::upper_bound(knots_.begin(), knots_.end(), at);
  if (next == knots_.end()) return growth.back();
  const auto index = static_cast<std::size_t>(next - knots_.begin());
  if (index == 0) return growth.front();
  const double share =
      std::log(at / knots_[index - 1]) / std::log(knots_[index] / knots_[index - 1]);
  return growth[index - 1] + share * (growth[index] - growth[index - 1]);
}

}  // namespace weir::experiments
