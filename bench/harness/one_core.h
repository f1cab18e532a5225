#pragma once
/// Keeps the calling thread, and the threads that it starts, on the first core it may use.

#include <sched.h>

namespace weir::bench {

class OneCore {
 public:
  OneCore();
  ~OneCore();
  OneCore(const OneCore&) = delete;
  OneCore& operator=(const OneCore&) = delete;

 private:
  cpu_set_t before_;
};

}  // namespace weir::bench
