#pragma once
/// Says how far a long piece of work is: one line that rewrites itself on a terminal, a plain line
/// now and then elsewhere. Writes to standard error.

#include <chrono>
#include <string>

namespace weir::experiments {

enum class Verbosity : std::uint8_t { silent, talking };

class Progress {
 public:
  Progress(std::string what, Verbosity verbosity);
  ~Progress() { done(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `share` in [0, 1]; `detail` such as "120 of 800 runs".
  void show(double share, const std::string& detail);

  /// Takes the line off the terminal.
  void done();

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  bool silent_;
  bool terminal_;
  Clock::time_point began_;
  Clock::time_point next_;
  bool shown_ = false;
};

}  // namespace weir::experiments
