#include "analysis/file/result_file.h"

#include <atomic>
#include <bit>
#include <cstring>
#include <deque>
#include <limits>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "analysis/file/file_writer.h"
#include "analysis/file/rows.h"
#include "analysis/file/worker.h"

namespace weir::analysis {
namespace {

template <class Number>
constexpr Kind kKind = std::is_same_v<Number, double> ? Kind::kReal : Kind::kInteger;

[[noreturn]] void misuse(const char* how) {
  throw std::logic_error(std::string("result file: ") + how);
}

}  // namespace

/// The caller's side of a file: gathers rows and hands them to the thread that writes.
class ResultFile::Caller {
 public:
  Caller(const std::filesystem::path& path, const FileInfo& info);
  ~Caller();

  /// Does `work` on the file's thread, behind all rows handed over, unless the file has failed or
  /// is finished.
  template <class Work>
  auto ask(Work work) {
    if (finished_) misuse("used after finish()");
    return thread_.call([&] { return attempt([&] { return work(*writer_); }); });
  }

  Axis time_axis(std::string_view path, const TimeAxis& axis);
  Series series(std::string_view path, const std::vector<Axis>& axes, Kind kind,
                const Meaning& meaning);
  void append_time(Axis time, Duration since_start);
  template <class Number>
  void append(Series series, std::span<const Number> row);
  void hand_over_all();
  void finish();
  const std::filesystem::path& part_path() const { return part_path_; }

 private:
  // A time axis and the row that its series are being given.
  struct Clock {
    Axis axis;
    Kind kind;
    std::uint64_t block_rows;
    std::vector<std::size_t> series{};  // on this axis
    std::size_t cells = 1;              // of a row
    std::unique_ptr<RowRing> ring{};    // made with the first row
    std::optional<Duration> last{};
    Cell* row = nullptr;      // the row begun last, while it lacks values
    std::uint64_t rows = 0;   // begun
    std::size_t lacking = 0;  // series of the open row that lack values
  };
  struct SeriesRecord {
    Clock* clock;
    Kind kind;
    std::size_t begin;  // in the row
    std::size_t cells;
    std::uint64_t rows = 0;  // the number of the row given last
  };
  enum class Then { kGoOn, kFlush };

  template <class Work>
  auto attempt(Work work);
  Clock& clock_of(Axis axis);
  [[noreturn]] static void refuse_row(const SeriesRecord& record, Kind kind, std::size_t cells);
  void end_row(Clock& clock);
  void fill_missing(const Clock& clock);
  void hand_over(Clock& clock, Then then);

  std::filesystem::path part_path_;
  std::deque<Clock> clocks_;  // stay where they are
  std::vector<SeriesRecord> series_;
  bool finished_ = false;
  std::atomic<bool> failed_ = false;

  // Of the thread alone.
  std::optional<FileError> failure_;
  std::unique_ptr<FileWriter> writer_;

  Worker thread_;  // last: it ends first
};

ResultFile::Caller::Caller(const std::filesystem::path& path, const FileInfo& info)
    : part_path_(path.string() + ".part") {
  thread_.call([&] { writer_ = std::make_unique<FileWriter>(path, info); });
}

// HDF5 is left by the thread that used it.
ResultFile::Caller::~Caller() {
  thread_.post([this] { writer_.reset(); });
}

// On the file's thread: remembers a failure.
template <class Work>
auto ResultFile::Caller::attempt(Work work) {
  if (failure_) throw FileError(*failure_);
  try {
    return work();
  } catch (const FileError& error) {
    failure_ = error;
    failed_ = true;
    throw;
  }
}

ResultFile::Caller::Clock& ResultFile::Caller::clock_of(Axis axis) {
  for (Clock& clock : clocks_)
    if (clock.axis.index == axis.index) return clock;
  refuse("time", "a row on an axis that is fixed, or of another file");
}

Axis ResultFile::Caller::time_axis(std::string_view path, const TimeAxis& axis) {
  const Axis made = ask([&](FileWriter& writer) { return writer.time_axis(path, axis); });
  clocks_.push_back({.axis = made, .kind = axis.kind, .block_rows = axis.block_rows});
  return made;
}

Series ResultFile::Caller::series(std::string_view path, const std::vector<Axis>& axes, Kind kind,
                                  const Meaning& meaning) {
  for (const Clock& clock : clocks_)
    if (!axes.empty() && clock.axis.index == axes.front().index && clock.last)
      refuse(path, "its time axis has rows already");
  const std::size_t cells =
      ask([&](FileWriter& writer) { return writer.series(path, axes, kind, meaning); });
  Clock& clock = clock_of(axes.front());
  clock.series.push_back(series_.size());
  series_.push_back({.clock = &clock, .kind = kind, .begin = clock.cells, .cells = cells});
  clock.cells += cells;
  return {static_cast<std::uint32_t>(series_.size() - 1)};
}

void ResultFile::Caller::append_time(Axis time, Duration since_start) {
  if (failed_.load(std::memory_order_relaxed) || finished_) ask([](FileWriter&) {});  // throws
  Clock& clock = clock_of(time);
  if (clock.last && since_start <= *clock.last) refuse("time", "rows must ascend");
  const auto whole = std::chrono::floor<std::chrono::seconds>(since_start);
  const bool integer = clock.kind == Kind::kInteger;
  if (integer && whole != since_start)
    refuse("time", "no whole second; make the time axis Kind::kReal");
  end_row(clock);
  if (clock.ring == nullptr) clock.ring = std::make_unique<RowRing>(clock.cells, clock.block_rows);
  clock.row = clock.ring->next_row();
  clock.row[0] = integer ? std::bit_cast<Cell>(std::int64_t{whole.count()})
                         : std::bit_cast<Cell>(to_seconds(since_start));
  clock.last = since_start;
  clock.lacking = clock.series.size();
  ++clock.rows;
}

void ResultFile::Caller::refuse_row(const SeriesRecord& record, Kind kind, std::size_t cells) {
  if (record.kind != kind) refuse("series", "values of the other kind");
  if (record.cells != cells) refuse("series", "a row of another length");
  misuse("append_time() comes before the values of a row");
}

// Once for each number of some files: all that may be wrong is looked at in one test.
template <class Number>
void ResultFile::Caller::append(Series series, std::span<const Number> row) {
  if (series.index >= series_.size()) refuse("series", "of another file");
  SeriesRecord& record = series_[series.index];
  Clock& clock = *record.clock;
  if (record.kind != kKind<Number> || record.cells != row.size() || record.rows == clock.rows ||
      clock.row == nullptr)
    refuse_row(record, kKind<Number>, row.size());
  record.rows = clock.rows;
  Cell* const to = clock.row + record.begin;
  if (row.size() == 1)
    *to = std::bit_cast<Cell>(row.front());
  else
    std::memcpy(to, row.data(), row.size_bytes());
  if (--clock.lacking == 0) end_row(clock);
}

// Every series has a value for the row begun last when this returns.
void ResultFile::Caller::end_row(Clock& clock) {
  if (clock.row == nullptr) return;
  if (clock.lacking > 0) fill_missing(clock);
  clock.row = nullptr;
  if (clock.rows % clock.block_rows == 0) {
    hand_over(clock, Then::kFlush);
  } else if (clock.ring->full()) {
    hand_over(clock, Then::kGoOn);
  }
}

void ResultFile::Caller::fill_missing(const Clock& clock) {
  constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
  for (const std::size_t at : clock.series) {
    SeriesRecord& record = series_[at];
    if (record.rows == clock.rows) continue;
    if (record.kind == Kind::kInteger) misuse("an integer series has no value for a row");
    std::fill_n(clock.row + record.begin, record.cells, std::bit_cast<Cell>(kMissing));
  }
}

// All complete rows of the piece at hand. A row that still lacks values goes on in the next piece.
void ResultFile::Caller::hand_over(Clock& clock, Then then) {
  Rows rows = clock.ring->hand_over();
  if (clock.row != nullptr) {
    --rows.count;
    Cell* const next = clock.ring->next_row();
    std::copy_n(clock.row, clock.cells, next);
    clock.row = next;
  }
  thread_.post([this, axis = clock.axis, ring = clock.ring.get(), rows, then] {
    try {
      attempt([&] {
        writer_->append(axis, rows);
        if (then == Then::kFlush) writer_->flush();
      });
    } catch (const FileError&) {
      // The caller is told by its next call.
    }
    ring->release();
  });
}

void ResultFile::Caller::hand_over_all() {
  for (Clock& clock : clocks_)
    if (clock.ring != nullptr && clock.ring->filled() > 0) hand_over(clock, Then::kGoOn);
}

void ResultFile::Caller::finish() {
  for (Clock& clock : clocks_) end_row(clock);
  hand_over_all();
  ask([](FileWriter& writer) { writer.finish(); });
  finished_ = true;
}

ResultFile::ResultFile(const std::filesystem::path& path, const FileInfo& info)
    : caller_(std::make_unique<Caller>(path, info)) {}
ResultFile::~ResultFile() = default;
ResultFile::ResultFile(ResultFile&&) noexcept = default;
ResultFile& ResultFile::operator=(ResultFile&&) noexcept = default;

void ResultFile::attribute(std::string_view object, std::string_view name,
                           const AttributeValue& value) {
  caller_->ask([&](FileWriter& w) { w.attribute(object, name, value); });
}

Axis ResultFile::time_axis(std::string_view path, const TimeAxis& axis) {
  return caller_->time_axis(path, axis);
}

Axis ResultFile::label_axis(std::string_view path, std::span<const std::string> labels,
                            std::string_view long_name) {
  return caller_->ask([&](FileWriter& w) { return w.label_axis(path, labels, long_name); });
}

Axis ResultFile::number_axis(std::string_view path, std::span<const double> values,
                             const Meaning& meaning) {
  return caller_->ask([&](FileWriter& w) { return w.number_axis(path, values, meaning); });
}

Axis ResultFile::number_axis(std::string_view path, std::span<const std::int64_t> values,
                             const Meaning& meaning) {
  return caller_->ask([&](FileWriter& w) { return w.number_axis(path, values, meaning); });
}

Series ResultFile::series(std::string_view path, const std::vector<Axis>& axes, Kind kind,
                          const Meaning& meaning) {
  return caller_->series(path, axes, kind, meaning);
}

void ResultFile::append_time(Axis time, Duration since_start) {
  caller_->append_time(time, since_start);
}

void ResultFile::append(Series series, std::span<const double> row) {
  caller_->append(series, row);
}

void ResultFile::append(Series series, std::span<const std::int64_t> row) {
  caller_->append(series, row);
}

void ResultFile::append(Series series, double value) {
  append(series, std::span<const double>(&value, 1));
}

void ResultFile::append(Series series, std::int64_t value) {
  append(series, std::span<const std::int64_t>(&value, 1));
}

void ResultFile::array(std::string_view path, const std::vector<Axis>& axes,
                       std::span<const double> values, const Meaning& meaning) {
  caller_->ask([&](FileWriter& w) { w.array(path, axes, values, meaning); });
}

void ResultFile::array(std::string_view path, const std::vector<Axis>& axes,
                       std::span<const std::int64_t> values, const Meaning& meaning) {
  caller_->ask([&](FileWriter& w) { w.array(path, axes, values, meaning); });
}

void ResultFile::scalar(std::string_view path, double value, const Meaning& meaning) {
  array(path, {}, std::span(&value, 1), meaning);
}

void ResultFile::scalar(std::string_view path, std::int64_t value, const Meaning& meaning) {
  array(path, {}, std::span(&value, 1), meaning);
}

void ResultFile::text(std::string_view path, std::string_view content) {
  caller_->ask([&](FileWriter& w) { w.text(path, content); });
}

void ResultFile::flush() {
  caller_->hand_over_all();
  caller_->ask([](FileWriter& w) { w.flush(); });
}

void ResultFile::publish() {
  caller_->hand_over_all();
  caller_->ask([](FileWriter& w) { w.publish(); });
}

void ResultFile::finish() { caller_->finish(); }

const std::filesystem::path& ResultFile::part_path() const { return caller_->part_path(); }

}  // namespace weir::analysis
