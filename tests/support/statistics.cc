#include "tests/support/statistics.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "analysis/interval.h"
#include "analysis/moments.h"

namespace weir::testing {
namespace {

using analysis::Moments;
using ::testing::AssertionFailure;
using ::testing::AssertionResult;
using ::testing::AssertionSuccess;

constexpr double kDeviations = 5.0;

double false_alarm() { return 2.0 * analysis::normal_cdf(-kDeviations); }

AssertionResult judge(bool fits) { return fits ? AssertionSuccess() : AssertionFailure(); }

Moments moments_of(std::span<const double> samples, Batches batches) {
  Moments result;
  if (batches.count == 0) {
    for (const double sample : samples) result.add(sample);
    return result;
  }
  const std::size_t length = samples.size() / batches.count;
  for (std::size_t i = 0; i < batches.count; ++i) {
    Moments batch;
    for (const double sample : samples.subspan(i * length, length)) batch.add(sample);
    result.add(batch.mean());
  }
  return result;
}

}  // namespace

AssertionResult check_mean(std::span<const double> samples, double truth, Batches batches) {
  constexpr std::size_t kFewestBatches = 10;
  if (samples.size() < 2 || (batches.count > 0 && (batches.count < kFewestBatches ||
                                                   samples.size() < 2 * batches.count))) {
    return AssertionFailure() << "check_mean needs 2 samples, or 10 batches of 2 samples each; it"
                              << " has " << samples.size() << " in " << batches.count << " batches";
  }
  const Moments moments = moments_of(samples, batches);
  const double error = moments.standard_error();
  const auto degrees = static_cast<double>(moments.count() - 1);
  const double reach = -analysis::student_t_quantile(false_alarm() / 2.0, degrees);
  const double away = moments.mean() - truth;
  // Written so that a NaN anywhere fails.
  return judge(std::abs(away) <= reach * error)
         << "mean " << moments.mean() << " of " << samples.size() << " samples is " << away
         << " from the truth " << truth << "; standard error " << error << ", " << away / error
         << " of them, allowed are " << reach;
}

AssertionResult check_share(std::uint64_t hits, std::uint64_t trials, double truth) {
  const analysis::Interval interval =
      analysis::clopper_pearson_interval(hits, trials, Probability{1.0 - false_alarm()});
  return judge(interval.contains(truth))
         << hits << " of " << trials << " is a share of "
         << static_cast<double>(hits) / static_cast<double>(trials) << "; the truth " << truth
         << " is outside [" << interval.low << ", " << interval.high << "]";
}

AssertionResult check_distribution(std::span<const double> samples,
                                   const std::function<double(double)>& cdf) {
  if (samples.empty()) return AssertionFailure() << "check_distribution needs samples";
  if (std::ranges::any_of(samples, [](double x) { return std::isnan(x); })) {
    return AssertionFailure() << "check_distribution found a sample that is no number";
  }
  std::vector<double> sorted(samples.begin(), samples.end());
  std::ranges::sort(sorted);
  const auto n = static_cast<double>(sorted.size());
  double distance = 0.0;
  double worst = sorted.front();
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double truth = cdf(sorted[i]);
    if (!(truth >= 0.0 && truth <= 1.0)) {
      return AssertionFailure() << "cdf(" << sorted[i] << ") = " << truth << ", outside [0, 1]";
    }
    const double away =
        std::max(truth - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - truth);
    if (away > distance) {
      distance = away;
      worst = sorted[i];
    }
  }
  const double allowed = std::sqrt(std::log(2.0 / false_alarm()) / (2.0 * n));
  return judge(distance <= allowed)
         << "distribution of " << sorted.size() << " samples is " << distance
         << " from the truth at " << worst << "; allowed are " << allowed;
}

AssertionResult check_counts(std::span<const std::uint64_t> counts,
                             std::span<const double> shares) {
  constexpr double kLeastExpected = 10.0;
  if (counts.size() != shares.size() || counts.size() < 2) {
    return AssertionFailure() << "check_counts needs as many shares as counts, at least 2; it has "
                              << shares.size() << " and " << counts.size();
  }
  double total = 0.0;
  for (const std::uint64_t count : counts) total += static_cast<double>(count);
  double chi_square = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = total * shares[i];
    if (!(expected >= kLeastExpected)) {
      return AssertionFailure() << "count " << i << " is expected to be " << expected
                                << ", less than 10: join it with another";
    }
    const double away = static_cast<double>(counts[i]) - expected;
    chi_square += away * away / expected;
  }
  const double chance =
      analysis::chi_square_tail(chi_square, static_cast<double>(counts.size() - 1));
  return judge(chance >= false_alarm())
         << "chi-square " << chi_square << " over " << counts.size() << " counts has the chance "
         << chance << "; at least " << false_alarm() << " is asked for";
}

}  // namespace weir::testing
