#include <cmath>
#include <set>

#include "tests/experiments/capacity/capacity_case.h"
#include "tests/laws/generated_graph.h"

// What `weir capacity` says without running, beside 50 runs.

namespace weir::testing {
namespace {

using experiments::Bottleneck;
using experiments::Capacity;

constexpr std::uint64_t kGraphs = 50;
constexpr double kMessages = 6'000.0;

/// A scenario whose busiest ceiling is asked for a share of what it gives that differs by scenario:
/// from a half to one and a half.
struct Case {
  explicit Case(std::uint64_t number) {
    const double headroom = capacity_of(generated_graph(number, 1.0, kMessages)).headroom.value();
    const double share = 0.5 + static_cast<double>(number % 21) / 20.0;
    toml = generated_graph(number, share * headroom, kMessages);
    capacity = capacity_of(toml);
  }

  std::string toml;
  Capacity capacity;
};

/// Messages of the sources that came to an end, whichever.
double ended(const ScenarioRun& run) {
  double sum = 0.0;
  for (std::size_t i = 0; i + 1 < run.world().totals().size(); ++i)
    for (const std::uint64_t n : run.totals(i).finished) sum += static_cast<double>(n);
  return sum;
}

/// What may pass besides what passes in the long run: the bursts of all throttles there are, and
/// what chance saves in attempts at sites that defer a share p of them: five standard errors of the
/// mean number of attempts of so many messages, which is geometric with variance p / (1 - p)^2.
double allowance(const Case& c, const experiments::Scenario& scenario) {
  double ahead = 0.0;
  double deferred = 0.0;
  for (const Site& site : scenario.world.sites) {
    deferred = std::max(deferred, site.params().transient.value);
    for (const NamedPolicy& policy : site.policies())
      for (const throttle::Ceiling& ceiling : policy.policy->ceilings())
        ahead += ceiling.ahead * static_cast<double>(scenario.world.addresses.size());
  }
  const double messages = c.capacity.carried.per_second * to_seconds(scenario.frame.horizon);
  return ahead + 5.0 * std::sqrt(deferred * messages);
}

/// Whether only one setting is asked for nine tenths of what it gives, and none other for more than
/// three: a message rate at half of what it gives, for one, still makes connections close early.
bool has_one_bottleneck(const Capacity& capacity) {
  double others = 0.0;
  const Bottleneck& first = capacity.bottlenecks.front();
  for (const Bottleneck& b : capacity.bottlenecks)
    if (b.setting != first.setting) others = std::max(others, b.utilisation);
  return first.utilisation >= 0.9 && others <= 0.3;
}

TEST(CapacityOfGeneratedGraphs, IsNeverExceededAndMetWithinATwentiethWhereOneThingLimits) {
  std::size_t met = 0;
  std::set<std::string> limited_by;
  for (std::uint64_t number = 0; number < kGraphs; ++number) {
    const Case c(number);
    const experiments::Scenario scenario = scenario_of(c.toml);
    const double seconds = to_seconds(scenario.frame.horizon);
    const double done = ended(ScenarioRun(c.toml));
    const double bound = c.capacity.carried.per_second * seconds;
    EXPECT_LE(done, bound + allowance(c, scenario)) << number << ": " << c.capacity.verdict;
    if (!has_one_bottleneck(c.capacity)) continue;
    ++met;
    limited_by.insert(c.capacity.bottlenecks.front().unit);
    EXPECT_GE(done, 0.95 * bound) << number << ": " << c.capacity.verdict;
  }
  EXPECT_GE(met, 12U) << "of the graphs, so many have one bottleneck";
  EXPECT_GE(limited_by.size(), 4U) << "connections, attempts, recipients, servers";
}

}  // namespace
}  // namespace weir::testing
