/// Hashed by sender: each sender keeps to one address as long as that one may send.
///
/// Rendezvous hashing: every pair of sender and address has a fixed random weight, and the heaviest
/// wins. When an address falls out, only its senders move; when it returns, only they come back
/// (tests/models/selection/selection_test.cc). Finding the heaviest costs a scramble an address;
/// the address of many a sender is remembered, so that only a new sender, and one whose address is
/// held, costs that.
///
/// Source: Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM
/// Transactions on Networking 6(1), 1998.
/// Left out: weights of addresses.

#include <optional>
#include <vector>

#include "models/selection/selection.h"

namespace weir::selection {
namespace {

class HashedBySender final : public Selection {
 public:
  struct Params {
    static void describe(auto /*field*/) {}
  };

  explicit HashedBySender(const Params& /*none*/) {}

  std::size_t choose(Candidates& candidates, const Request& request) override {
    const std::size_t home = home_of(request.sender, candidates);
    if (candidates.is_open(home)) return home;
    return *heaviest(request.sender, candidates,
                     [&](std::size_t position) { return candidates.is_open(position); });
  }

 private:
  /// Where a sender belongs while every address is open.
  struct Home {
    std::uint64_t sender = 0;
    std::optional<std::uint32_t> position;
  };
  static constexpr std::size_t kHomes = 4'096;

  std::size_t home_of(std::uint64_t sender, const Candidates& candidates) {
    Home& home = homes_[mix64(sender) % kHomes];
    if (!home.position || home.sender != sender) {
      const auto found = heaviest(sender, candidates, [](std::size_t) { return true; });
      home = {sender, static_cast<std::uint32_t>(*found)};
    }
    return *home.position;
  }

  /// The position with the greatest weight among those that count; of equals the first.
  template <class Counts>
  static std::optional<std::size_t> heaviest(std::uint64_t sender, const Candidates& candidates,
                                             Counts&& counts) {
    std::optional<std::size_t> best;
    std::uint64_t greatest = 0;
    for (std::size_t i = 0; i < candidates.pool_size(); ++i) {
      if (!counts(i)) continue;
      const std::uint64_t weight = mix64(StreamKey{sender, candidates.address(i), 0});
      if (best && weight <= greatest) continue;
      best = i;
      greatest = weight;
    }
    return best;
  }

  std::vector<Home> homes_{kHomes};  // by a scramble of the sender
};

}  // namespace

extern const Entry hashed_by_sender;
constinit const Entry hashed_by_sender = entry<HashedBySender>(
    "hashed-by-sender", "Each sender keeps to one address as long as that one may send.");

}  // namespace weir::selection
