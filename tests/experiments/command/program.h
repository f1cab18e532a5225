#pragma once
/// Runs the program itself, as a user would.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <sys/wait.h>

namespace weir::experiments {

struct Ran {
  int code = -1;
  std::string text;  // standard output and standard error together
};

/// `weir` with these arguments, written for a shell.
inline Ran run_weir(const std::string& arguments) {
  const char* program = std::getenv("WEIR_PROGRAM");
  if (program == nullptr) throw std::runtime_error("WEIR_PROGRAM must name the program");
  const std::string command = "'" + std::string(program) + "' " + arguments + " 2>&1 </dev/null";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  Ran ran;
  std::array<char, 4096> block{};
  for (std::size_t n = 0; (n = std::fread(block.data(), 1, block.size(), pipe)) > 0;)
    ran.text.append(block.data(), n);
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) ran.code = WEXITSTATUS(status);
  return ran;
}

}  // namespace weir::experiments
