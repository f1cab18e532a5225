#pragma once
/// A program of its own, run by a row: what it prints, by name.

#include <map>
#include <string>
#include <vector>

namespace weir::bench {

/// Debian's Python, to which its modules belong, whichever other one comes first in PATH.
inline constexpr const char* kPython = "/usr/bin/python3";

/// What a program printed on lines of "name: value".
class Answers {
 public:
  explicit Answers(std::map<std::string, std::string, std::less<>> by_name)
      : by_name_(std::move(by_name)) {}

  /// Throws std::runtime_error when the program did not print it.
  const std::string& text(std::string_view name) const;
  double number(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> by_name_;
};

/// Runs a program to its end; its standard error is ours. Throws std::runtime_error when it cannot
/// be started or does not exit with 0.
Answers ask(const std::vector<std::string>& command);

/// Whether a program can be started and exits with 0. Its output goes nowhere.
bool succeeds(const std::vector<std::string>& command);

}  // namespace weir::bench
