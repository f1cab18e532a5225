#include "analysis/estimate/unknown_share.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "analysis/estimate/variance_share.h"
#include "analysis/moments.h"

namespace weir::analysis {
namespace {

std::vector<double> means_of_groups(std::span<const double> values, std::size_t each) {
  std::vector<double> means;
  for (std::size_t at = 0; at < values.size(); at += each) {
    Moments group;
    for (const double value : values.subspan(at, each)) group.add(value);
    means.push_back(group.mean());
  }
  return means;
}

// The groups in the order of one unknown.
std::vector<std::size_t> order_by(std::span<const double> unknowns, std::size_t count,
                                  std::size_t unknown) {
  std::vector<std::size_t> order(unknowns.size() / count);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return unknowns[i * count + unknown]; });
  return order;
}

// The variance of what classes expect: that of their means, less what chance adds to it (Kelley,
// "An unbiased correlation ratio measure", Proceedings of the National Academy of Sciences 21,
// 1935).
double variance_between(const std::vector<double>& means, const std::vector<std::size_t>& order,
                        std::size_t classes) {
  Moments all;
  for (const double mean : means) all.add(mean);
  double within = 0.0;
  double between = 0.0;
  for (std::size_t i = 0; i < classes; ++i) {
    Moments inside;
    for (std::size_t at = i * order.size() / classes; at < (i + 1) * order.size() / classes; ++at) {
      inside.add(means[order[at]]);
    }
    const auto size = static_cast<double>(inside.count());
    const double apart = inside.mean() - all.mean();
    within += inside.variance() * (size - 1.0);
    between += size * apart * apart;
  }
  const auto n = static_cast<double>(order.size());
  const auto k = static_cast<double>(classes);
  return std::max(0.0, (between - (k - 1.0) * within / (n - k)) / n);
}

}  // namespace

std::vector<UnknownShare> rank_unknowns(std::span<const double> values, std::size_t each,
                                        std::span<const double> unknowns, std::size_t count,
                                        std::size_t classes) {
  const VarianceShares shares = variance_shares(values, each);
  const std::vector<double> means = means_of_groups(values, each);
  if (classes < 2 || means.size() < 2 * classes || unknowns.size() != means.size() * count) {
    throw std::domain_error(
        "a ranking of unknowns needs two classes, two groups a class, and all unknowns of each "
        "group");
  }
  const double all = shares.between + shares.within;
  std::vector<UnknownShare> ranked;
  for (std::size_t unknown = 0; unknown < count; ++unknown) {
    const double part = variance_between(means, order_by(unknowns, count, unknown), classes);
    ranked.push_back({unknown, all > 0.0 ? std::min(1.0, part / all) : 0.0});
  }
  std::ranges::stable_sort(ranked, std::ranges::greater{}, &UnknownShare::share);
  return ranked;
}

}  // namespace weir::analysis
