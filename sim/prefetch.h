#pragma once
/// Memory that will be needed soon.

#include <cstddef>

namespace weir {

/// Has the cache line at `address` on its way, to be read and written; any address will do.
///
/// To GCC a function that only prefetches has no effect, so that it leaves out calls of it. Of the
/// empty statement it knows nothing, and that keeps them; it costs no instruction.
inline void prefetch(const void* address) {
  __builtin_prefetch(address, 1);
  asm volatile("" : : "r"(address));  // NOLINT(hicpp-no-assembler)
}

/// The same for the lines of so many bytes.
inline void prefetch(const void* begin, std::size_t bytes) {
  constexpr std::size_t kLine = 64;
  const auto* first = static_cast<const std::byte*>(begin);
  for (std::size_t at = 0; at < bytes; at += kLine) prefetch(first + at);
}

/// The same for all of a thing.
template <class Thing>
void prefetch_all(const Thing& thing) {
  prefetch(&thing, sizeof(Thing));
}

}  // namespace weir
