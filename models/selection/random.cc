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

  std::size_t choose(std::span<const Candidate> candidates, std::uint64_t /*sender*/,
                     Draw& draw) override {
    return draw.below(candidates.size());
  }
};

}  // namespace

extern const Entry random;
constinit const Entry random = entry<Random>("random", "Any address, each equally likely.");

}  // namespace weir::selection
