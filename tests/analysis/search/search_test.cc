#include "analysis/search/search.h"

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

using Objective = std::function<double(const Point&)>;

class Normals {
 public:
  explicit Normals(std::uint64_t seed) : engine_(seed) {}
  double operator()() { return normal_(engine_); }

 private:
  std::mt19937_64 engine_;
  std::normal_distribution<double> normal_;
};

double sphere(const Point& x) {
  double sum = 0.0;
  for (const double v : x) sum += v * v;
  return sum;
}

double ellipsoid(const Point& x) {
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i)
    sum += std::pow(1e6, static_cast<double>(i) / static_cast<double>(x.size() - 1)) * x[i] * x[i];
  return sum;
}

double rosenbrock(const Point& x) {
  double sum = 0.0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i)
    sum += 100.0 * std::pow(x[i] * x[i] - x[i + 1], 2) + std::pow(x[i] - 1.0, 2);
  return sum;
}

/// Evaluations until a value below `target` is seen; `most` when it never is.
std::size_t evaluations_to(const Objective& f, const SearchStart& start, double target,
                           std::size_t most, std::uint64_t seed) {
  CmaEs search(start);
  Normals normal(seed);
  std::size_t spent = 0;
  while (spent < most) {
    std::vector<double> values;
    for (const Point& point : search.ask(std::ref(normal))) {
      values.push_back(f(point));
      ++spent;
      if (values.back() < target) return spent;
    }
    search.tell(values);
  }
  return most;
}

double mean_evaluations(const Objective& f, const SearchStart& start, double target) {
  double sum = 0.0;
  constexpr int kRuns = 11;
  for (std::uint64_t seed = 1; seed <= kRuns; ++seed)
    sum += static_cast<double>(evaluations_to(f, start, target, 100'000, seed));
  return sum / kRuns;
}

TEST(CmaEs, Shows) {
  std::printf("sphere %.0f\n", mean_evaluations(sphere, {Point(10, 0.5), 0.3}, 1e-10));
  std::printf("elli %.0f\n", mean_evaluations(ellipsoid, {Point(10, 0.5), 0.3}, 1e-10));
  std::printf("rosen %.0f\n", mean_evaluations(rosenbrock, {Point(10, 0.0), 0.1}, 1e-10));
}

/// Rosen and Suzuki (Hock and Schittkowski 43): -44 at (0, 1, 2, -1), two of its three constraints
/// active. The cube stands for [-3, 3] in each coordinate.
Trial rosen_suzuki(const Point& cube) {
  Point x;
  for (const double u : cube) x.push_back(6.0 * u - 3.0);
  const double squares = sphere(x);
  Trial trial;
  trial.objective = squares + x[2] * x[2] - 5 * x[0] - 5 * x[1] - 21 * x[2] + 7 * x[3];
  trial.constraints = {squares + x[0] - x[1] + x[2] - x[3] - 8,
                       squares + x[1] * x[1] + x[3] * x[3] - x[0] - x[3] - 10,
                       squares + x[0] * x[0] - x[3] * x[3] + 2 * x[0] - x[1] - x[3] - 5};
  return trial;
}

TEST(Search, ShowsHS43) {
  for (double noise : {0.0, 0.05}) {
    for (std::uint64_t seed = 1; seed < 6; ++seed) {
      Search search({.dimension = 4, .constraints = 3, .settled = 1e-5, .generations = 300}, {});
      Normals normal(seed), other(seed + 100);
      Trial at;
      while (!search.done()) {
        std::vector<Trial> trials;
        for (const Point& p : search.ask(std::ref(normal))) {
          trials.push_back(rosen_suzuki(p));
          at = trials.back();
          trials.back().objective += noise * other();
          for (double& g : trials.back().constraints) g += noise * other();
        }
        search.tell(trials);
      }
      std::printf("noise %g: mean %g viol %g best %g d %d\n", noise, at.objective, at.violation(),
                  search.best().front().trial.objective, (int)search.descents());
    }
  }
}

}  // namespace
}  // namespace weir::analysis
