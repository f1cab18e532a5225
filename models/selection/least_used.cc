/// Least used: the address that was given the fewest messages so far; among equals the first of
/// the pool.
///
/// An address that joins late gets all messages until it has caught up: the opposite of what a
/// warm-up needs, and worth seeing.

#include "models/selection/selection.h"

namespace weir::selection {
namespace {

class LeastUsed final : public Selection {
 public:
  struct Params {
    static void describe(auto /*field*/) {}
  };

  explicit LeastUsed(const Params& /*none*/) {}

  bool goes_by_hop() const override { return true; }

  std::size_t choose(Candidates& candidates, const Request& request) override {
    return candidates.first_by([&](std::size_t position) { return request.released.by(position); });
  }
};

}  // namespace

extern const Entry least_used;
constinit const Entry least_used =
    entry<LeastUsed>("least-used", "The address that was given the fewest messages so far.");

}  // namespace weir::selection
