#pragma once
/// xoshiro256++ 1.0, the small generator that workloads draw from where it is the same on both
/// sides. Written after Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM
/// TOMS 47(4), 2021; seeded by SplitMix64, as they advise.

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

#include "sim/random.h"

namespace weir::bench {

class Xoshiro256 {
 public:
  using result_type = std::uint64_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  using State = std::array<std::uint64_t, 4>;

  explicit Xoshiro256(std::uint64_t seed) {
    for (std::uint64_t& word : state_) word = mix64(seed += 0x9e37'79b9'7f4a'7c15);
  }

  /// REQUIRES: not all of it is 0.
  explicit Xoshiro256(const State& state) : state_(state) {}

  result_type operator()() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

 private:
  State state_{};
};

}  // namespace weir::bench
