#pragma once
/// Where the draws of M/M/1 come from, and how long they are: arrivals at 0.9 a second, services at
/// 1 a second, in whole nanoseconds.

#include <cmath>
#include <cstdint>

#include <boost/random/exponential_distribution.hpp>

#include "bench/chance/xoshiro.h"
#include "sim/quantity.h"
#include "sim/random.h"

namespace weir::bench::model {

inline constexpr double kArrivalsPerSecond = 0.9;
inline constexpr double kMeanInSystem = 10;  // s: 1 / (1 - 0.9)

inline Duration seconds_long(double s) { return Duration{std::llround(s * 1e9)}; }

/// xoshiro256++, one for arrivals and one for services, so that loops which draw in another order
/// draw the same.
class SmallChance {
 public:
  Duration to_next_arrival(std::uint64_t) {
    return seconds_long(exponential_(arrivals_) * (1 / kArrivalsPerSecond));
  }
  Duration service(std::uint64_t) { return seconds_long(exponential_(services_)); }

 private:
  Xoshiro256 arrivals_{1};
  Xoshiro256 services_{2};
  boost::random::exponential_distribution<double> exponential_;
};

/// weir's own: a draw is a function of the customer and of what it is for.
class KeyedChance {
 public:
  Duration to_next_arrival(std::uint64_t customer) {
    return seconds_long(drawn(Purpose{0}, customer) * (1 / kArrivalsPerSecond));
  }
  Duration service(std::uint64_t customer) { return seconds_long(drawn(Purpose{1}, customer)); }

 private:
  double drawn(Purpose purpose, std::uint64_t customer) const {
    Draw draw = chance_.draw(purpose, customer);
    return draw.exponential();
  }

  Chance chance_{StreamKey{}};
};

}  // namespace weir::bench::model
