#include "models/filter/spam_level.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace weir::filter {
namespace {

constexpr int kHighest = 9;

/// How likely each level is before anything raises it.
std::array<double, kHighest + 1> shares_of(const FilterParams& params, const Content& content) {
  std::array<double, kHighest + 1> shares{};
  if (content.high_confidence) {
    shares[9] = 1.0;
  } else if (content.spam) {
    shares[5] = shares[6] = 0.5;
  } else {
    const std::vector<double>& weights = params.clean_levels;
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t level = 0; level < weights.size(); ++level)
      shares[level] = weights[level] / sum;
  }
  return shares;
}

}  // namespace

/// A receiver that demands authenticated senders takes a failed check heavily (S3-04).
int raise_of(const FilterParams& params, const InboundFacts& facts) {
  std::int64_t raise = facts.high_risk ? params.high_risk_levels : 0;
  if (facts.reputation < params.poor_reputation) raise += params.poor_reputation_levels;
  if (facts.spf == Spf::fail) raise += params.spf_fail_levels;
  if (facts.spf == Spf::softfail) raise += params.spf_softfail_levels;
  return static_cast<int>(raise);
}

int level_of(const FilterParams& params, const Content& content, int raise, double chance) {
  const auto shares = shares_of(params, content);
  int last = 0;  // of those that are possible: what rounding leaves over belongs to it
  for (int level = 0; level <= kHighest; ++level) {
    const double share = shares[static_cast<std::size_t>(level)];
    if (share <= 0.0) continue;
    last = level;
    if (chance < share) break;
    chance -= share;
  }
  return std::min(last + raise, kHighest);
}

Grade grade_of(const FilterParams& params, int level) {
  if (level >= params.high_confidence_level) return Grade::high_confidence;
  return level >= params.spam_level ? Grade::spam : Grade::clean;
}

std::int8_t stamp_of(Grade grade, int level) {
  if (grade == Grade::high_confidence) return kHighest;
  if (grade == Grade::spam) return static_cast<std::int8_t>(std::clamp(level, 5, 6));
  return static_cast<std::int8_t>(std::min(level, 1));
}

Probability share_graded(const FilterParams& params, const Content& content, int raise,
                         Grade grade) {
  const auto shares = shares_of(params, content);
  double sum = 0.0;
  for (int level = 0; level <= kHighest; ++level)
    if (grade_of(params, std::min(level + raise, kHighest)) >= grade)
      sum += shares[static_cast<std::size_t>(level)];
  return {std::min(sum, 1.0)};
}

}  // namespace weir::filter
