#include "analysis/search/cma_es.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <Eigen/Eigenvalues>

namespace weir::analysis {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

// How fast each part learns, from dimension n and population: the defaults of the tutorial's
// table 1.
struct Rates {
  Vector weights;  // of the ranked points; those of the worse half are negative
  double mu_eff = 0.0;
  double path_step = 0.0;    // c_sigma
  double damping = 0.0;      // d_sigma
  double path = 0.0;         // c_c
  double rank_one = 0.0;     // c_1
  double rank_mu = 0.0;      // c_mu
  double chi = 0.0;          // expected length of a standard normal vector
  Eigen::Index parents = 0;  // points with a positive weight

  Rates(double n, std::size_t population) {
    const auto lambda = static_cast<Eigen::Index>(population);
    parents = lambda / 2;
    weights.resize(lambda);
    for (Eigen::Index i = 0; i < lambda; ++i)
      weights[i] = std::log((static_cast<double>(lambda) + 1.0) / 2.0) -
                   std::log(static_cast<double>(i) + 1.0);
    const auto better = weights.head(parents);
    const auto worse = weights.tail(lambda - parents);
    mu_eff = better.sum() * better.sum() / better.squaredNorm();
    const double mu_eff_worse = worse.sum() * worse.sum() / worse.squaredNorm();
    set_paths(n);
    const double most =
        std::min({1.0 + rank_one / rank_mu, 1.0 + 2.0 * mu_eff_worse / (mu_eff + 2.0),
                  (1.0 - rank_one - rank_mu) / (n * rank_mu)});
    const double better_sum = better.sum();
    const double worse_sum = -weights.cwiseMin(0.0).sum();
    for (double& weight : weights) weight /= weight >= 0.0 ? better_sum : worse_sum / most;
  }

 private:
  void set_paths(double n) {
    path_step = (mu_eff + 2.0) / (n + mu_eff + 5.0);
    damping = 1.0 + 2.0 * std::max(0.0, std::sqrt((mu_eff - 1.0) / (n + 1.0)) - 1.0) + path_step;
    path = (4.0 + mu_eff / n) / (n + 4.0 + 2.0 * mu_eff / n);
    rank_one = 2.0 / ((n + 1.3) * (n + 1.3) + mu_eff);
    rank_mu = std::min(1.0 - rank_one, 2.0 * (0.25 + mu_eff + 1.0 / mu_eff - 2.0) /
                                           ((n + 2.0) * (n + 2.0) + mu_eff));
    chi = std::sqrt(n) * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n));
  }
};

// The points' places by value, best first; equal values by place, failures last.
std::vector<std::size_t> ranked(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (std::isnan(values[a]) || std::isnan(values[b]))
      return !std::isnan(values[a]) && std::isnan(values[b]);
    return values[a] < values[b];
  });
  return order;
}

}  // namespace

std::size_t usual_population(std::size_t dimension) {
  return 4 + static_cast<std::size_t>(3.0 * std::log(static_cast<double>(dimension)));
}

struct CmaEs::State {
  State(const SearchStart& start, std::size_t population)
      : n(static_cast<Eigen::Index>(start.mean.size())),
        rates(static_cast<double>(n), population),
        mean(Eigen::Map<const Vector>(start.mean.data(), n)),
        step(start.step),
        covariance(Matrix::Identity(n, n)),
        axes(Matrix::Identity(n, n)),
        lengths(Vector::Ones(n)),
        step_path(Vector::Zero(n)),
        path(Vector::Zero(n)),
        points(population, Point(start.mean.size())) {}

  void sample(const std::function<double()>& normal) {
    steps.resize(n, static_cast<Eigen::Index>(points.size()));
    for (std::size_t k = 0; k < points.size(); ++k) {
      Vector z(n);
      for (double& x : z) x = normal();
      const auto at = static_cast<Eigen::Index>(k);
      steps.col(at) = axes * lengths.cwiseProduct(z);
      Eigen::Map<Vector>(points[k].data(), n) = mean + step * steps.col(at);
    }
  }

  // C^(-1/2) y
  Vector whitened(const Vector& y) const {
    return axes * (axes.transpose() * y).cwiseQuotient(lengths);
  }

  void learn(const std::vector<std::size_t>& order) {
    Vector moved = Vector::Zero(n);
    for (Eigen::Index i = 0; i < rates.parents; ++i)
      moved += rates.weights[i] *
               steps.col(static_cast<Eigen::Index>(order[static_cast<std::size_t>(i)]));
    mean += step * moved;
    step_path =
        (1.0 - rates.path_step) * step_path +
        std::sqrt(rates.path_step * (2.0 - rates.path_step) * rates.mu_eff) * whitened(moved);
    ++generations;
    const bool calm = is_calm();
    path = (1.0 - rates.path) * path;
    if (calm) path += std::sqrt(rates.path * (2.0 - rates.path) * rates.mu_eff) * moved;
    learn_covariance(order, calm);
    step *= std::exp(
        std::min(1.0, rates.path_step / rates.damping * (step_path.norm() / rates.chi - 1.0)));
  }

  // Whether the step is not just growing: then its growth would go into the covariance too.
  bool is_calm() const {
    const double settled =
        1.0 - std::pow(1.0 - rates.path_step, 2.0 * static_cast<double>(generations));
    return step_path.norm() / std::sqrt(settled) <
           (1.4 + 2.0 / (static_cast<double>(n) + 1.0)) * rates.chi;
  }

  void learn_covariance(const std::vector<std::size_t>& order, bool calm) {
    const double lost = calm ? 0.0 : rates.rank_one * rates.path * (2.0 - rates.path);
    covariance *= 1.0 + lost - rates.rank_one - rates.rank_mu * rates.weights.sum();
    covariance += rates.rank_one * path * path.transpose();
    for (Eigen::Index i = 0; i < rates.weights.size(); ++i) {
      const Vector y = steps.col(static_cast<Eigen::Index>(order[static_cast<std::size_t>(i)]));
      double weight = rates.weights[i];
      // So that no bad step, however long, makes the matrix indefinite.
      if (weight < 0.0) weight *= static_cast<double>(n) / whitened(y).squaredNorm();
      covariance += rates.rank_mu * weight * y * y.transpose();
    }
    const double every = 1.0 / (10.0 * static_cast<double>(n) * (rates.rank_one + rates.rank_mu));
    if (static_cast<double>(generations - decomposed) > every) decompose();
  }

  void decompose() {
    decomposed = generations;
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(covariance);
    axes = solver.eigenvectors();
    // Rounding may leave the smallest a hair below zero.
    const double least = solver.eigenvalues().maxCoeff() * 1e-14;
    lengths = solver.eigenvalues().cwiseMax(least).cwiseSqrt();
  }

  Eigen::Index n;
  Rates rates;
  Vector mean;
  double step;
  Matrix covariance;
  Matrix axes;     // its eigenvectors
  Vector lengths;  // roots of its eigenvalues
  Vector step_path;
  Vector path;
  Matrix steps;  // of the last generation, in units of `step`
  std::vector<Point> points;
  std::uint64_t generations = 0;
  std::uint64_t decomposed = 0;
  bool asked = false;
};

CmaEs::CmaEs(const SearchStart& start) {
  if (start.mean.empty()) throw std::domain_error("a search needs at least one coordinate");
  if (!(start.step > 0.0)) throw std::domain_error("the step of a search must be above zero");
  const std::size_t population =
      start.population == 0 ? usual_population(start.mean.size()) : start.population;
  if (population < 4) throw std::domain_error("a generation needs at least four points");
  state_ = std::make_unique<State>(start, population);
}

CmaEs::CmaEs(CmaEs&&) noexcept = default;
CmaEs& CmaEs::operator=(CmaEs&&) noexcept = default;
CmaEs::~CmaEs() = default;

const std::vector<Point>& CmaEs::ask(const std::function<double()>& normal) {
  state_->sample(normal);
  state_->asked = true;
  return state_->points;
}

void CmaEs::tell(std::span<const double> values) {
  if (!state_->asked || values.size() != state_->points.size())
    throw std::logic_error("a search is told one value for each point that it asked about");
  state_->asked = false;
  state_->learn(ranked(values));
}

Point CmaEs::mean() const { return {state_->mean.begin(), state_->mean.end()}; }
double CmaEs::spread() const { return state_->step * state_->lengths.maxCoeff(); }
std::size_t CmaEs::dimension() const { return static_cast<std::size_t>(state_->n); }
std::size_t CmaEs::population() const { return state_->points.size(); }
std::uint64_t CmaEs::generations() const { return state_->generations; }
double CmaEs::axis_ratio() const { return state_->lengths.maxCoeff() / state_->lengths.minCoeff(); }

}  // namespace weir::analysis
