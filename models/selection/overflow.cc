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

#include <vector>

#include "models/selection/last_uses.h"
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
    for (const std::uint32_t address : addresses) {
      if (address >= is_warm_.size()) is_warm_.resize(address + 1);
      is_warm_[address] = true;
    }
  }

  std::size_t choose(Candidates& candidates, const Request& /*request*/) override {
    const std::size_t first = candidates.first_by(
        [&](std::size_t position) { return rank(candidates.address(position)); });
    uses_.use(candidates.address(first));
    return first;
  }

 private:
  /// Warm addresses last, then by their last use.
  std::uint64_t rank(std::uint32_t address) {
    constexpr std::uint64_t kAfterAllUses = std::uint64_t{1} << 63;
    const bool is_warm = address < is_warm_.size() && is_warm_[address];
    return uses_.of(address) | (is_warm ? kAfterAllUses : 0);
  }

  Params params_;
  std::vector<bool> is_warm_;  // by address
  LastUses uses_;
};

}  // namespace

extern const Entry overflow;
constinit const Entry overflow = entry<Overflow>(
    "overflow", "New addresses as their plan lets them; what it holds goes to warm ones.");

}  // namespace weir::selection
