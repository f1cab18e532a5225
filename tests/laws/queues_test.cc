#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/queue_model.h"
#include "tests/support/statistics.h"

// Queues built from the kernel and Chance alone agree with queueing theory. A mean service takes
// 1 s throughout, so that the arrival rate is the load of one server.

namespace weir::testing {
namespace {

constexpr std::uint32_t kCustomers = 1'000'000;
constexpr std::uint32_t kTransient = 20'000;  // those who still notice that it began empty
constexpr Batches kBatches{50};

double exponential_service(Draw& draw) { return draw.exponential(); }
double fixed_service(Draw&) { return 1.0; }
double uniform_service(Draw& draw) { return 2.0 * draw.uniform(); }

/// Nine of ten are short, with mean 0.5 s, the tenth has mean 5.5 s: second moment 6.5 s^2.
double mixed_service(Draw& draw) {
  const double mean = draw.happens({0.9}) ? 0.5 : 5.5;
  return mean * draw.exponential();
}

QueueModel run(const QueueModel::Shape& shape, std::uint64_t seed,
               std::uint32_t customers = kCustomers) {
  QueueModel queue({.seed = seed}, shape);
  queue.run(customers);
  return queue;
}

double wait(const QueueModel::Customer& c) { return to_seconds(c.begun - c.arrived); }
double sojourn(const QueueModel::Customer& c) { return to_seconds(c.left - c.arrived); }
double had_to_wait(const QueueModel::Customer& c) { return c.begun > c.arrived ? 1.0 : 0.0; }

/// `figure` of each customer after the transient, in the order of arrival.
std::vector<double> each(const QueueModel& queue, double (*figure)(const QueueModel::Customer&)) {
  std::vector<double> figures;
  for (std::size_t i = kTransient; i < queue.customers().size(); ++i)
    figures.push_back(figure(queue.customers()[i]));
  return figures;
}

/// Erlang's C: the chance of finding all of `servers` busy at `offered` servers' worth of load.
double erlang_c(std::size_t servers, double offered) {
  double blocked = 1.0;  // Erlang's B, by its recursion
  for (std::size_t n = 1; n <= servers; ++n)
    blocked = offered * blocked / (static_cast<double>(n) + offered * blocked);
  const auto c = static_cast<double>(servers);
  return c * blocked / (c - offered * (1.0 - blocked));
}

/// Pollaczek and Khinchine's mean wait at a load below 1.
double pollaczek_khinchine(double load, double second_moment) {
  return load * second_moment / (2.0 * (1.0 - load));
}

TEST(SingleServer, OfExponentialServiceWaitsLoadOverIdleShare) {
  for (const double load : {0.5, 0.8}) {
    const QueueModel queue = run({load, exponential_service}, 1);
    EXPECT_TRUE(check_mean(each(queue, wait), load / (1.0 - load), kBatches));
    EXPECT_TRUE(check_mean(each(queue, sojourn), 1.0 / (1.0 - load), kBatches));
    EXPECT_TRUE(check_mean(each(queue, had_to_wait), load, kBatches));
  }
}

TEST(SingleServer, StartedEmptyWaitsAsLongAsSpitzersIdentitySays) {
  // The mean of the first 25 waits at load 0.9 with one arrival a second, exact (analysis.md 1.4).
  constexpr double kTruth = 0.9 * 2.36054;
  std::vector<double> means;
  for (std::uint64_t traffic = 0; traffic < 20'000; ++traffic) {
    QueueModel queue({.traffic = traffic},
                     {1.0, [](Draw& draw) { return 0.9 * draw.exponential(); }});
    queue.run(25);
    double sum = 0.0;
    for (const QueueModel::Customer& customer : queue.customers()) sum += wait(customer);
    means.push_back(sum / 25.0);
  }
  EXPECT_TRUE(check_mean(means, kTruth));
}

TEST(ManyServers, WaitAsErlangSays) {
  EXPECT_NEAR(erlang_c(2, 1.6), 0.711'111, 1e-6) << "32/45";
  for (const std::size_t servers : {2U, 5U, 20U}) {
    const double arrivals = 0.8 * static_cast<double>(servers);
    const double busy = erlang_c(servers, arrivals);
    const QueueModel queue = run({arrivals, exponential_service, servers}, 2);
    const double mean_wait = busy / (static_cast<double>(servers) - arrivals);
    EXPECT_TRUE(check_mean(each(queue, had_to_wait), busy, kBatches));
    EXPECT_TRUE(check_mean(each(queue, wait), mean_wait, kBatches));
    EXPECT_TRUE(check_mean(each(queue, sojourn), mean_wait + 1.0, kBatches));
  }
}

TEST(SingleServer, OfFixedServiceWaitsHalfAsLongAsOfExponential) {
  const QueueModel queue = run({0.8, fixed_service}, 3);
  EXPECT_TRUE(check_mean(each(queue, wait), 2.0, kBatches));
  EXPECT_TRUE(check_mean(each(queue, sojourn), 3.0, kBatches));
}

TEST(SingleServer, OfAnyServiceWaitsAsPollaczekAndKhinchineSay) {
  const QueueModel even = run({0.8, uniform_service}, 4);
  EXPECT_TRUE(check_mean(each(even, wait), pollaczek_khinchine(0.8, 4.0 / 3.0), kBatches));
  const QueueModel mixed = run({0.6, mixed_service}, 5);
  EXPECT_TRUE(check_mean(each(mixed, wait), pollaczek_khinchine(0.6, 6.5), kBatches));
}

TEST(LittlesLaw, HoldsToTheNanosecondOnEveryPath) {
  for (const std::size_t servers : {1U, 3U}) {
    const QueueModel queue =
        run({0.9 * static_cast<double>(servers), mixed_service, servers}, 6, 50'000);
    Wide waited = 0;
    Wide served = 0;
    for (const QueueModel::Customer& customer : queue.customers()) {
      waited += (customer.begun - customer.arrived).count();
      served += (customer.left - customer.begun).count();
    }
    EXPECT_TRUE(queue.areas().waiting == waited);
    EXPECT_TRUE(queue.areas().served == served);
    EXPECT_GT(waited, 0);
  }
}

TEST(ManyServers, AreNeverIdleWhileSomebodyWaits) {
  const QueueModel queue = run({2.7, exponential_service, 3}, 7, 50'000);
  std::vector<SimTime> left;
  for (const QueueModel::Customer& customer : queue.customers()) left.push_back(customer.left);
  std::ranges::sort(left);
  for (std::size_t i = 0; i + 1 < queue.customers().size(); ++i) {
    const QueueModel::Customer& customer = queue.customers()[i];
    ASSERT_LE(customer.begun, queue.customers()[i + 1].begun) << "first come, first served";
    if (customer.begun > customer.arrived) {
      ASSERT_TRUE(std::ranges::binary_search(left, customer.begun)) << "nobody left just then";
    }
  }
}

std::vector<double> gaps(const std::vector<SimTime>& instants) {
  std::vector<double> seconds;
  for (std::size_t i = 1; i < instants.size(); ++i)
    seconds.push_back(to_seconds(instants[i] - instants[i - 1]));
  return seconds;
}

/// The distribution of the gaps of a Poisson process.
auto poisson_gaps(double rate) {
  return [rate](double gap) { return -std::expm1(-rate * gap); };
}

TEST(Poisson, LeavesAQueueOfExponentialServiceAsItCame) {
  // Burke's theorem: departures, too, are a Poisson process with independent gaps.
  const QueueModel queue = run({0.7, exponential_service}, 8);
  std::vector<SimTime> departures;
  for (std::size_t i = kTransient; i < queue.customers().size(); ++i)
    departures.push_back(queue.customers()[i].left);
  EXPECT_TRUE(check_distribution(gaps(departures), poisson_gaps(0.7)));
}

/// One Poisson process of rate 1, split in two by a draw for each of its arrivals.
struct Split {
  static constexpr double kShare = 0.3;

  Split() {
    struct Arrival {
      std::uint64_t number;
    };
    Kernel<Arrival> kernel;
    Chance chance(StreamKey{.seed = 9});
    kernel.at(SimTime{}, {0});
    kernel.run_until(SimTime{500'000s}, [&](Arrival arrival) {
      const bool chosen = chance.draw(Purpose{2}, arrival.number).happens({kShare});
      (chosen ? few : many).push_back(kernel.now());
      Draw draw = chance.draw(Purpose{1}, arrival.number);
      kernel.in(chance.exponential(draw, 1s), {arrival.number + 1});
    });
  }

  std::vector<SimTime> few, many;
};

/// How many instants fall into each span of 10 s, less the mean.
std::vector<double> counts(const std::vector<SimTime>& instants, double mean) {
  std::vector<double> numbers(50'000, -mean);
  for (const SimTime instant : instants)
    if (const auto span = static_cast<std::size_t>(instant.time_since_epoch() / 10s);
        span < numbers.size())
      numbers[span] += 1.0;
  return numbers;
}

TEST(Poisson, SplitsIntoPoissonProcesses) {
  const Split split;
  EXPECT_TRUE(check_distribution(gaps(split.few), poisson_gaps(Split::kShare)));
  EXPECT_TRUE(check_distribution(gaps(split.many), poisson_gaps(1.0 - Split::kShare)));
}

TEST(Poisson, SplitsIntoIndependentProcessesWhoseCountsVaryAsTheirMeans) {
  const Split split;
  const std::vector<double> few = counts(split.few, 3.0);
  const std::vector<double> many = counts(split.many, 7.0);
  std::vector<double> squares;
  std::vector<double> products;
  for (std::size_t i = 0; i < few.size(); ++i) {
    squares.push_back(few[i] * few[i]);
    products.push_back(few[i] * many[i]);
  }
  EXPECT_TRUE(check_mean(few, 0.0));
  EXPECT_TRUE(check_mean(squares, 3.0));
  EXPECT_TRUE(check_mean(products, 0.0));
}

}  // namespace
}  // namespace weir::testing
