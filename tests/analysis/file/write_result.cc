/// Writes result files for the tests in Python: `write_result sample|empty|endless PATH`.
///
/// `sample` is what result_file_test.py compares value by value. `endless` writes blocks until it
/// is killed and prints after each flush how many rows are in the file.

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "analysis/file/result_file.h"

namespace weir::analysis {
namespace {

constexpr std::chrono::sys_days kStart = std::chrono::year(2026) / 1 / 5;

void write_series(ResultFile& file) {
  const Axis time = file.time_axis(
      "time", {.start = kStart, .utc_offset = std::chrono::hours(1), .block_rows = 32});
  const std::vector<std::string> labels{"mta1 → exchange", "mta1 → 日本", "mta2 → exchange"};
  const Axis lane = file.label_axis("lane", labels, "address and site");
  const Series accepted =
      file.series("accepted", {time, lane}, Kind::kInteger,
                  {.long_name = "messages accepted", .cell_methods = "time: sum"});
  const Series delay =
      file.series("delay", {time}, Kind::kReal,
                  {.units = "s", .long_name = "mean delay", .cell_methods = "time: mean"});
  for (std::int64_t hour = 0; hour < 100; ++hour) {
    file.append_time(time, std::chrono::hours(hour));
    const std::vector<std::int64_t> row{hour, -hour, (std::int64_t{1} << 60) + hour};
    file.append(accepted, row);
    if (hour % 10 != 3) file.append(delay, 0.1 * static_cast<double>(hour));
  }
}

void write_fine_series(ResultFile& file) {
  const Axis time = file.time_axis("fine/instant", {.start = kStart, .kind = Kind::kReal});
  const Series queue = file.series("fine/queue", {time}, Kind::kInteger, {});
  for (std::int64_t tick = 0; tick < 5; ++tick) {
    file.append_time(time, std::chrono::milliseconds(250 * tick));
    file.append(queue, tick * tick);
  }
}

void write_rest(ResultFile& file) {
  file.scalar("summary/delivered", std::int64_t{4'711}, {.long_name = "messages delivered"});
  file.scalar("summary/share_late", 0.125, {.long_name = "share later than 24 h"});
  const std::vector<double> lower{0.0, 1.0, 1.0202};
  const Axis bucket = file.number_axis("latency/exchange/bucket_lower", lower, {.units = "s"});
  const std::vector<std::int64_t> counts{5, 6, 7};
  file.array("latency/exchange/bucket_count", {bucket}, counts, {});
  const std::vector<std::string> variants{"flat", "ramp"};
  const Axis variant = file.label_axis("variant", variants);
  std::vector<std::int64_t> numbers(60);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::int64_t>(i);
  const Axis receiver = file.number_axis("receiver", std::span<const std::int64_t>(numbers), {});
  std::vector<double> delivered;
  for (int i = 0; i < 120; ++i) delivered.push_back(i == 7 ? std::nan("") : std::sqrt(i));
  file.array("delivered", {variant, receiver}, delivered, {.long_name = "share delivered"});
  file.text("config/scenario_toml", "name = \"Größe\"\n" + std::string(200'000, 'x') + "\n");
  file.attribute("", "seed", 42);
  file.attribute("summary", "confidence", 0.95);
  file.attribute("accepted", "source", std::string(300, 'y'));
}

void write_sample(const char* path) {
  ResultFile file(path, {.title = "Warm-up, größer", .history = "weir run a.toml"});
  write_series(file);
  write_fine_series(file);
  write_rest(file);
  file.finish();
}

void write_empty(const char* path) {
  ResultFile file(path, {});
  const Axis time = file.time_axis("time", {.start = kStart});
  file.series("accepted", {time}, Kind::kInteger, {});
  file.finish();
}

// Row r holds r in `count` and r + 0.5 in every column of `depth`. Stops before an index of chunks
// has to be split (64 chunks), which a kill may not interrupt: see ResultFile.
[[noreturn]] void write_endlessly(const char* path) {
  constexpr std::int64_t kBlocks = 60;
  constexpr std::int64_t kBlockRows = 4096;
  constexpr std::size_t kLanes = 8;
  ResultFile file(path, {.title = "endless"});
  const Axis time = file.time_axis("time", {.start = kStart, .block_rows = kBlockRows});
  const Axis lane = file.label_axis("lane", std::vector<std::string>(kLanes, "lane"));
  const Series count = file.series("count", {time}, Kind::kInteger, {});
  const Series depth = file.series("depth", {time, lane}, Kind::kReal, {});
  for (std::int64_t row = 0; row < kBlocks * kBlockRows; ++row) {
    file.append_time(time, std::chrono::seconds(row));
    file.append(count, row);
    file.append(depth, std::vector<double>(kLanes, static_cast<double>(row) + 0.5));
    if ((row + 1) % kBlockRows != 0) continue;
    std::puts(std::to_string(row + 1).c_str());
    std::fflush(stdout);
  }
  for (;;) ::pause();
}

}  // namespace
}  // namespace weir::analysis

int main(int argc, char** argv) {
  if (argc != 3) return 1;
  const std::string_view mode = argv[1];
  if (mode == "sample") weir::analysis::write_sample(argv[2]);
  if (mode == "empty") weir::analysis::write_empty(argv[2]);
  if (mode == "endless") weir::analysis::write_endlessly(argv[2]);
  return 0;
}
