/// None: a site that limits nothing. The measure for every other policy.

#include "models/throttle/policy.h"

namespace weir::throttle {
namespace {

class None final : public Policy {
 public:
  struct Params {
    static void describe(auto) {}
  };

  explicit None(const Params&) {}

  Verdict admit(const Attempt&, Draw&) override { return {}; }
};

}  // namespace

extern const Entry none;
constinit const Entry none = entry<None>("none", "A site that limits nothing.");

}  // namespace weir::throttle
