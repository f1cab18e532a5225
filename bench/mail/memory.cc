/// What a message in flight takes: the largest resident size with very many of them, less that with
/// few, a message. Everything is in it: the message, its pending retry, what the containers spare.

#include "bench/mail/catalogue.h"
#include "bench/mail/run_apart.h"

namespace weir::bench::mail {
namespace {

Measurement measure(const Load& load) {
  const std::uint64_t few = load.n / 100;
  const double more = run_apart("waiting", load.n).resident_bytes;
  const double less = run_apart("waiting", few).resident_bytes;
  Measurement found;
  found.ratio = (more - less) / static_cast<double>(load.n - few);
  found.figures = {{"resident size", more / 1e6, "MB"},
                   {"resident size with a hundredth of that", less / 1e6, "MB"}};
  return found;
}

std::vector<Row> rows() {
  return {{.work = "memory: bytes a message, so many in flight",
           .n = 10'000'000,
           .limits = {128, 100},
           .tiny_n = 50'000,
           .measure = measure}};
}

}  // namespace

extern const Workload memory;
constinit const Workload memory{rows};

}  // namespace weir::bench::mail
