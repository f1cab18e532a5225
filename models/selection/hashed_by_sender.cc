/// Hashed by sender: each sender keeps to one address as long as that one may send.
///
/// Rendezvous hashing: every pair of sender and address has a fixed random weight, and the heaviest
/// wins. When an address falls out, only its senders move; when it returns, only they come back
/// (tests/models/selection/selection_test.cc). The cost is one scramble a candidate.
///
/// Source: Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM
/// Transactions on Networking 6(1), 1998.
/// Left out: weights of addresses.

#include "models/selection/selection.h"

namespace weir::selection {
namespace {

class HashedBySender final : public Selection {
 public:
  struct Params {
    static void describe(auto /*field*/) {}
  };

  explicit HashedBySender(const Params& /*none*/) {}

  std::size_t choose(std::span<const Candidate> candidates, std::uint64_t sender,
                     Draw& /*draw*/) override {
    std::size_t best = 0;
    for (std::size_t i = 1; i < candidates.size(); ++i)
      if (weight(sender, candidates[i]) > weight(sender, candidates[best])) best = i;
    return best;
  }

 private:
  static std::uint64_t weight(std::uint64_t sender, const Candidate& candidate) {
    return mix64(StreamKey{sender, candidate.address, 0});
  }
};

}  // namespace

extern const Entry hashed_by_sender;
constinit const Entry hashed_by_sender = entry<HashedBySender>(
    "hashed-by-sender", "Each sender keeps to one address as long as that one may send.");

}  // namespace weir::selection
