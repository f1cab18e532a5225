/// Least used: the address that was given the fewest messages so far; among equals the first of
/// the pool.
///
/// An address that joins late gets all messages until it has caught up: the opposite of what a
/// warm-up needs, and worth seeing.

#include <algorithm>

#include "models/selection/selection.h"

namespace weir::selection {
namespace {

class LeastUsed final : public Selection {
 public:
  struct Params {
    static void describe(auto /*field*/) {}
  };

  explicit LeastUsed(const Params& /*none*/) {}

  std::size_t choose(std::span<const Candidate> candidates, std::uint64_t /*sender*/,
                     Draw& /*draw*/) override {
    const auto least = std::ranges::min_element(candidates, {}, &Candidate::released);
    return static_cast<std::size_t>(least - candidates.begin());
  }
};

}  // namespace

extern const Entry least_used;
constinit const Entry least_used =
    entry<LeastUsed>("least-used", "The address that was given the fewest messages so far.");

}  // namespace weir::selection
