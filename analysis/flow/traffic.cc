#include "analysis/flow/traffic.h"

#include <algorithm>
#include <stdexcept>

#include <Eigen/Eigenvalues>
#include <Eigen/LU>

#include "analysis/flow/graph.h"

namespace weir::analysis {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

constexpr double kAlmostOne = 1.0 - 1e-12;  // what rounding may leave of 1

std::string name_of(const OpenNetwork& network, std::size_t node) {
  return node < network.names.size() ? "'" + network.names[node] + "'"
                                     : "node " + std::to_string(node);
}

void check(const OpenNetwork& network) {
  for (const double rate : network.arrivals)
    if (!(rate >= 0.0)) throw std::domain_error("solve_traffic: a negative or missing rate");
  for (const Passage& passage : network.passages) {
    if (!(passage.share >= 0.0)) throw std::domain_error("solve_traffic: a share below 0");
    if (passage.from >= network.arrivals.size() || passage.to >= network.arrivals.size())
      throw std::out_of_range("solve_traffic: a passage ends at no node");
  }
}

/// The parts of the network in the order in which traffic passes them.
std::vector<NodeList> parts_of(const OpenNetwork& network) {
  Network plain;
  plain.nodes.resize(network.arrivals.size());
  for (const Passage& passage : network.passages)
    if (passage.share > 0.0) plain.add(Arc{.from = passage.from, .to = passage.to});
  return strong_parts(plain);
}

/// P^T for the nodes of one part alone.
class Block {
 public:
  Block(const OpenNetwork& network, const std::vector<std::vector<std::size_t>>& leaving,
        const NodeList& part)
      : matrix_(Matrix::Zero(size_of(part), size_of(part))) {
    std::vector<std::pair<std::size_t, Eigen::Index>> place;
    for (const std::size_t node : part) place.emplace_back(node, size_of(place));
    const auto find = [&](std::size_t node) {
      const auto at = std::lower_bound(place.begin(), place.end(), std::pair{node, Eigen::Index{}});
      return at != place.end() && at->first == node ? at->second : Eigen::Index{-1};
    };
    for (const std::size_t node : part)
      for (const std::size_t index : leaving[node]) {
        const Passage& passage = network.passages[index];
        if (const Eigen::Index to = find(passage.to); to >= 0)
          matrix_(to, find(passage.from)) += passage.share;
      }
  }

  double spectral_radius() const {
    if (matrix_.size() == 1) return matrix_(0, 0);
    return Eigen::EigenSolver<Matrix>(matrix_, false).eigenvalues().cwiseAbs().maxCoeff();
  }

  Vector solve(const Vector& arriving) const {
    const Matrix stays = Matrix::Identity(matrix_.rows(), matrix_.cols()) - matrix_;
    return stays.partialPivLu().solve(arriving);
  }

  static Eigen::Index size_of(const auto& list) { return static_cast<Eigen::Index>(list.size()); }

 private:
  Matrix matrix_;
};

std::string refusal_of(const OpenNetwork& network, const NodeList& part, double radius) {
  std::string names;
  for (std::size_t i = 0; i < part.size() && i < 8; ++i)
    names += (names.empty() ? "" : ", ") + name_of(network, part[i]);
  if (part.size() > 8) names += " and " + std::to_string(part.size() - 8) + " more";
  return "what goes round through " + names +
         (radius > 1.0 / kAlmostOne ? " grows with every round" : " never leaves") +
         ": the rates have no bound";
}

}  // namespace

Traffic solve_traffic(const OpenNetwork& network) {
  check(network);
  std::vector<std::vector<std::size_t>> leaving(network.arrivals.size());
  for (std::size_t i = 0; i < network.passages.size(); ++i)
    leaving[network.passages[i].from].push_back(i);

  Traffic traffic;
  traffic.rates = network.arrivals;
  for (const NodeList& part : parts_of(network)) {
    const Block block(network, leaving, part);
    const double radius = block.spectral_radius();
    traffic.spectral_radius = std::max(traffic.spectral_radius, radius);
    if (radius >= kAlmostOne && traffic.solved())
      traffic.refusal = refusal_of(network, part, radius);
    if (!traffic.solved()) continue;

    Vector arriving(Block::size_of(part));
    for (Eigen::Index i = 0; i < arriving.size(); ++i)
      arriving[i] = traffic.rates[part[static_cast<std::size_t>(i)]];
    const Vector through = block.solve(arriving);
    for (Eigen::Index i = 0; i < arriving.size(); ++i)
      traffic.rates[part[static_cast<std::size_t>(i)]] = through[i];
    for (const std::size_t node : part)
      for (const std::size_t index : leaving[node]) {
        const Passage& passage = network.passages[index];
        if (!std::binary_search(part.begin(), part.end(), passage.to))
          traffic.rates[passage.to] += traffic.rates[node] * passage.share;
      }
  }
  if (!traffic.solved()) traffic.rates.clear();
  return traffic;
}

}  // namespace weir::analysis
