/// One run in a process of its own, so that its resident size is its own:
///
///   weir_bench_run warmup|in-flight|waiting|addresses|sites N
///
/// Prints how many units of work it was (messages; attempts where all of them wait), the processor
/// time of one, the largest resident size, and what is wrong with the result.

#include <cstdlib>
#include <exception>
#include <string_view>

#include <fmt/format.h>

#include "bench/mail/timed_run.h"

namespace {

using namespace weir::bench::mail;

struct Kind {
  std::string_view name;
  Simulation (*make)(std::uint64_t);
  bool in_attempts;
};
constexpr Kind kKinds[] = {{"warmup", warmup, false},
                           {"in-flight", in_flight, true},
                           {"waiting", waiting, true},
                           {"addresses", addresses, false},
                           {"sites", sites, false}};

void tell(const Kind& kind, std::uint64_t n) {
  const Simulation simulation = kind.make(n);
  const TimedRun run = run_counted(simulation);
  const std::uint64_t units = kind.in_attempts ? run.summary.attempts.total : run.messages();
  fmt::print("units: {}\nns: {}\nresident: {}\nfingerprint: {}\nproblem: {}\n", units,
             run.cpu_ns / static_cast<double>(units), weir::experiments::peak_resident_bytes(),
             run.summary.fingerprint, simulation.problem(run.summary));
}

}  // namespace

int main(int count, char** arguments) try {
  for (const Kind& kind : kKinds)
    if (count == 3 && arguments[1] == kind.name) {
      tell(kind, std::strtoull(arguments[2], nullptr, 10));
      return 0;
    }
  fmt::print(stderr, "usage: weir_bench_run warmup|in-flight|waiting|addresses|sites N\n");
  return 1;
} catch (const std::exception& e) {
  fmt::print(stderr, "weir_bench_run: {}\n", e.what());
  return 3;
}
