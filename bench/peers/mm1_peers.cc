/// M/M/1 in other engines, a customer, beside the model with two clock variables and no agenda.
///
/// Those in C++ that run in this process serve the same customers and must come to the same times;
/// programs draw customers of their own, and the mean of all that they served is checked.

#include <string>

#include "bench/harness/compare.h"
#include "bench/harness/program.h"
#include "bench/model/mm1.h"
#include "bench/model/mm1_without_agenda.h"
#include "bench/peers/catalogue.h"
#include "bench/peers/ns3.h"
#include "bench/peers/simpy.h"

namespace weir::bench::peers {
namespace {

using TwoClocks = model::Customers<model::TwoClocks<model::NoFolding>>;

/// A program that serves some customers with a seed, and prints `engine`, `ns` and `mean`.
class Program final : public Side {
 public:
  Program(std::vector<std::string> command, std::uint64_t customers)
      : command_(std::move(command)), customers_(customers) {}

  Segment segment() override {
    std::vector<std::string> command = command_;
    command.push_back(std::to_string(customers_));
    command.push_back(std::to_string(++seed_));
    const Answers found = ask(command);
    engine_ = found.text("engine");
    const auto served = static_cast<double>(customers_);
    times_.customers += customers_;
    times_.sum += Duration{static_cast<Duration::rep>(found.number("mean") * served * 1e9)};
    return {customers_, found.number("ns") * served * 1e-9};
  }
  std::uint64_t fingerprint() const override { return 0; }
  std::string problem() const override { return times_.problem(); }
  std::vector<Figure> figures() const override {
    return {{engine_ + ", mean time in system", times_.mean(), "s, expected 10"}};
  }

 private:
  std::vector<std::string> command_;
  std::uint64_t customers_;
  std::uint64_t seed_ = 0;
  model::TimesInSystem times_;
  std::string engine_;
};

Measurement measure_ns3(Ns3Scheduler scheduler, const Load& load) {
  const MakeSide peer = ns3_mm1(scheduler, load);
  if (!peer) return {.unavailable = "package libns3-dev"};
  return compare({.measured = peer, .reference = side<TwoClocks>(load)}, load);
}

Measurement measure_program(const std::vector<std::string>& command, const Load& load) {
  return compare({.measured = side<Program>(command, load.n),
                  .reference = side<TwoClocks>(load),
                  .checked_by = Witness::itself},
                 load);
}  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): std::function owns what it was given

Measurement measure_simgrid(const Load& load) {
#ifdef WEIR_SIMGRID_MM1
  return measure_program({WEIR_SIMGRID_MM1}, load);
#else
  static_cast<void>(load);
  return {.unavailable = "package libsimgrid-dev"};
#endif
}

Measurement measure_simpy(const Load& load) {
  if (!has_simpy()) return {.unavailable = kNoSimpy};
  return measure_program({kPython, "-B", "bench/peers/simpy_mm1.py"}, load);
}

Row row(const std::string& engine, std::uint64_t n,
        std::function<Measurement(const Load&)> measure) {
  return {.work = "B5 M/M/1, " + engine,
          .n = n,
          .occasion = Occasion::peers,
          .tiny_n = 10'000,
          .measure = std::move(measure)};
}

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const Ns3Scheduler scheduler : {Ns3Scheduler::map, Ns3Scheduler::heap,
                                       Ns3Scheduler::priority_queue, Ns3Scheduler::calendar})
    all.push_back(row("ns-3 " + std::string(name_of(scheduler)), 1'000'000,
                      [scheduler](const Load& load) { return measure_ns3(scheduler, load); }));
  all.push_back(row("SimGrid", 200'000, measure_simgrid));
  all.push_back(row("SimPy", 100'000, measure_simpy));
  return all;
}

}  // namespace

extern const Workload mm1_peers;
constinit const Workload mm1_peers{rows};

}  // namespace weir::bench::peers
