/// All at once: nothing is held back, which is what happens without a plan.
///
/// The comparison that every other plan has to beat. A reaction still holds it, but an unlimited
/// volume has no half.

#include "models/plan/curve.h"

namespace weir::plan {
namespace {

class AllAtOnce final : public Curve {
 public:
  struct Params {
    static void describe(auto) {}
  };

  explicit AllAtOnce(const Params&) {}

  double volume(std::int64_t) const override { return kUnlimited; }
};

}  // namespace

extern const Entry all_at_once;
constinit const Entry all_at_once =
    entry<AllAtOnce>("all-at-once", "Nothing is held back: all that exists goes at once.");

}  // namespace weir::plan
