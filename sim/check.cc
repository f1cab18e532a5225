#include "sim/check.h"

#include <cstdio>
#include <cstdlib>

namespace weir {

void fail_check(std::string_view condition, std::string_view explanation, std::string_view file,
                int line) {
  const CheckContext& at = check_context();
  std::fprintf(stderr,
               "weir: check failed: %.*s\n  %.*s\n  at %.*s:%d, simulated time %.9f s, event %llu, "
               "seed %llu\n  This is a fault of weir: please report it with the scenario.\n",
               static_cast<int>(condition.size()), condition.data(),
               static_cast<int>(explanation.size()), explanation.data(),
               static_cast<int>(file.size()), file.data(), line,
               to_seconds(at.now.time_since_epoch()), static_cast<unsigned long long>(at.event),
               static_cast<unsigned long long>(at.seed));
  std::abort();
}

}  // namespace weir
