/// B11: 1,000 series, a value of each every minute for 30 days, as whole counts.
///
/// What is required of it is absolute: the column of ratios has ns a value. One row counts the
/// processor time of the thread that simulates, another that of all threads; the end of the file is
/// included in both. h5py then reads the file back and must find the sum of what was recorded.

#include <bit>
#include <functional>
#include <vector>

#include <fmt/format.h>

#include "analysis/file/result_file.h"
#include "bench/chance/xoshiro.h"
#include "bench/harness/cpu_time.h"
#include "bench/harness/program.h"
#include "bench/mail/catalogue.h"
#include "bench/mail/scratch.h"
#include "bench/mail/timed_run.h"

namespace weir::bench::mail {
namespace {

constexpr std::uint64_t kValuesInRow = 1'000;
constexpr std::uint64_t kValues = kValuesInRow * 30 * 24 * 60;

/// Small counts, as a minute of mail has them, drawn beforehand; each value half as likely as the
/// one below it.
class Counts {
 public:
  Counts() {
    Xoshiro256 random(1);
    for (std::int64_t& count : table_) count = std::countl_zero(random());
  }
  std::int64_t operator()() { return table_[next_++ % table_.size()]; }

 private:
  std::vector<std::int64_t> table_ = std::vector<std::int64_t>((1 << 14) + 3);
  std::size_t next_ = 0;
};

/// How the values of a row are divided into series.
struct Shape {
  std::uint64_t series;
  std::uint64_t width;  // values of each in a row
};

struct Recorded {
  double thread_ns = 0;
  double all_ns = 0;
  std::int64_t sum = 0;  // of all values
};

std::vector<analysis::Series> make_series(analysis::ResultFile& file, analysis::Axis time,
                                          const Shape& shape) {
  std::vector<analysis::Axis> axes{time};
  if (shape.width > 1)
    axes.push_back(file.number_axis("column", std::vector<std::int64_t>(shape.width), {}));
  std::vector<analysis::Series> all;
  for (std::uint64_t i = 0; i < shape.series; ++i)
    all.push_back(file.series(fmt::format("s{}", i), axes, analysis::Kind::kInteger,
                              {.units = "1", .cell_methods = "time: sum"}));
  return all;
}

Recorded record(const std::filesystem::path& path, std::uint64_t rows, const Shape& shape) {
  Counts counts;
  std::vector<std::int64_t> values(shape.width);
  Recorded done;
  const double all_began = process_cpu_ns();
  const double thread_began = thread_cpu_ns();
  analysis::ResultFile file(path, {.title = "benchmark"});
  const analysis::Axis time = file.time_axis("time", {});
  const std::vector<analysis::Series> all = make_series(file, time, shape);
  for (std::uint64_t row = 0; row < rows; ++row) {
    file.append_time(time, Duration{1min} * row);
    for (const analysis::Series series : all) {
      for (std::int64_t& value : values) done.sum += value = counts();
      file.append(series, values);
    }
  }
  file.finish();
  done.thread_ns = thread_cpu_ns() - thread_began;
  done.all_ns = process_cpu_ns() - all_began;
  return done;
}

std::int64_t sum_in(const std::filesystem::path& path) {
  const Answers found = ask({kPython, "-c",
                             "import h5py, sys\n"
                             "file = h5py.File(sys.argv[1])\n"
                             "series = [file[name] for name in file if name.startswith('s')]\n"
                             "print('sum:', sum(int(each[...].sum()) for each in series))\n",
                             path.string()});
  return std::stoll(found.text("sum"));
}

/// How much of a run of 10^7 messages it would be to record so beside it, in %.
double share_of_run(double value_ns) {
  const TimedRun run = run_counted(warmup(100'000));
  const double recording = value_ns * static_cast<double>(kValues);
  const double messages = 1e7 * run.cpu_ns / static_cast<double>(run.messages());
  return 100 * recording / (recording + messages);
}

Measurement measure(const Load& load, const Shape& shape, double Recorded::*clock) {
  const Scratch folder;
  const auto path = folder.path() / "b11.h5";
  const std::uint64_t rows = load.n / kValuesInRow;
  const Recorded done = record(path, rows, shape);
  const double ns = done.*clock / static_cast<double>(rows * kValuesInRow);
  Measurement found{.ns = ns, .reference_ns = {}, .ratio = ns};
  found.figures = {{"file", static_cast<double>(file_size(path)) / 1e6, "MB"}};
  if (!load.is_tiny)
    found.figures.push_back({"share of a run of 10^7 messages", share_of_run(ns), "%"});
  if (const std::int64_t sum = sum_in(path); sum != done.sum)
    found.problem = fmt::format("the sum read back is {}, not {}", sum, done.sum);
  return found;
}

Row row(const char* work, const Shape& shape, double Recorded::*clock, Limits limits = {}) {
  return {.work = work,
          .n = kValues,
          .limits = limits,
          .tiny_n = 10 * kValuesInRow,
          .measure = [=](const Load& load) { return measure(load, shape, clock); }};
}

std::vector<Row> rows() {
  constexpr Shape kApart{kValuesInRow, 1};
  constexpr Shape kTogether{1, kValuesInRow};
  return {row("B11 recording, ns a value, simulating thread", kApart, &Recorded::thread_ns, {5, 3}),
          row("B11 recording, ns a value, all threads", kApart, &Recorded::all_ns, {25, 25}),
          row("B11 recording, one series of columns, all threads", kTogether, &Recorded::all_ns)};
}

}  // namespace

extern const Workload recording;
constinit const Workload recording{rows};

}  // namespace weir::bench::mail
