#include "experiments/command/progress.h"

#include <cmath>

#include <fmt/core.h>
#include <unistd.h>

namespace weir::experiments {
namespace {

using namespace std::chrono_literals;

std::string time_text(double seconds) {
  const auto whole = std::llround(seconds);
  if (whole >= 3600) return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
  return whole >= 60 ? fmt::format("{} min {:02} s", whole / 60, whole % 60)
                     : fmt::format("{} s", whole);
}

}  // namespace

Progress::Progress(std::string what, Verbosity verbosity)
    : what_(std::move(what)),
      silent_(verbosity == Verbosity::silent),
      terminal_(isatty(STDERR_FILENO) == 1),
      began_(Clock::now()),
      next_(began_ + (terminal_ ? 200ms : 10'000ms)) {}

void Progress::show(double share, const std::string& detail) {
  const auto now = Clock::now();
  if (silent_ || now < next_) return;
  next_ = now + (terminal_ ? 200ms : 10'000ms);
  const double elapsed = std::chrono::duration<double>(now - began_).count();
  const std::string left =
      share > 0.01 ? ", about " + time_text(elapsed * (1 - share) / share) + " left" : "";
  const std::string line = fmt::format("{}: {:3.0f} %  {}{}", what_, share * 100, detail, left);
  if (terminal_) {
    fmt::print(stderr, "\r{:<78.78}", line);
  } else {
    fmt::print(stderr, "{}\n", line);
  }
  std::fflush(stderr);
  shown_ = true;
}

void Progress::done() {
  if (shown_ && terminal_) fmt::print(stderr, "\r{:<78}\r", "");
  shown_ = false;
}

}  // namespace weir::experiments
