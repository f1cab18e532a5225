#include "experiments/command/output.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/core.h>
#include <unistd.h>

#include "experiments/command/commands.h"

namespace weir::experiments {

bool write_out(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      fmt::print(stderr,
                 "weir: standard output: cannot write: {}; the result on standard output is not "
                 "complete\n",
                 std::strerror(errno));
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool write_file(const std::string& path, std::string_view text) {
  if (path.empty()) return true;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) return true;
  fmt::print(stderr, "weir: {}: cannot be written: {}\n", path, std::strerror(errno));
  return false;
}

void print_problems(const Problems& problems) {
  for (const Problem& problem : problems) fmt::print(stderr, "{}\n", problem.text());
  fmt::print(stderr, "weir: {} problem{}; nothing was run\n", problems.size(),
             problems.size() == 1 ? "" : "s");
}

int usage_error(std::string_view command, std::string_view message) {
  fmt::print(stderr, "weir {}: {}\n", command, message);
  return kUsage;
}

std::string result_name(const std::string& scenario) {
  const std::string stem = std::filesystem::path(scenario).stem().string();
  return (stem.empty() ? "weir" : stem) + ".h5";
}

}  // namespace weir::experiments
