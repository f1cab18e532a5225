#include "bench/agenda/increments.h"

#include <cmath>

namespace weir::bench {
namespace {

double uniform(Xoshiro256& random) { return static_cast<double>(random() >> 11) * 0x1.0p-53; }

double uniform(Xoshiro256& random, double from, double to) {
  return from + (to - from) * uniform(random);
}

double exponential(Xoshiro256& random) {
  return boost::random::exponential_distribution<double>()(random);
}

/// Nine draws in ten are short, up to `short_most`, one is 10 to 20 times that (the shape is that
/// of Ronngren and Ayani, ACM TOMACS 7(2), 1997; the scale makes the mean 1).
double bimodal(Xoshiro256& random) {
  constexpr double short_most = 1 / (0.9 * 0.5 + 0.1 * 15);
  return uniform(random) < 0.9 ? uniform(random, 0, short_most)
                               : uniform(random, 10 * short_most, 20 * short_most);
}

double one_of_eight(Xoshiro256& random) { return static_cast<double>(1U << random() % 8) / 31.875; }

constexpr Distribution kOthers[] = {
    {"uniform 0 to 2", [](Xoshiro256& r) { return uniform(r, 0, 2); }},
    {"uniform 0.9 to 1.1", [](Xoshiro256& r) { return uniform(r, 0.9, 1.1); }},
    {"bimodal", bimodal},
    {"triangular", [](Xoshiro256& r) { return 1.5 * std::sqrt(uniform(r)); }},
    {"Pareto 1.5", [](Xoshiro256& r) { return std::pow(1 - uniform(r), -1 / 1.5) / 3; }},
    {"constant", [](Xoshiro256&) { return 1.0; }, true},
    {"8 constants", one_of_eight, true},
    {"half of them zero",
     [](Xoshiro256& r) { return uniform(r) < 0.5 ? 0.0 : 2 * exponential(r); }},
};

}  // namespace

constexpr Distribution kExponential{"exponential", exponential};

std::span<const Distribution> other_distributions() { return kOthers; }

DrawnBefore::DrawnBefore(const Distribution& distribution)
    : random_(1), first_is_spread_(distribution.is_constant) {
  table_.reserve(kSize);
  while (table_.size() < kSize) table_.push_back(to_increment(distribution.draw(random_)));
}

Duration DrawnBefore::spread() { return to_increment(uniform(random_)); }

}  // namespace weir::bench
