#pragma once
/// Traffic equations: how much passes each node when some of it comes back.
///
/// lambda = gamma + P^T lambda, where gamma comes from outside and P says which share of what
/// leaves a node goes to which other next; what is missing to 1 leaves the network. They have an
/// answer only when the spectral radius of P is below 1, that is when everything leaves in the end.
/// Solved with Eigen, one strongly connected part after the other: the cost is the cube of the
/// largest part.

#include <cstddef>
#include <string>
#include <vector>

namespace weir::analysis {

/// A share of what leaves `from`; several of the same pair add up.
struct Passage {
  std::size_t from = 0;
  std::size_t to = 0;
  double share = 0.0;  // >= 0; above 1 where one makes several
};

/// Nodes are positions in `arrivals`.
struct OpenNetwork {
  std::vector<double> arrivals;  // from outside, per second, >= 0
  std::vector<Passage> passages;
  std::vector<std::string> names;  // for reasons; empty: the nodes are called by their numbers
};

struct Traffic {
  std::vector<double> rates;     // through each node, per second; empty when refused
  double spectral_radius = 0.0;  // of P
  std::string refusal;           // why there is no answer, and where; empty when there is

  bool solved() const { return refusal.empty(); }
};

/// Negative or missing numbers throw std::domain_error, wrong indices std::out_of_range.
Traffic solve_traffic(const OpenNetwork& network);

}  // namespace weir::analysis
