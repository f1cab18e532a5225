/// Round robin: the addresses in turn.
///
/// Its turn has the address that was used longest ago, which among unchanging candidates is the
/// plain round. Counting positions instead would skip addresses whenever one falls out or returns.
///
/// Source: the usual meaning; KumoMTA's egress pools with equal weights behave so.

#include "models/selection/last_uses.h"
#include "models/selection/selection.h"

namespace weir::selection {
namespace {

class RoundRobin final : public Selection {
 public:
  struct Params {
    static void describe(auto /*field*/) {}
  };

  explicit RoundRobin(const Params& /*none*/) {}

  std::size_t choose(Candidates& candidates, const Request& /*request*/) override {
    const std::size_t first = candidates.first_by(
        [&](std::size_t position) { return uses_.of(candidates.address(position)); });
    uses_.use(candidates.address(first));
    return first;
  }

 private:
  LastUses uses_;
};

}  // namespace

extern const Entry round_robin;
constinit const Entry round_robin = entry<RoundRobin>("round-robin", "The addresses in turn.");

}  // namespace weir::selection
