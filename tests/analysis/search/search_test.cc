#include "analysis/search/search.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/analysis/search/normals.h"

namespace weir::analysis {
namespace {

using Problem = std::function<Trial(const Point&)>;

/// Where a search stands when it is done: the mean of the last third of its means.
Point searched(const SearchPlan& plan, const std::vector<Candidate>& known, const Problem& problem,
               std::uint64_t seed) {
  Search search(plan, known);
  Normals normal(seed);
  std::vector<Point> means;
  while (!search.done()) {
    std::vector<Trial> trials;
    const std::vector<Point> points = search.ask(std::ref(normal));
    for (const Point& point : points) trials.push_back(problem(point));
    search.tell(trials);
    means.push_back(points.back());
  }
  Point mean(plan.dimension, 0.0);
  const std::size_t late = means.size() / 3;
  for (std::size_t i = means.size() - late; i < means.size(); ++i)
    for (std::size_t d = 0; d < mean.size(); ++d)
      mean[d] += means[i][d] / static_cast<double>(late);
  return mean;
}

/// Rosen and Suzuki (Hock and Schittkowski 43): -44 at (0, 1, 2, -1), two of its three constraints
/// active. The cube stands for [-3, 3] in each coordinate.
Trial rosen_suzuki(const Point& cube) {
  Point x;
  for (const double u : cube) x.push_back(6.0 * u - 3.0);
  const double squares = std::inner_product(x.begin(), x.end(), x.begin(), 0.0);
  Trial trial;
  trial.objective = squares + x[2] * x[2] - 5 * x[0] - 5 * x[1] - 21 * x[2] + 7 * x[3];
  trial.constraints = {squares + x[0] - x[1] + x[2] - x[3] - 8,
                       squares + x[1] * x[1] + x[3] * x[3] - x[0] - x[3] - 10,
                       squares + x[0] * x[0] - x[3] * x[3] + 2 * x[0] - x[1] - x[3] - 5};
  return trial;
}

constexpr SearchPlan kRosenSuzuki{.dimension = 4, .constraints = 3, .generations = 200};

void expect_solved(const Point& cube, double tolerance) {
  const Point best{0.0, 1.0, 2.0, -1.0};
  for (std::size_t d = 0; d < best.size(); ++d)
    EXPECT_NEAR(6.0 * cube[d] - 3.0, best[d], tolerance) << "coordinate " << d;
}

TEST(Search, SolvesATextbookProblemWithConstraints) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SearchPlan plan = kRosenSuzuki;
    plan.settled = 1e-7;
    expect_solved(searched(plan, {}, rosen_suzuki, seed), 0.05);
  }
}

/// Noise of 0.1 in everything, where a step of 0.1 off the best point changes the objective by 0.1.
TEST(Search, SolvesItUnderNoise) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Normals noise(100 + seed);
    const auto noisy = [&](const Point& point) {
      Trial trial = rosen_suzuki(point);
      trial.objective += 0.1 * noise();
      for (double& g : trial.constraints) g += 0.1 * noise();
      return trial;
    };
    expect_solved(searched(kRosenSuzuki, {}, noisy, seed), 0.2);
  }
}

/// SimOpt's MM1-1: sojourn times of a queue with arrivals at 1.5 and service at mu, plus the price
/// 0.1 mu^2 of the server. By theory 1 / (mu - 1.5) + 0.1 mu^2, least where mu (mu - 1.5)^2 = 5, at
/// 2.829. The cube stands for [1.6, 10]; each generation sees 2,000 customers of its own.
TEST(Search, FindsTheBestServerOfAQueue) {
  const auto sojourn = [](double mu, std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    std::exponential_distribution<double> unit;
    double waiting = 0.0;
    double sum = 0.0;
    constexpr int kCustomers = 2'000;
    for (int i = 0; i < kCustomers; ++i) {
      const double service = unit(engine) / mu;
      sum += waiting + service;
      waiting = std::max(0.0, waiting + service - unit(engine) / 1.5);
    }
    return sum / kCustomers;
  };
  std::uint64_t calls = 0;
  const auto problem = [&](const Point& point) {
    const double mu = 1.6 + 8.4 * point.front();
    const std::uint64_t generation = calls++ / (usual_population(1) + 1);
    return Trial{sojourn(mu, generation) + 0.1 * mu * mu, {}};
  };
  const Point best = searched({.dimension = 1, .settled = 1e-9, .generations = 60}, {}, problem, 1);
  EXPECT_NEAR(1.6 + 8.4 * best.front(), 2.829, 0.08);
}

TEST(Search, BeginsAtTheBestOfWhatIsKnown) {
  const std::vector<Candidate> known{{{0.9, 0.9}, {3.0, {0.0}}},
                                     {{0.2, 0.1}, {5.0, {-1.0}}},
                                     {{0.5, 0.5}, {1.0, {0.5}}},
                                     {{0.3, 0.3}, {4.0, {-0.1}}}};
  Search search({.dimension = 2, .constraints = 1}, known);
  Normals normal(1);
  EXPECT_EQ(search.ask(std::ref(normal)).back(), (Point{0.9, 0.9}));
  EXPECT_EQ(search.best().back().point, (Point{0.5, 0.5})) << "what violates comes last";
}

TEST(Search, StaysInTheCube) {
  Search search({.dimension = 3, .step = 5.0, .generations = 60}, {});
  Normals normal(1);
  while (!search.done()) {
    std::vector<Trial> trials;
    for (const Point& point : search.ask(std::ref(normal))) {
      for (const double x : point) {
        ASSERT_GE(x, 0.0);
        ASSERT_LE(x, 1.0);
      }
      trials.push_back({-point[0] - point[1], {}});
    }
    search.tell(trials);
  }
  EXPECT_GT(search.best().front().point[0], 0.9) << "the best corner lies on the border";
}

TEST(Search, BeginsAnewWithMorePointsWhenItHasSettled) {
  Search search({.dimension = 2, .settled = 0.01, .generations = 200}, {});
  Normals normal(1);
  const std::size_t first = search.ask(std::ref(normal)).size();
  std::size_t most = first;
  for (std::vector<Trial> trials; !search.done(); trials.clear()) {
    const auto points = search.ask(std::ref(normal));
    most = std::max(most, points.size());
    for (const Point& p : points) trials.push_back({std::pow(p[0] - 0.3, 2) + p[1], {}});
    search.tell(trials);
  }
  EXPECT_GT(search.descents(), 1U);
  EXPECT_GE(most, 2 * (first - 1));
}

TEST(Search, IsAFunctionOfWhatItWasTold) {
  Search a(kRosenSuzuki, {});
  Search b(kRosenSuzuki, {});
  Normals normal_a(7);
  Normals normal_b(7);
  for (int generation = 0; generation < 30; ++generation) {
    std::vector<Trial> trials;
    const auto points = a.ask(std::ref(normal_a));
    ASSERT_EQ(points, b.ask(std::ref(normal_b)));
    for (const Point& point : points) trials.push_back(rosen_suzuki(point));
    a.tell(trials);
    b.tell(trials);
  }
}

TEST(Search, WantsOneTrialForEachPoint) {
  Search search({.dimension = 2}, {});
  EXPECT_THROW(search.tell({}), std::logic_error);
}

TEST(Folded, BringsBackWhatLeaves) {
  EXPECT_DOUBLE_EQ(folded(0.3), 0.3);
  EXPECT_DOUBLE_EQ(folded(-0.3), 0.3);
  EXPECT_DOUBLE_EQ(folded(1.3), 0.7);
  EXPECT_DOUBLE_EQ(folded(2.3), 0.3);
  EXPECT_DOUBLE_EQ(folded(1.0), 1.0);
}

TEST(Trial, FeasibleBeforeInfeasibleBeforeFailed) {
  const double nan = std::nan("");
  const Trial good{2.0, {-1.0}};
  const Trial better{1.0, {0.0}};
  const Trial slight{0.0, {0.1}};
  const Trial heavy{-9.0, {0.1, 5.0}};
  const Trial failed{nan, {-1.0}};
  const std::vector<Trial> order{better, good, slight, heavy, failed};
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t j = 0; j < order.size(); ++j)
      EXPECT_EQ(is_better(order[i], order[j]), i < j) << i << " " << j;
}

}  // namespace
}  // namespace weir::analysis
