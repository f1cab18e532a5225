/// Overflow: what a plan does not let go to the addresses it warms up goes to others at once.
///
/// Some addresses of the pool are named as warm: the plan does not hold them, and they are used
/// only while it holds all others. So nothing is late, and each new address still grows by its
/// plan. Among the addresses of either kind the one used longest ago has its turn.
///
/// The price shows at the warm addresses, which carry nearly everything on the first days.
///
/// Source: Amazon SES, SendGrid and Halon send the excess of a warm-up through shared or older
/// addresses (facts 3.1); asked for in KumoMTA's issue 326.
/// Left out: SES's later stage, in which the excess is slowed down instead; that is a plan alone.

#include <algorithm>
#include <vector>

#include "models/selection/selection.h"

namespace weir::selection {
namespace {

class Overflow final : public Selection {
 public:
  struct Params {
    std::vector<std::string> to;

    static void describe(auto field) {
      field("to", &Params::to,
            "Names of the warm addresses of the pool, which no plan holds: they take what the plan "
            "does not let go to the others. Empty: there are none.");
    }
  };

  explicit Overflow(Params p) : params_(std::move(p)) {}

  std::span<const std::string> warm() const override { return params_.to; }

  void set_warm(std::span<const std::uint32_t> addresses) override {
    warm_.assign(addresses.begin(), addresses.end());
  }

  std::size_t choose(std::span<const Candidate> candidates, std::uint64_t /*sender*/,
                     Draw& /*draw*/) override {
    std::size_t best = 0;
    for (std::size_t i = 1; i < candidates.size(); ++i)
      if (rank(candidates[i]) < rank(candidates[best])) best = i;
    last_use(candidates[best]) = ++uses_;
    return best;
  }

 private:
  /// Warm addresses last, then by their last use.
  std::pair<bool, std::uint64_t> rank(const Candidate& candidate) {
    const bool is_warm = std::ranges::find(warm_, candidate.address) != warm_.end();
    return {is_warm, last_use(candidate)};
  }

  std::uint64_t& last_use(const Candidate& candidate) {
    if (candidate.address >= last_use_.size()) last_use_.resize(candidate.address + 1);
    return last_use_[candidate.address];
  }

  Params params_;
  std::vector<std::uint32_t> warm_;      // indices in the scenario
  std::vector<std::uint64_t> last_use_;  // by address; 0 is never
  std::uint64_t uses_ = 0;
};

}  // namespace

extern const Entry overflow;
constinit const Entry overflow = entry<Overflow>(
    "overflow", "New addresses as their plan lets them; what it holds goes to warm ones.");

}  // namespace weir::selection
