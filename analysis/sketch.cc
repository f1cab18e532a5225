#include "analysis/sketch.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <stdexcept>
#include <tuple>

namespace weir::analysis {
namespace {

constexpr double kLargest = 1e18;
constexpr double kBillion = 1e9;
constexpr int kMantissaBits = 52;
constexpr std::int32_t kExponentBias = 1023;
constexpr std::uint64_t kMantissaMask = (std::uint64_t{1} << kMantissaBits) - 1;
constexpr std::int32_t kSpareCells = 64;

// The logarithm to base 2 is replaced by exponent + P(mantissa - 1), P a cubic with P(0) = 0 and
// P(1) = 1. Of all such cubics this one loses least: its slope against ln x never falls below
// 10/7 (at 0 and at 2/3), where the logarithm itself has 1/ln 2 = 1.4427, so it takes 1 % more
// buckets than the logarithm for the same guarantee.
constexpr double kCubic = 6.0 / 35.0;
constexpr double kSquare = -3.0 / 5.0;
constexpr double kLinear = 10.0 / 7.0;
constexpr double kLeastSlope = 10.0 / 7.0;

constexpr double interpolated(double s) { return ((kCubic * s + kSquare) * s + kLinear) * s; }

constexpr double slope(double s) { return (3.0 * kCubic * s + 2.0 * kSquare) * s + kLinear; }

// The s in [0, 1) with interpolated(s) = y. The cubic is nearly straight: Newton needs 4 steps.
double inverse_interpolated(double y) {
  double s = y;
  for (int step = 0; step < 6; ++step) s -= (interpolated(s) - y) / slope(s);
  return s;
}

std::int32_t floor_to_int(double x) {
  const auto truncated = static_cast<std::int32_t>(x);
  return truncated - (x < static_cast<double>(truncated) ? 1 : 0);
}

double power_of_two(std::int32_t exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + kExponentBias)
                               << kMantissaBits);
}

// ln((1 + a) / (1 - a)) = 2 artanh a, summed from its small terms for a up to 1/2.
double log_growth(double a) {
  double sum = 0.0;
  for (int k = 59; k >= 1; k -= 2) sum = sum * a * a + 1.0 / k;
  return 2.0 * a * sum;
}

// A bucket is narrower than promised by this share, far more than all rounding together.
constexpr double kRoundingMargin = 1e-9;

double scale_for(const SketchAccuracy& accuracy) {
  const double a = accuracy.relative_error;
  if (!(a > 0.0 && a <= 0.5)) throw std::out_of_range("Sketch: relative_error outside (0, 0.5]");
  if (!(accuracy.smallest >= std::numeric_limits<double>::min() && accuracy.smallest <= kLargest)) {
    throw std::out_of_range("Sketch: smallest outside (0, 1e18]");
  }
  return (1.0 + kRoundingMargin) / (kLeastSlope * log_growth(a));
}

}  // namespace

Sketch::Sketch(SketchAccuracy accuracy)
    : accuracy_(accuracy), buckets_per_octave_(scale_for(accuracy)) {}

// The path of every value: defined first, so that add() takes it in whole.
inline std::int32_t Sketch::index_of(double value) const {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto exponent = static_cast<std::int32_t>(bits >> kMantissaBits) - kExponentBias;
  const double mantissa =
      std::bit_cast<double>((bits & kMantissaMask) | std::bit_cast<std::uint64_t>(1.0));
  return floor_to_int((exponent + interpolated(mantissa - 1.0)) * buckets_per_octave_);
}

inline std::uint64_t& Sketch::cell(std::int32_t index) {
  auto offset = static_cast<std::size_t>(static_cast<std::int64_t>(index) - first_index_);
  if (offset >= counts_.size()) {
    reserve_cells(index);
    offset = static_cast<std::size_t>(index - first_index_);
  }
  return counts_[offset];
}

inline void Sketch::count_finite(double value, std::uint64_t count, Billionths billionths) {
  if (value < accuracy_.smallest) {
    below_smallest_ += count;
  } else {
    cell(index_of(value)) += count;
  }
  finite_ += count;
  sum_ += billionths * static_cast<Billionths>(count);
  min_ = std::min(min_, value);
  max_ = std::max(max_, value);
}

void Sketch::add(double value, std::uint64_t count) {
  if (value == std::numeric_limits<double>::infinity()) return add_infinite(count);
  if (!(value >= 0.0 && value <= kLargest)) {
    throw std::out_of_range("Sketch: a value outside [0, 1e18] that is not infinite");
  }
  if (count == 0) return;
  constexpr double kFitsInt64 = 9e9;
  const double scaled = value * kBillion + 0.5;
  count_finite(value, count,
               value < kFitsInt64 ? static_cast<Billionths>(static_cast<std::int64_t>(scaled))
                                  : static_cast<Billionths>(scaled));
}

void Sketch::add(Duration value, std::uint64_t count) {
  if (value < Duration::zero()) throw std::out_of_range("Sketch: a negative duration");
  if (count == 0) return;
  count_finite(to_seconds(value), count, value.count());
}

double Sketch::lower_bound(std::int32_t index) const {
  const double octaves = index / buckets_per_octave_;
  const std::int32_t exponent = floor_to_int(octaves);
  return power_of_two(exponent) * (1.0 + inverse_interpolated(octaves - exponent));
}

// The point whose relative distance from both bounds is the same, and so the least.
double Sketch::middle_of(std::int32_t index) const {
  const double low = lower_bound(index);
  const double high = lower_bound(index + 1);
  return 2.0 * low * (high / (low + high));
}

void Sketch::reserve_cells(std::int32_t index) {
  if (counts_.empty()) first_index_ = index;
  if (index < first_index_) {
    const std::int32_t first = index - kSpareCells;
    counts_.insert(counts_.begin(), static_cast<std::size_t>(first_index_ - first), 0);
    first_index_ = first;
  } else if (const auto needed = static_cast<std::size_t>(index - first_index_) + 1;
             needed > counts_.size()) {
    counts_.resize(needed + static_cast<std::size_t>(kSpareCells), 0);
  }
}

void Sketch::merge(const Sketch& other) {
  if (accuracy_ != other.accuracy_) {
    throw std::invalid_argument("Sketch: merging sketches of different accuracy");
  }
  for (std::size_t i = 0; i < other.counts_.size(); ++i) {
    const std::uint64_t count = other.counts_[i];
    if (count > 0) cell(other.first_index_ + static_cast<std::int32_t>(i)) += count;
  }
  below_smallest_ += other.below_smallest_;
  finite_ += other.finite_;
  infinite_ += other.infinite_;
  sum_ += other.sum_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

std::optional<double> Sketch::quantile(double p) const {
  if (!(p >= 0.0 && p <= 1.0)) throw std::out_of_range("Sketch: quantile outside [0, 1]");
  if (count() == 0) return std::nullopt;
  const double exact = p * static_cast<double>(count() - 1);
  const auto position = std::min(static_cast<std::uint64_t>(exact), count() - 1);
  return value_at(position);
}

double Sketch::value_at(std::uint64_t position) const {
  if (position >= finite_) return std::numeric_limits<double>::infinity();
  if (position + 1 == finite_) return max_;
  if (position < below_smallest_ || position == 0) return min_;
  std::uint64_t passed = below_smallest_;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    passed += counts_[i];
    if (position < passed) {
      return std::clamp(middle_of(first_index_ + static_cast<std::int32_t>(i)), min_, max_);
    }
  }
  assert(false && "finite_ is the sum of all buckets");
  return max_;
}

std::optional<double> Sketch::min() const {
  return finite_ > 0 ? std::optional(min_) : std::nullopt;
}

std::optional<double> Sketch::max() const {
  return finite_ > 0 ? std::optional(max_) : std::nullopt;
}

double Sketch::sum() const { return static_cast<double>(sum_) / kBillion; }

std::optional<double> Sketch::mean() const {
  return finite_ > 0 ? std::optional(sum() / static_cast<double>(finite_)) : std::nullopt;
}

std::vector<Sketch::Bucket> Sketch::buckets() const {
  std::vector<Bucket> result;
  if (below_smallest_ > 0) result.push_back({0.0, below_smallest_});
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] == 0) continue;
    const double bound = lower_bound(first_index_ + static_cast<std::int32_t>(i));
    result.push_back({std::max(bound, accuracy_.smallest), counts_[i]});
  }
  return result;
}

bool operator==(const Sketch& a, const Sketch& b) {
  const auto totals = [](const Sketch& s) {
    return std::tie(s.accuracy_, s.below_smallest_, s.finite_, s.infinite_, s.sum_, s.min_, s.max_);
  };
  if (totals(a) != totals(b)) return false;
  const auto same = [](const Sketch::Bucket& x, const Sketch::Bucket& y) {
    return x.lower == y.lower && x.count == y.count;
  };
  return std::ranges::equal(a.buckets(), b.buckets(), same);
}

}  // namespace weir::analysis
