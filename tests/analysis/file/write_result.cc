/// Writes result files for the tests in Python: `write_result MODE PATH`.
///
/// `sample` and `counts` are what result_file_test.py compares value by value. `endless` writes
/// blocks until it is killed and prints after each flush how many rows are in the file. `live`
/// writes rows, 30 for each line it reads, shows them to readers and prints how many are to be
/// seen.

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
    if (tick == 3) file.flush();  // in the middle of a row
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

// What stands in a cell of `counts`: numbers that 32 bits just hold, and from row `wide` on of
// column 1 one that they do not.
std::int64_t count_at(std::int64_t row, std::size_t column, std::int64_t wide) {
  constexpr std::int64_t kHalf = std::int64_t{1} << 31;
  if (column == 0) return row % 2 == 0 ? kHalf - 1 - row : row - kHalf;
  if (column == 1 && row >= wide) return row % 2 == 0 ? kHalf : -kHalf - 1;
  return static_cast<std::int64_t>(column) * row;
}

// Series that outgrow 32 bits in the first row, within a block and a chunk, in the last row, never;
// and rows so long that chunks hold only a part of one.
void write_counts(const char* path) {
  constexpr std::int64_t kRows = 100;
  ResultFile file(path, {});
  const Axis time = file.time_axis("time", {.start = kStart, .block_rows = 16});
  const Axis lane = file.label_axis("lane", std::vector<std::string>(3, "lane"));
  const Axis pair = file.label_axis("pair", std::vector<std::string>(2, "pair"));
  const Axis crowd = file.label_axis("crowd", std::vector<std::string>(40'001, "one"));
  constexpr std::int64_t kWide[] = {0, 37, kRows - 1, kRows};
  std::vector<Series> series;
  for (const std::int64_t wide : kWide)
    series.push_back(file.series("counts_" + std::to_string(wide), {time, lane}, Kind::kInteger,
                                 {.long_name = "counts"}));
  const Series long_row = file.series("long_row", {time, crowd}, Kind::kInteger, {});
  const Series long_rows = file.series("long_rows", {time, pair, crowd}, Kind::kReal, {});
  std::vector<std::int64_t> counts(40'001);
  std::vector<double> reals(2 * 40'001);
  for (std::int64_t row = 0; row < kRows; ++row) {
    file.append_time(time, std::chrono::seconds(row));
    for (std::size_t i = 0; i < series.size(); ++i) {
      const std::vector<std::int64_t> values{count_at(row, 0, kWide[i]), count_at(row, 1, kWide[i]),
                                             count_at(row, 2, kWide[i])};
      file.append(series[i], values);
    }
    for (std::size_t i = 0; i < counts.size(); ++i)
      counts[i] = count_at(row, i + 2, 0) + (row == 50 && i == 40'000 ? std::int64_t{1} << 40 : 0);
    for (std::size_t i = 0; i < reals.size(); ++i)
      reals[i] = static_cast<double>(row) + 1e-6 * static_cast<double>(i);
    file.append(long_row, counts);
    if (row % 3 != 0) file.append(long_rows, reals);
  }
  file.finish();
}

// Row r holds r in `count`, and from row 100 x k on what 32 bits do not hold in column k of `peak`.
void write_live(const char* path) {
  constexpr std::int64_t kRows = 600;
  ResultFile file(path, {.title = "live"});
  const Axis time = file.time_axis("time", {.start = kStart, .block_rows = 32});
  const Axis lane = file.label_axis("lane", std::vector<std::string>(5, "lane"));
  const Series count = file.series("count", {time}, Kind::kInteger, {});
  std::vector<Series> peaks;
  for (int i = 0; i < 5; ++i)
    peaks.push_back(file.series("peak_" + std::to_string(i), {time, lane}, Kind::kInteger, {}));
  file.publish();
  for (std::int64_t row = 0; row < kRows; ++row) {
    if (row % 30 == 0) static_cast<void>(std::getchar());
    file.append_time(time, std::chrono::seconds(row));
    file.append(count, row);
    for (std::int64_t i = 0; i < 5; ++i) {
      const std::int64_t peak = row >= 100 * (i + 1) ? (std::int64_t{1} << 40) + row : -row;
      file.append(peaks[static_cast<std::size_t>(i)], std::vector<std::int64_t>(5, peak));
    }
    ::usleep(2'000);
    if (row % 3 != 2) continue;
    file.publish();
    std::puts(std::to_string(row + 1).c_str());
    std::fflush(stdout);
  }
  file.finish();
}

// Row r holds r in `count`, r + 0.5 in every column of `depth`, and in `peak_K` r too, but from row
// K on what 32 bits do not hold. Stops before an index of chunks
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
  std::vector<std::pair<std::int64_t, Series>> peaks;
  for (std::int64_t from = kBlockRows / 2; from < kBlocks * kBlockRows; from += 3 * kBlockRows)
    peaks.emplace_back(from,
                       file.series("peak_" + std::to_string(from), {time}, Kind::kInteger, {}));
  for (std::int64_t row = 0; row < kBlocks * kBlockRows; ++row) {
    file.append_time(time, std::chrono::seconds(row));
    file.append(count, row);
    file.append(depth, std::vector<double>(kLanes, static_cast<double>(row) + 0.5));
    for (const auto& [from, series] : peaks)
      file.append(series, row < from ? row : (std::int64_t{1} << 40) + row);
    if ((row + 1) % kBlockRows != 0) continue;
    file.flush();
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
  if (mode == "counts") weir::analysis::write_counts(argv[2]);
  if (mode == "live") weir::analysis::write_live(argv[2]);
  if (mode == "endless") weir::analysis::write_endlessly(argv[2]);
  return 0;
}
