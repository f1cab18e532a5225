#pragma once
/// Which inputs matter: screening by Morris, variance shares by Sobol'.
///
/// Both look at runs already made; the designs are drawn elsewhere. Outputs of a simulation carry
/// noise of their own. Run the whole design under common random numbers, or the shares of the
/// inputs shrink by the share of the noise.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace weir::analysis {

/// What moving one input does, over all the places where it was tried (Morris 1991; the mean of
/// the sizes: Campolongo, Cariboni, Saltelli 2007).
struct ElementaryEffect {
  double mean = 0.0;       // of the effects, with their signs
  double mean_size = 0.0;  // of their sizes: how much the input matters
  double deviation = 0.0;  // how much the effect depends on the place: curved, or interacting
  std::size_t count = 0;
};

/// The effects of `factors` inputs along walks that move one input a step.
///
/// A walk has factors + 1 points of `factors` numbers in [0, 1], and between neighbours exactly one
/// differs, each input once. `points` holds all walks, point after point, `values` what came out at
/// each. Throws std::domain_error when the sizes do not fit, there is no walk, or a walk is none.
std::vector<ElementaryEffect> elementary_effects(std::span<const double> points,
                                                 std::span<const double> values,
                                                 std::size_t factors);

/// What came out at the points of Saltelli's design: two independent sets A and B of n points, and
/// for each input the points of A with that input taken from B. n (k + 2) runs.
struct SobolRuns {
  std::vector<double> a;
  std::vector<double> b;
  std::vector<std::vector<double>> mixed;  // one row of n for each input
  std::vector<double> again;  // the points of A with new chance; empty: the noise is not measured
};

/// The shares of one input in the variance of what comes out.
struct SobolShare {
  double first = 0.0;  // by itself
  double total = 0.0;  // with all its interactions
};

struct SobolShares {
  double variance = 0.0;  // over A and B
  std::vector<SobolShare> inputs;
  std::optional<double> noise;  // the share that no input explains; nothing when not measured
};

/// Jansen's estimators (1999) of both shares, as recommended by Saltelli and others (2010).
///
/// Shares may come out slightly below 0 or above 1, and that is reported as it is: it shows how
/// rough they are. Noise that differs from run to run multiplies every share by 1 - noise, and then
/// adds `noise` to each `total`. Needs two points, rows of equal length, and a variance above 0
/// (std::domain_error).
SobolShares sobol_shares(const SobolRuns& runs);

}  // namespace weir::analysis
