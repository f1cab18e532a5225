#pragma once
/// What a side did, folded in its order.

#include <cstdint>

namespace weir::bench {

/// Cheap, since it is part of what is timed, on both sides.
class RunningSum {
 public:
  void fold(std::uint64_t value) { value_ = (value_ + value) * 0x9e37'79b9'7f4a'7c15; }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

}  // namespace weir::bench
