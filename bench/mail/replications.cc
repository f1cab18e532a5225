/// B12: replications on two workers, beside two processes that each do half of them by themselves.
///
/// Both use the same two cores, in turn, and a segment takes as long as its wall clock says. Every
/// result is checked: one, two and four workers must come to the same bits, and so must each of the
/// two processes. Throughput is required to be at least 0.97 of theirs, so time at most 1 / 0.97.

#include <array>
#include <stdexcept>
#include <vector>

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/harness/compare.h"
#include "bench/mail/catalogue.h"
#include "bench/mail/simulations.h"
#include "experiments/run/replicate.h"

namespace weir::bench::mail {
namespace {

using experiments::replicate;

constexpr std::uint64_t kMessages = 20'000;  // of a replication

/// The same scenario again and again: what differs is chance.
class Work {
 public:
  Work() : variants_{{"warmup", warmup(kMessages).root}} {}

  std::uint64_t fingerprint(std::uint64_t replications, unsigned workers) const {
    return replicate(variants_,
                     {.seed = 1, .replications = replications, .jobs = workers, .progress = {}})
        .front()
        .fingerprint;
  }

 private:
  std::vector<experiments::Variant> variants_;
};

class Workers final : public Side {
 public:
  explicit Workers(std::uint64_t replications) : replications_(replications) {}

  Segment segment() override {
    fingerprint_ = work_.fingerprint(replications_, 2);
    return {replications_};
  }
  std::uint64_t fingerprint() const override { return fingerprint_; }
  std::string problem() const override {
    for (const unsigned workers : {1U, 4U})
      if (work_.fingerprint(replications_, workers) != fingerprint_)
        return std::to_string(workers) + " workers do not come to what two come to";
    return {};
  }

 private:
  Work work_;
  std::uint64_t replications_;
  std::uint64_t fingerprint_ = 0;
};

class Processes final : public Side {
 public:
  explicit Processes(std::uint64_t replications)
      : half_(replications / 2), expected_(work_.fingerprint(half_, 1)) {}

  Segment segment() override {
    const std::array both{begin(0), begin(1)};
    bool well = true;
    for (const pid_t one : both) well &= ends_well(one);
    if (!well) throw std::runtime_error("a process did not come to what it should");
    return {2 * half_};
  }
  std::uint64_t fingerprint() const override { return expected_; }

 private:
  /// Each on a core of its own from the start, where there are two.
  pid_t begin(int which) const {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("no process can be made");
    if (child != 0) return child;
    keep_on_core(which);
    _exit(work_.fingerprint(half_, 1) == expected_ ? 0 : 1);
  }
  static void keep_on_core(int which) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0 || CPU_COUNT(&allowed) < 2) return;
    for (std::size_t core = 0; core < CPU_SETSIZE; ++core) {
      if (!CPU_ISSET(core, &allowed) || which-- > 0) continue;
      cpu_set_t one;
      CPU_ZERO(&one);
      CPU_SET(core, &one);
      sched_setaffinity(0, sizeof one, &one);
      return;
    }
  }
  static bool ends_well(pid_t child) {
    int status = -1;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

  Work work_;
  std::uint64_t half_;
  std::uint64_t expected_;
};

Measurement measure(const Load& load) {
  Measurement found = compare({.measured = side<Workers>(load.n),
                               .reference = side<Processes>(load.n),
                               .checked_by = Witness::itself,
                               .clock = Clock::wall},
                              load);
  found.figures = {{"throughput of two processes", 1 / *found.ratio, "of it, by two workers"}};
  return found;
}

std::vector<Row> rows() {
  return {{.work = "B12 a replication (reference: two processes)",
           .n = 16,
           .limits = {1 / 0.97, 1.0},
           .tiny_n = 2,
           .measure = measure}};
}

}  // namespace

extern const Workload replications;
constinit const Workload replications{rows};

}  // namespace weir::bench::mail
