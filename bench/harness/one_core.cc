#include "bench/harness/one_core.h"

#include <cerrno>
#include <cstddef>
#include <system_error>

namespace weir::bench {

OneCore::OneCore() {
  if (sched_getaffinity(0, sizeof before_, &before_) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot see which cores are allowed");
  std::size_t first = 0;
  while (!CPU_ISSET(first, &before_)) ++first;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(first, &one);
  if (sched_setaffinity(0, sizeof one, &one) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot stay on one core");
}

OneCore::~OneCore() { sched_setaffinity(0, sizeof before_, &before_); }

}  // namespace weir::bench
