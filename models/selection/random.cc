/// Random: each address that may send is equally likely.
///
/// One draw a message.

#include "models/selection/selection.h"

namespace weir::selection {
namespace {

class Random final : public Selection {
 public:
  struct Params {
    static void describe(auto /*field*/) {}
  };

  explicit Random(const Params& /*none*/) {}

  std::size_t choose(Candidates& candidates, const Request& request) override {
    return candidates.nth(request.draw.below(candidates.count()));
  }
};

}  // namespace

extern const Entry random;
constinit const Entry random = entry<Random>("random", "Any address, each equally likely.");

}  // namespace weir::selection
