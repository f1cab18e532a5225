#include "bench/mail/run_apart.h"

#include <algorithm>
#include <stdexcept>

#include "bench/harness/program.h"

namespace weir::bench::mail {

RunApart run_apart(const std::string& kind, std::uint64_t n) {
  const Answers told = ask({WEIR_BENCH_RUN, kind, std::to_string(n)});
  if (!told.text("problem").empty())
    throw std::runtime_error(kind + " " + std::to_string(n) + ": " + told.text("problem"));
  return {.units = static_cast<std::uint64_t>(told.number("units")),
          .ns = told.number("ns"),
          .resident_bytes = told.number("resident")};
}

Segment RunsApart::segment() {
  Segment all{.units = 0, .seconds = 0.0};
  for (int i = 0; i < times_; ++i) {
    const RunApart one = run_apart(kind_, n_);
    all.units += one.units;
    *all.seconds += 1e-9 * one.ns * static_cast<double>(one.units);
    resident_bytes_ = std::max(resident_bytes_, one.resident_bytes);
  }
  return all;
}

}  // namespace weir::bench::mail
