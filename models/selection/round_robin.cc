/// Round robin: the addresses in turn.
///
/// Its turn has the address that was used longest ago, which among unchanging candidates is the
/// plain round. Counting positions instead would skip addresses whenever one falls out or returns.
///
/// Source: the usual meaning; KumoMTA's egress pools with equal weights behave so.

#include <vector>

#include "models/selection/selection.h"

namespace weir::selection {
namespace {

class RoundRobin final : public Selection {
 public:
  struct Params {
    static void describe(auto /*field*/) {}
  };

  explicit RoundRobin(const Params& /*none*/) {}

  std::size_t choose(std::span<const Candidate> candidates, std::uint64_t /*sender*/,
                     Draw& /*draw*/) override {
    std::size_t best = 0;
    for (std::size_t i = 1; i < candidates.size(); ++i)
      if (last_use(candidates[i]) < last_use(candidates[best])) best = i;
    last_use(candidates[best]) = ++uses_;
    return best;
  }

 private:
  std::uint64_t& last_use(const Candidate& candidate) {
    if (candidate.address >= last_use_.size()) last_use_.resize(candidate.address + 1);
    return last_use_[candidate.address];
  }

  std::vector<std::uint64_t> last_use_;  // by address; 0 is never
  std::uint64_t uses_ = 0;
};

}  // namespace

extern const Entry round_robin;
constinit const Entry round_robin = entry<RoundRobin>("round-robin", "The addresses in turn.");

}  // namespace weir::selection
