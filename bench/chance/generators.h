#pragma once
/// Generators to compare with the product's: each gives 64 random bits.

#include <bit>
#include <cstdint>
#include <limits>

#include <Random123/philox.h>

#include "sim/random.h"

namespace weir::bench::chance {

struct Bits64 {
  using result_type = std::uint64_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
};

/// The product's Draw as models use it: made for one decision, used and thrown away.
class DrawAnew : public Bits64 {
 public:
  /// For distributions that take more than one number: all of one decision.
  template <class Distribution>
  double draw(Distribution& distribution) {
    Draw draw = next();
    return distribution(draw);
  }
  result_type operator()() { return next()(); }

 private:
  Draw next() { return {key_, Purpose{0}, entity_++, 0}; }

  std::uint64_t key_ = mix64(StreamKey{});
  std::uint64_t entity_ = 0;
};

/// One Draw that goes on and on: both halves of each block are used.
class DrawOn : public Bits64 {
 public:
  result_type operator()() { return draw_(); }

 private:
  Draw draw_{mix64(StreamKey{}), Purpose{0}, 0, 0};
};

/// Philox with two words of 64 bits (Salmon et al., SC'11).
class Philox2x64 : public Bits64 {
 public:
  result_type operator()() {
    if (++taken_ % 2 == 0) return block_[1];
    block_ = r123::Philox2x64()(counter_, {{0}});
    ++counter_[0];
    return block_[0];
  }

 private:
  r123::Philox2x64::ctr_type counter_{};
  r123::Philox2x64::ctr_type block_{};
  std::uint64_t taken_ = 0;
};

/// sfc64, the small fast counting generator of Doty-Humphrey's PractRand.
class Sfc64 : public Bits64 {
 public:
  Sfc64() : Sfc64(1, 1, 1) {}
  Sfc64(std::uint64_t a, std::uint64_t b, std::uint64_t c) : a_(a), b_(b), c_(c) {
    for (int i = 0; i < 12; ++i) (*this)();
  }
  result_type operator()() {
    const std::uint64_t result = a_ + b_ + counter_++;
    a_ = b_ ^ (b_ >> 11);
    b_ = c_ + (c_ << 3);
    c_ = std::rotl(c_, 24) + result;
    return result;
  }

 private:
  std::uint64_t a_;
  std::uint64_t b_;
  std::uint64_t c_;
  std::uint64_t counter_ = 1;
};

}  // namespace weir::bench::chance
