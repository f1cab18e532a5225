#pragma once
/// How much memory a side has taken.

#include <cstddef>
#include <cstdint>

#include <malloc.h>

namespace weir::bench {

/// What the C library has given out. Sanitizers bring an allocator of their own, and then it is 0.
inline std::size_t allocated_bytes() {
  const struct mallinfo2 now = mallinfo2();
  return now.uordblks + now.hblkhd;
}

/// Sums up what is allocated while it measures, and leaves out what others allocate in between.
class MemoryMeter {
 public:
  template <class Action>
  void measure(const Action& action) {
    const std::size_t before = allocated_bytes();
    action();
    bytes_ += static_cast<std::ptrdiff_t>(allocated_bytes() - before);
  }

  double bytes() const { return static_cast<double>(bytes_); }

 private:
  std::ptrdiff_t bytes_ = 0;
};

}  // namespace weir::bench
