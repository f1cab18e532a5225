#include "experiments/run/interrupt.h"

#include <atomic>
#include <csignal>

#include <unistd.h>

namespace weir::experiments {
namespace {

std::atomic<bool> requested = false;
static_assert(std::atomic<bool>::is_always_lock_free, "used in a signal handler");

extern "C" void on_signal(int signal) {
  if (requested.exchange(true)) _exit(128 + signal);
}

}  // namespace

void watch_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool stop_requested() { return requested.load(std::memory_order_relaxed); }

}  // namespace weir::experiments
