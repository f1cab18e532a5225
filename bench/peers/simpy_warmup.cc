/// The warm-up scenario in SimPy beside weir: the same figures, and how long a message takes.
///
/// The programs in warmup/ run both and compare them; the reference of this row is weir, the whole
/// process with its result file.

#include <string>

#include "bench/harness/row.h"
#include "bench/peers/simpy.h"

namespace weir::bench::peers {
namespace {

Measurement measure(const Load& load) {
  if (!succeeds({kPython, "-c", "import simpy"})) return {.unavailable = "package python3-simpy3"};
  const std::string messages = std::to_string(load.n);
  const Answers found = ask({kPython, "-B", "bench/peers/warmup/beside_weir.py", "--weir",
                             WEIR_PROGRAM, "--messages", messages, "--others",
                             load.is_tiny ? messages : "9000", "--runs", load.is_tiny ? "2" : "5"});
  const double simpy = found.number("ns");
  const double weir = found.number("weir_ns");
  Measurement row{.ns = simpy, .reference_ns = weir, .ratio = simpy / weir};
  row.figures = {{found.text("engine"), 1e9 / simpy, "messages a second"},
                 {"weir", 1e9 / weir, "messages a second"},
                 {"figures compared", found.number("compared"), ""},
                 {"of them beyond their confidence interval", found.number("differing"), ""}};
  if (found.number("differing") > 0) row.problem = "SimPy and weir differ: see the table above";
  return row;
}

std::vector<Row> rows() {
  return {{.work = "warmup-90k in SimPy, reference weir",
           .n = 90'000,
           .occasion = Occasion::peers,
           .tiny_n = 900,
           .measure = measure}};
}

}  // namespace

extern const Workload simpy_warmup;
constinit const Workload simpy_warmup{rows};

}  // namespace weir::bench::peers
