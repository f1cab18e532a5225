#include "experiments/scenario/measure.h"

#include <algorithm>
#include <cmath>

#include "sim/units.h"

namespace weir::experiments {
namespace {

/// Whole counts round half up, like every duration that is drawn.
std::int64_t whole_part(double value) {
  return static_cast<std::int64_t>(std::clamp(std::floor(value + 0.5), -9.0e18, 9.0e18));
}

}  // namespace

std::optional<Measure> measure_of(const Setting& setting) {
  using enum Measure::Kind;
  if (const auto* whole_number = std::get_if<std::int64_t>(&setting.value))
    return Measure{whole, static_cast<double>(*whole_number), {}};
  if (const auto* real = std::get_if<double>(&setting.value)) return Measure{number, *real, {}};
  if (setting.string() == nullptr) return std::nullopt;
  const std::string& text = *setting.string();
  if (const auto d = parse_duration(text))
    return Measure{duration, static_cast<double>(d->count()), {}};
  if (const auto r = parse_rate(text))
    return Measure{rate, static_cast<double>(r->count), r->period};
  if (const auto s = parse_share(text)) return Measure{share, *s, {}};
  if (const auto b = parse_bytes(text)) return Measure{bytes, static_cast<double>(b->count), {}};
  return std::nullopt;
}

Setting setting_of(const Measure& measure, const Place& place) {
  using enum Measure::Kind;
  Setting setting;
  setting.place = place;
  switch (measure.kind) {
    case number:
      setting.value = measure.value;
      break;
    case whole:
      setting.value = whole_part(measure.value);
      break;
    case duration:
      setting.value = to_text(Duration{whole_part(measure.value)});
      break;
    case rate:
      setting.value =
          rate_text(std::max<std::int64_t>(1, whole_part(measure.value)), measure.period);
      break;
    case share:
      setting.value = to_text(Probability{std::clamp(measure.value, 0.0, 1.0)});
      break;
    case bytes:
      setting.value = to_text(Bytes{whole_part(measure.value)});
      break;
  }
  return setting;
}

}  // namespace weir::experiments
