#pragma once
/// The delays of the hold model: how far ahead the next event is, by distribution. All have a mean
/// of 2^40 ns, so that equal instants come from the distribution and not from rounding.

#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <boost/random/exponential_distribution.hpp>

#include "bench/chance/xoshiro.h"
#include "sim/quantity.h"

namespace weir::bench {

inline constexpr double kMeanIncrement = 0x1.0p40;  // ns

/// A real draw of mean 1 as a delay.
inline Duration to_increment(double draw) { return Duration{std::llround(draw * kMeanIncrement)}; }

struct Distribution {
  std::string_view name;
  double (*draw)(Xoshiro256&);  // mean 1
  bool is_constant = false;     // few values: filled over one mean, where they would all be equal
};

extern const Distribution kExponential;

/// The others of the hold benchmark, B1.
std::span<const Distribution> other_distributions();

/// Drawn beforehand, so that a hold costs the same whatever the distribution costs.
class DrawnBefore {
 public:
  explicit DrawnBefore(const Distribution& distribution);

  Duration operator()() { return table_[next_++ % kSize]; }

  /// The first delay of an event, as an agenda is filled.
  Duration first() { return first_is_spread_ ? spread() : (*this)(); }

 private:
  static constexpr std::size_t kSize = 1 << 14;

  Duration spread();

  std::vector<Duration> table_;
  std::size_t next_ = 0;
  Xoshiro256 random_;
  bool first_is_spread_;
};

/// Exponential, drawn when asked for.
class DrawnInside {
 public:
  Duration operator()() { return to_increment(exponential_(random_)); }
  Duration first() { return (*this)(); }

 private:
  Xoshiro256 random_{1};
  boost::random::exponential_distribution<double> exponential_;
};

}  // namespace weir::bench
