#pragma once
/// Chance: a draw is a function of its key, never of how many draws came before.
///
/// The key is (seed, receiver, traffic | purpose, entity, ordinal): the third attempt of a message
/// sees the same numbers whatever else the run does, so compared variants share their random
/// numbers, adding a model moves no other model's draws, and nothing depends on threads. No
/// generator is stored per entity: a Draw is made on the spot, used and thrown away.
///
/// Engine: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11) from
/// Random123; distributions: Boost.Random. Real numbers become durations in to_duration() only.

#include <cstdint>
#include <limits>

#include <Random123/philox.h>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/normal_distribution.hpp>

#include "sim/quantity.h"

namespace weir {

/// Whose chance: `receiver` numbers what we do not know, `traffic` what is random.
struct StreamKey {
  std::uint64_t seed = 1;
  std::uint64_t receiver = 0;
  std::uint64_t traffic = 0;
};

/// What a draw is for, 0 to 255. models/purpose.h lists them all.
enum class Purpose : std::uint8_t;

/// A bijective scramble of 64 bits (the finalizer of SplitMix64, Steele et al., OOPSLA 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58'476d'1ce4'e5b9;
  x = (x ^ (x >> 27)) * 0x94d0'49bb'1331'11eb;
  return x ^ (x >> 31);
}

/// The 64-bit Philox key of a stream: chained, so that (1, 2, 3) and (2, 1, 3) differ.
constexpr std::uint64_t mix64(const StreamKey& key) {
  constexpr std::uint64_t kGolden = 0x9e37'79b9'7f4a'7c15;
  return mix64(mix64(mix64(key.seed + kGolden) + key.receiver + kGolden) + key.traffic + kGolden);
}

/// Seconds as a Duration, rounded half up; clamped to [0, horizon], each clamp counted in
/// `clamped`. REQUIRES: `seconds` is not NaN.
Duration to_duration(double seconds, Duration horizon, std::uint64_t& clamped);

/// The numbers of one decision; a UniformRandomBitGenerator for Boost's distributions.
class Draw {
 public:
  using result_type = std::uint64_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  Draw(std::uint64_t key, Purpose purpose, std::uint64_t entity, std::uint32_t ordinal)
      : key_{{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}},
        counter_{{0, static_cast<std::uint32_t>(purpose) << 24 | (ordinal & 0xff'ffff),
                  static_cast<std::uint32_t>(entity), static_cast<std::uint32_t>(entity >> 32)}} {}

  result_type operator()() {
    if (draws_ % 2 == 0) {
      block_ = r123::Philox4x32()(counter_, key_);
      ++counter_[0];
    }
    const std::size_t at = 2 * (draws_++ % 2);
    return static_cast<std::uint64_t>(block_[at + 1]) << 32 | block_[at];
  }

  /// A real number in [0, 1), of 53 bits.
  double uniform() { return static_cast<double>((*this)() >> 11) * 0x1.0p-53; }

  /// A whole number in [0, n), by multiplication; biased by less than n / 2^64. REQUIRES: n > 0.
  std::uint64_t below(std::uint64_t n) {
    return static_cast<std::uint64_t>(static_cast<UnsignedWide>((*this)()) * n >> 64);
  }

  bool happens(Probability p) { return uniform() < p.value; }

  /// Mean 1.
  double exponential() { return boost::random::exponential_distribution<double>()(*this); }

  /// Mean 0, standard deviation 1.
  double normal() { return boost::random::normal_distribution<double>()(*this); }

  /// How many 64-bit numbers were taken; tests pin it for each decision.
  std::uint32_t draws() const { return draws_; }

 private:
  r123::Philox4x32::key_type key_;
  r123::Philox4x32::ctr_type counter_;
  r123::Philox4x32::ctr_type block_{};
  std::uint32_t draws_ = 0;
};

/// Where a run's draws come from; also counts the durations that had to be clamped.
class Chance {
 public:
  explicit Chance(const StreamKey& key, Duration horizon = Duration::max())
      : key_(mix64(key)), horizon_(horizon) {}

  Draw draw(Purpose purpose, std::uint64_t entity, std::uint32_t ordinal = 0) const {
    return {key_, purpose, entity, ordinal};
  }

  Duration duration(double seconds) { return to_duration(seconds, horizon_, clamped_); }

  /// Exponential with this mean.
  Duration exponential(Draw& draw, Duration mean) {
    return duration(draw.exponential() * to_seconds(mean));
  }

  std::uint64_t clamped() const { return clamped_; }

 private:
  std::uint64_t key_;
  Duration horizon_;
  std::uint64_t clamped_ = 0;
};

}  // namespace weir
