/// Flat: the same number of recipients each day, a month's volume divided by the days of the plan.
///
/// With 30 days this is Microsoft's standard advice for a new address (S4-64), with 15 the
/// aggressive one (S4-65): 90,000 a month are 3,000 or 6,000 a day. It is no ramp: the first day is
/// as large as the last. The volume goes on after the last day: what throttling kept back must
/// still go, and a burst at the end of a plan would undo it.

#include "models/plan/curve.h"

namespace weir::plan {
namespace {

class Flat final : public Curve {
 public:
  struct Params {
    std::int64_t volume = 90'000;
    std::int64_t days = 30;

    static void describe(auto field) {
      field("volume", &Params::volume, "Recipients of a month, as estimated.",
            Bounds<std::int64_t>{0, 1'000'000'000'000}, Source{"the example of S4-64"});
      field("days", &Params::days, "Days over which they are spread: 30, or 15 to be aggressive.",
            Bounds<std::int64_t>{1, 3'650}, Source{"S4-64; S4-65 has 15"});
    }
  };

  explicit Flat(const Params& p)
      : volume_(static_cast<double>(p.volume) / static_cast<double>(p.days)) {}

  double volume(std::int64_t) const override { return volume_; }

 private:
  double volume_;
};

}  // namespace

extern const Entry flat;
constinit const Entry flat = entry<Flat>("flat", "A month's volume in equal parts a day.");

}  // namespace weir::plan
