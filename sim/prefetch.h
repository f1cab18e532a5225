#pragma once
/// Memory that will be needed soon.

namespace weir {

/// Has the cache line at `address` on its way, to be read and written; any address will do.
///
/// To GCC a function that only prefetches has no effect, so that it leaves out calls of it. Of the
/// empty statement it knows nothing, and that keeps them; it costs no instruction.
inline void prefetch(const void* address) {
  __builtin_prefetch(address, 1);
  asm volatile("" : : "r"(address));  // NOLINT(hicpp-no-assembler)
}

}  // namespace weir
