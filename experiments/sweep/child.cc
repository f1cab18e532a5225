#include "experiments/sweep/child.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weir::experiments {
namespace {

constexpr std::size_t kLongestComplaint = 2'000;

struct Pipe {
  int out = -1;  // to read from
  int in = -1;   // to write to
};

[[noreturn]] void fail(const char* operation) {
  throw std::runtime_error(
      fmt::format("a run's process: cannot {}: {}", operation, std::strerror(errno)));
}

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("open a pipe");
  return {ends[0], ends[1]};
}

/// What remains to be done in the child before exec. Only calls that are safe after fork().
[[noreturn]] void become_worker(const Pipe& questions, const Pipe& answers, const Pipe& complaints,
                                const RunLimits& limits, pid_t parent, char* const* arguments) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) _exit(1);
  ::setpgid(0, 0);  // out of reach of the terminal: its signals are the parent's to act on
  ::dup2(questions.out, STDIN_FILENO);
  ::dup2(answers.in, STDOUT_FILENO);
  ::dup2(complaints.in, STDERR_FILENO);
  // When the machine's memory ends, a run goes before the sweep does.
  const int score = ::open("/proc/self/oom_score_adj", O_WRONLY);
  if (score >= 0) {
    [[maybe_unused]] const ssize_t ignored = ::write(score, "500", 3);
    ::close(score);
  }
  if (limits.memory) {
    const rlimit most{*limits.memory, *limits.memory};
    ::setrlimit(RLIMIT_AS, &most);
  }
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::execv("/proc/self/exe", arguments);
  _exit(127);
}

std::string ending_of(int status) {
  if (WIFSIGNALED(status)) {
    const int number = WTERMSIG(status);
    const char* hint = number == SIGKILL ? ", perhaps for want of memory" : "";
    return fmt::format("ended by signal {} ({}){}", number, ::strsignal(number), hint);
  }
  return fmt::format("ended with exit code {}", WEXITSTATUS(status));
}

}  // namespace

Child::Child(const std::string& folder, const std::string& digest, const RunLimits& limits) {
  const Pipe questions = make_pipe();
  const Pipe answers = make_pipe();
  const Pipe complaints = make_pipe();
  std::string program = "weir";
  std::string command = "sweep-worker";
  std::string place = folder;
  std::string known = digest;
  const std::array<char*, 5> arguments{program.data(), command.data(), place.data(), known.data(),
                                       nullptr};
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) become_worker(questions, answers, complaints, limits, parent, arguments.data());
  if (pid_ < 0) fail("start it");
  ::close(questions.out);
  ::close(answers.in);
  ::close(complaints.in);
  questions_ = questions.in;
  answers_ = answers.out;
  complaints_ = complaints.out;
  ::fcntl(answers_, F_SETFL, O_NONBLOCK);
  ::fcntl(complaints_, F_SETFL, O_NONBLOCK);
}

Child::~Child() { end(); }

void Child::ask(const std::string& line) {
  const std::string whole = line + "\n";
  // Far less than a pipe holds. A child that is gone shows when its answer is read.
  [[maybe_unused]] const ssize_t ignored = ::write(questions_, whole.data(), whole.size());
}

bool Child::read() {
  drain_complaints();
  std::array<char, 65'536> buffer{};
  while (true) {
    const ssize_t n = ::read(answers_, buffer.data(), buffer.size());
    if (n > 0) {
      read_.append(buffer.data(), static_cast<std::size_t>(n));
    } else if (n == 0) {
      return false;
    } else if (errno != EINTR) {
      return errno == EAGAIN;
    }
  }
}

std::optional<std::string> Child::next_line() {
  const std::size_t end = read_.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string line = read_.substr(0, end);
  read_.erase(0, end + 1);
  return line;
}

void Child::drain_complaints() {
  std::array<char, 4'096> buffer{};
  ssize_t n = 0;
  while ((n = ::read(complaints_, buffer.data(), buffer.size())) > 0)
    complaint_.append(buffer.data(), static_cast<std::size_t>(n));
  if (complaint_.size() > kLongestComplaint)
    complaint_.erase(0, complaint_.size() - kLongestComplaint);
}

std::string Child::end() {
  if (pid_ < 0) return {};
  int status = 0;
  // One that ended by itself keeps its own ending.
  if (::waitpid(pid_, &status, WNOHANG) != pid_) {
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  pid_ = -1;
  drain_complaints();
  for (const int file : {questions_, answers_, complaints_}) ::close(file);
  while (complaint_.ends_with('\n')) complaint_.pop_back();
  const std::size_t last = complaint_.rfind('\n');
  const std::string said = complaint_.substr(last == std::string::npos ? 0 : last + 1);
  return ending_of(status) + (said.empty() ? "" : ": " + said);
}

}  // namespace weir::experiments
