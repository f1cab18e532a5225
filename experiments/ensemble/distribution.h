#pragma once
/// Values that nobody knows: a distribution in a scenario, and one draw of it a receiver.
///
/// Any value of a scenario may be a table { dist = "...", ... }: what we do not know, as opposed to
/// what is random. Each receiver of an ensemble draws every such value once, by its place in the
/// scenario, so that adding another unknown moves no other's draw.
///
///   { dist = "lognormal", median = "24 h", sigma = 0.3 }
///   { dist = "uniform", from = "1 h", to = "3 h" }
///   { dist = "choice", of = ["closed", "trickle"] }      each equally likely

#include <functional>
#include <string>
#include <vector>

#include "sim/random.h"
#include "sim/setting.h"

namespace weir::experiments {

/// One unknown of a scenario: where it stands.
struct Unknown {
  std::string path;  // dotted
};

/// All unknowns of `root`, in its order. Malformed ones are reported.
std::vector<Unknown> find_unknowns(const Setting& root, Problems& problems);

/// The dependence of a scenario's unknowns, from its table [ensemble].
struct Dependence {
  std::string driver;      // path of an unknown; empty: all are independent
  std::string follower;    // path of another
  double correlation = 0;  // of the two underlying normals (a Gaussian copula), in [-1, 1]
};

/// `root` with every distribution replaced by its value at `uniform(path)` in (0, 1).
Setting resolve(const Setting& root, const Dependence& dependence,
                const std::function<double(const std::string& path)>& uniform);

/// `root` for receiver number `receiver`: the draws are keyed by (seed, receiver, path).
Setting draw_receiver(const Setting& root, const Dependence& dependence, std::uint64_t seed,
                      std::uint64_t receiver);

/// `root` for the receiver in the middle: every distribution at its median.
Setting median_receiver(const Setting& root);

}  // namespace weir::experiments
