#pragma once
/// Checks of our own code: what must hold whatever the scenario says.
///
/// A failed check is a fault of weir, never of a scenario and never a simulated failure. It prints
/// the condition, the simulated time, the number of the event and the seed, which is what it takes
/// to replay the run to the same place, and ends the process.

#include <cstdint>
#include <string_view>

#include "sim/quantity.h"

namespace weir {

/// What the thread is simulating just now; printed when a check fails.
struct CheckContext {
  SimTime now{};
  std::uint64_t event = 0;  // how many events have run
  std::uint64_t seed = 0;
};

/// The context of the calling thread. A kernel keeps it current while it runs.
inline CheckContext& check_context() {
  static constinit thread_local CheckContext context;
  return context;
}

[[noreturn]] void fail_check(std::string_view condition, std::string_view explanation,
                             std::string_view file, int line);

}  // namespace weir

/// Always on: at the borders of layers, and for the laws that release builds must keep too.
#define WEIR_CHECK(condition, explanation) \
  ((condition) ? static_cast<void>(0)      \
               : ::weir::fail_check(#condition, (explanation), __FILE__, __LINE__))

/// On in builds with assertions: inside a module, where a check would cost.
#ifndef NDEBUG
#define WEIR_ASSERT(condition, explanation) WEIR_CHECK(condition, explanation)
#else
#define WEIR_ASSERT(condition, explanation) static_cast<void>(sizeof(!(condition)))
#endif
