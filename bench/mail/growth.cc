/// What a message costs as the work grows, beside the smallest amount of it.
///
/// Each run is a process of its own; what building the scenario takes is left out. Runs only count:
/// a result file would cost the same however many messages there are.

#include <algorithm>

#include "bench/harness/compare.h"
#include "bench/mail/catalogue.h"
#include "bench/mail/run_apart.h"

namespace weir::bench::mail {
namespace {

struct Size {
  std::uint64_t n;
  int segments;  // fewer where a run takes long
  Occasion occasion = Occasion::always;
};

struct Growth {
  const char* work;
  const char* kind;
  std::uint64_t base;
  double limit;
  std::uint64_t tiny_n;
  std::vector<Size> sizes;
};

const Growth kMessages{.work = "growth: a message, of so many (reference: 10^5)",
                       .kind = "warmup",
                       .base = 100'000,
                       .limit = 1.15,
                       .tiny_n = 1'000,
                       .sizes = {{1'000'000, 9},
                                 {10'000'000, 2},
                                 {100'000'000, 1, Occasion::full},
                                 {1'000'000'000, 1, Occasion::full}}};

const Growth kInFlight{.work = "growth: an attempt, so many in flight (ref.: 10^3)",
                       .kind = "in-flight",
                       .base = 1'000,
                       .limit = 3.0,
                       .tiny_n = 100'000,
                       .sizes = {{10'000, 9}, {100'000, 9}, {1'000'000, 3}, {10'000'000, 1}}};

const Growth kAddresses{.work = "growth: a message, so many addresses (ref.: 1)",
                        .kind = "addresses",
                        .base = 1,
                        .limit = 1.5,
                        .tiny_n = 10,
                        .sizes = {{100, 9}, {10'000, 1}, {100'000, 1, Occasion::full}}};

const Growth kSites{.work = "growth: a message, so many sites (reference: 1)",
                    .kind = "sites",
                    .base = 1,
                    .limit = 1.5,
                    .tiny_n = 10,
                    .sizes = {{100, 9}, {10'000, 1}}};

/// Few segments have more runs of the base in each, which are short.
Measurement measure(const Growth& growth, int segments, const Load& load) {
  Load shorter = load;
  shorter.segments = std::min(segments, load.segments);
  const int base_runs = load.is_tiny ? 1 : std::max(1, 6 / shorter.segments);
  const std::string kind = growth.kind;
  Measurement found =
      compare({.measured = side<RunsApart>(kind, load.n, 1),
               .reference = side<RunsApart>(kind, std::min(growth.base, load.n), base_runs),
               .checked_by = Witness::itself},
              shorter);
  found.figures.push_back({"n of the reference", static_cast<double>(growth.base), ""});
  return found;
}

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const Growth* growth : {&kMessages, &kInFlight, &kAddresses, &kSites})
    for (const Size& size : growth->sizes)
      all.push_back({.work = growth->work,
                     .n = size.n,
                     .limits = {growth->limit, growth->limit},
                     .occasion = size.occasion,
                     .tiny_n = growth->tiny_n,
                     .measure = [growth, segments = size.segments](const Load& load) {
                       return measure(*growth, segments, load);
                     }});
  return all;
}

}  // namespace

extern const Workload growth;
constinit const Workload growth{rows};

}  // namespace weir::bench::mail
