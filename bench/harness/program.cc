#include "bench/harness/program.h"

#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weir::bench {
namespace {

/// Where the standard streams of a program go, besides those that stay ours.
class Streams {
 public:
  Streams() { posix_spawn_file_actions_init(&actions_); }
  ~Streams() { posix_spawn_file_actions_destroy(&actions_); }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  void to(int stream, int file) { posix_spawn_file_actions_adddup2(&actions_, file, stream); }
  void to_nowhere(int stream) {
    posix_spawn_file_actions_addopen(&actions_, stream, "/dev/null", O_RDWR, 0);
  }
  void close(int file) { posix_spawn_file_actions_addclose(&actions_, file); }
  const posix_spawn_file_actions_t* actions() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

/// Its process, or -1.
pid_t start(const std::vector<std::string>& command, const Streams& streams) {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t process = -1;
  const int error = posix_spawnp(&process, arguments.front(), streams.actions(), nullptr,
                                 arguments.data(), environ);
  return error == 0 ? process : -1;
}

/// Whether it exited with 0.
bool ends_well(pid_t process) {
  int status = -1;
  return process > 0 && waitpid(process, &status, 0) == process && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

std::string read_all(int file) {
  std::string text;
  char buffer[4096];
  while (const ssize_t count = read(file, buffer, sizeof buffer)) {
    if (count < 0) break;
    text.append(buffer, static_cast<std::size_t>(count));
  }
  return text;
}

std::map<std::string, std::string, std::less<>> by_name(std::string_view text) {
  std::map<std::string, std::string, std::less<>> found;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (const auto colon = line.find(": "); colon != std::string_view::npos)
      found.emplace(line.substr(0, colon), line.substr(colon + 2));
  }
  return found;
}

}  // namespace

const std::string& Answers::text(std::string_view name) const {
  const auto entry = by_name_.find(name);
  if (entry == by_name_.end())
    throw std::runtime_error(fmt::format("the program did not print '{}'", name));
  return entry->second;
}

double Answers::number(std::string_view name) const {
  return std::strtod(text(name).c_str(), nullptr);
}

Answers ask(const std::vector<std::string>& command) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe: too many files are open");
  Streams streams;
  streams.to(STDOUT_FILENO, ends[1]);
  const pid_t process = start(command, streams);
  close(ends[1]);
  const std::string text = read_all(ends[0]);
  close(ends[0]);
  if (!ends_well(process))
    throw std::runtime_error(fmt::format("{} failed: it says why above", command.front()));
  return Answers(by_name(text));
}

bool succeeds(const std::vector<std::string>& command) {
  Streams streams;
  streams.to_nowhere(STDOUT_FILENO);
  streams.to_nowhere(STDERR_FILENO);
  return ends_well(start(command, streams));
}

}  // namespace weir::bench
