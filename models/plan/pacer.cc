#include "models/plan/pacer.h"

#include <cmath>

#include "sim/check.h"

namespace weir::plan {
namespace {

constexpr Duration kShortestReaction = 1h;

SimTime later(SimTime t, Duration d) { return t > kNever - d ? kNever : t + d; }

}  // namespace

Pacer::Pacer(std::unique_ptr<Curve> curve, const PacerParams& params)
    : curve_(std::move(curve)), params_(params) {
  set_volume();
}

/// Rounded down, but 0.7 x 3,000 is 2,100 whatever the last bit of the product.
std::int64_t Pacer::whole(double volume) {
  const double rounded = std::floor(volume * (1.0 + 1e-12));
  if (!(rounded < 0x1.0p62)) return kUnheld;
  return std::max(std::int64_t{0}, static_cast<std::int64_t>(rounded));
}

void Pacer::begin(SimTime now) {
  day_begin_ = next_slot_ = now;
  set_volume();
}

void Pacer::released(SimTime now, std::uint32_t recipients) {
  WEIR_CHECK(earliest(now) <= now, "a plan was asked for more than it lets go");
  if (volume_ == kUnheld) return;
  released_today_ += recipients;
  debt_ = std::max(std::int64_t{0}, released_today_ - volume_);
  next_slot_ = slot_begin(slot_at(now) + recipients);
}

void Pacer::throttled(SimTime now) {
  advance(now);
  if (now < next_reaction_) return;
  held_until_ = later(now, params_.hold);
  next_reaction_ = later(now, std::max(params_.hold, kShortestReaction));
  if (now < next_cut_) return;
  next_cut_ = later(now, params_.cut_once_in);
  factor_ *= 1.0 - params_.cut.value;
  set_volume();
}

void Pacer::end_day() {
  if (passes_gate()) ++stage_;
  if (day_begin_ >= held_until_) factor_ = std::min(1.0, factor_ + params_.resume.value);
  day_begin_ += kDay;
  set_volume();
  released_today_ = std::min(debt_, volume_);
  debt_ -= released_today_;
  delivered_today_ = 0;
  next_slot_ = released_today_ > 0 ? slot_begin(released_today_) : day_begin_;
}

/// A stage with nothing to deliver is passed: it would never be.
bool Pacer::passes_gate() const {
  return !params_.gate || stage_volume_ < 1.0 ||
         static_cast<double>(delivered_today_) > params_.gate->value * stage_volume_;
}

void Pacer::set_volume() {
  stage_volume_ = curve_->volume(stage_);
  volume_ = factor_ > 0.0 ? whole(stage_volume_ * factor_) : 0;
}

/// Slot k begins at k * spread / volume, rounded down: `volume` slots fill the spread exactly.
SimTime Pacer::slot_begin(std::int64_t slot) const {
  const Wide offset = static_cast<Wide>(slot) * params_.spread.count() / volume_;
  return later(day_begin_,
               Duration{static_cast<std::int64_t>(std::min<Wide>(offset, kDay.count()))});
}

/// The slot that `t` lies in: the last one that begins at or before it.
std::int64_t Pacer::slot_at(SimTime t) const {
  const Wide since = (t - day_begin_).count();
  return static_cast<std::int64_t>(
      std::min<Wide>(((since + 1) * volume_ - 1) / params_.spread.count(), kUnheld));
}

}  // namespace weir::plan
