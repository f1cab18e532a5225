/// Geometric: each stage is larger than the one before by the same factor.
///
/// What most published schedules are underneath (SendGrid's grows by about 1.4 a day). Multiplied
/// step by step and not with pow(), whose last bit differs between libraries; that costs one pass
/// over the stages once a day. Growth ends at `max` or after `stages`, and the volume then goes on.

#include <algorithm>
#include <optional>

#include "models/plan/curve.h"

namespace weir::plan {
namespace {

class Geometric final : public Curve {
 public:
  struct Params {
    std::int64_t first = 2'500;
    double factor = 1.1;
    std::optional<std::int64_t> max;
    std::optional<std::int64_t> stages;

    static void describe(auto field) {
      field("first", &Params::first, "Recipients on the first day.",
            Bounds<std::int64_t>{1, 1'000'000'000'000},
            Source{"assumption: below the median probation of DESIGN 5"});
      field("factor", &Params::factor, "How many times larger each stage is.",
            Bounds<double>{1.0, 10.0},
            Source{"assumption: below the growth that published schedules have, 1.4 (facts 3.1)"});
      field("max", &Params::max, "Recipients a day at which growth ends.");
      field("stages", &Params::stages, "Number of stages; the last one's volume goes on.");
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.max && *p.max < p.first) at.report("max", "must not be below 'first'");
      if (p.stages && *p.stages < 1) at.report("stages", "must be at least 1");
    }
  };

  explicit Geometric(const Params& p)
      : first_(static_cast<double>(p.first)),
        factor_(p.factor),
        max_(p.max ? static_cast<double>(*p.max) : kUnlimited),
        stages_(p.stages.value_or(std::numeric_limits<std::int64_t>::max())) {}

  double volume(std::int64_t stage) const override {
    double v = first_;
    if (factor_ == 1.0) return v;
    for (std::int64_t s = 1; s < std::min(stage, stages_) && v < max_; ++s) v *= factor_;
    return std::min(v, max_);
  }

 private:
  double first_;
  double factor_;
  double max_;
  std::int64_t stages_;
};

}  // namespace

extern const Entry geometric;
constinit const Entry geometric =
    entry<Geometric>("geometric", "A ramp: each stage is larger by the same factor.");

}  // namespace weir::plan
