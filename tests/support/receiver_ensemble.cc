#include "tests/support/receiver_ensemble.h"

#include <cmath>

#include "analysis/distribution.h"
#include "sim/quasi_random.h"
#include "tests/models/make_model.h"

namespace weir::testing {
namespace {

double lognormal(double median, double sigma, double z) { return median * std::exp(sigma * z); }

/// Recipients due in the hours 0 to `hours` of a day.
std::int64_t due_by(std::int64_t daily, std::int64_t hours) { return daily * hours / 24; }

}  // namespace

std::vector<Unknowns> default_ensemble(std::size_t count, double dependence) {
  SobolPoints points(4);
  std::vector<Unknowns> ensemble;
  for (std::size_t i = 0; i < count; ++i) {
    double z[4];
    std::ranges::transform(points.next(), z, analysis::normal_quantile);
    const double growth = dependence * z[0] + std::sqrt(1.0 - dependence * dependence) * z[1];
    ensemble.push_back({.probation = lognormal(9000.0, 0.5, z[0]),
                        .growth = lognormal(3.0, 0.25, growth),
                        .half_life = lognormal(1.5, 0.5, z[2]),
                        .window = lognormal(1.0, 0.3, z[3])});
  }
  return ensemble;
}

std::unique_ptr<throttle::Policy> make_receiver(const Unknowns& unknowns) {
  const auto hours = [](double days) {
    return to_text(Duration{std::chrono::seconds(std::llround(days * 86'400.0))});
  };
  return make_model(throttle::catalogue(), "history-window",
                    {{"probation", std::to_string(std::llround(unknowns.probation)) + "/d"},
                     {"growth", unknowns.growth},
                     {"half_life", hours(unknowns.half_life)},
                     {"window", hours(unknowns.window)}});
}

bool opens_window(throttle::Policy& receiver, std::span<const std::int64_t> daily) {
  const throttle::AddressInfo address;
  receiver.prepare({&address, 1});
  Draw unused(0, Purpose{}, 0, 0);
  for (std::size_t i = 0; i < 24 * daily.size(); ++i) {
    const auto hour = static_cast<std::int64_t>(i % 24);
    const std::int64_t portion = due_by(daily[i / 24], hour + 1) - due_by(daily[i / 24], hour);
    const throttle::Attempt attempt{.now = at(i * 1h),
                                    .recipients = static_cast<std::uint32_t>(portion)};
    if (portion == 0) continue;
    if (!receiver.admit(attempt, unused).accepts()) return true;
    receiver.accepted(attempt, attempt.recipients);
  }
  return false;
}

}  // namespace weir::testing
