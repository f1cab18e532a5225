#include "analysis/file/result_file.h"

#include <optional>
#include <set>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "analysis/file/column.h"
#include "analysis/file/dataset.h"
#include "analysis/file/storage.h"

namespace weir::analysis {
namespace {

[[noreturn]] void refuse(std::string_view path, std::string_view why) {
  throw std::invalid_argument(fmt::format("result file: {}: {}", path, why));
}

template <class Number>
constexpr Kind kKind = std::is_same_v<Number, double> ? Kind::kReal : Kind::kInteger;

// Names between single '/', as netCDF allows them.
bool is_path(std::string_view path) {
  return !path.empty() && path.front() != '/' && path.back() != '/' &&
         path.find("//") == path.npos && path.find('\0') == path.npos;
}

std::string last_name(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));  // npos + 1 is 0
}

std::string utc_text(std::chrono::sys_seconds instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(instant - day);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string offset_text(std::chrono::minutes offset) {
  const std::chrono::hh_mm_ss clock(offset);
  return fmt::format("{}{:02}:{:02}", clock.is_negative() ? '-' : '+', clock.hours().count(),
                     clock.minutes().count());
}

// Below this a chunk's index and checksum cost more than compression gains.
constexpr std::size_t kLeastCompressed = 128;

Layout fixed_layout(Kind kind, std::vector<std::uint64_t> extent, std::size_t values) {
  Layout layout{.kind = kind, .extent = std::move(extent)};
  if (values >= kLeastCompressed) layout.chunk = chunk_of(layout.extent);
  return layout;
}

}  // namespace

/// The file while it grows. Each public call of ResultFile enters through use().
class ResultFile::Writer {
 public:
  Writer(const std::filesystem::path& path, const FileInfo& info);

  /// Runs `work` unless the file has failed or is finished, and remembers a failure.
  template <class Work>
  auto use(Work work) {
    if (failure_) throw FileError(*failure_);
    if (finished_) throw std::logic_error("result file: used after finish()");
    try {
      return work(*this);
    } catch (const FileError& error) {
      failure_ = error;
      throw;
    }
  }

  void attribute(std::string_view object, std::string_view name, const AttributeValue& value);
  Axis time_axis(std::string_view path, const TimeAxis& axis);
  Axis label_axis(std::string_view path, std::span<const std::string> labels,
                  std::string_view long_name);
  template <class Number>
  Axis number_axis(std::string_view path, std::span<const Number> values, const Meaning& meaning);
  Series series(std::string_view path, const std::vector<Axis>& axes, Kind kind,
                const Meaning& meaning);
  void append_time(Axis time, Duration since_start);
  template <class Number>
  void append(Series series, std::span<const Number> row);
  template <class Number>
  void array(std::string_view path, const std::vector<Axis>& axes, std::span<const Number> values,
             const Meaning& meaning);
  void text(std::string_view path, std::string_view content);
  void flush();
  void finish();
  const std::filesystem::path& part_path() const { return storage_.part_path(); }

 private:
  // A time axis and the row that its series are being given.
  struct Clock {
    Column times;
    std::uint64_t block_rows;
    std::optional<Duration> last{};
    std::vector<std::size_t> series{};  // on this axis
    std::size_t given = 0;              // of them, in the open row
    bool open = false;                  // a row is begun and lacks values
  };
  struct AxisRecord {
    std::optional<std::size_t> clock;  // else the axis is fixed
    Handle scale{};
    std::uint64_t length = 0;
  };
  struct SeriesRecord {
    Column column;
    std::size_t clock;
  };

  void claim(std::string_view path);
  void describe(const Handle& dataset, const Meaning& meaning);
  Axis add_fixed_axis(std::string_view path, Handle scale, std::uint64_t length);
  const AxisRecord& axis_at(Axis axis) const;
  const Handle& scale_of(const AxisRecord& axis) const;
  std::vector<std::uint64_t> fixed_extent(std::string_view path, std::span<const Axis> axes) const;
  void attach(const Handle& dataset, std::span<const Axis> axes);
  void end_row(Clock& clock);
  void write_waiting();

  Storage storage_;
  std::set<std::string, std::less<>> names_;  // variables and groups
  std::vector<AxisRecord> axes_;
  std::vector<Clock> clocks_;
  std::vector<SeriesRecord> series_;
  std::optional<FileError> failure_;
  bool finished_ = false;
};

ResultFile::Writer::Writer(const std::filesystem::path& path, const FileInfo& info)
    : storage_(path), names_{""} {
  attribute("", "Conventions", "CF-1.8");
  if (!info.title.empty()) attribute("", "title", info.title);
  if (!info.history.empty()) attribute("", "history", info.history);
  attribute("", "complete", std::int64_t{0});
}

void ResultFile::Writer::attribute(std::string_view object, std::string_view name,
                                   const AttributeValue& value) {
  if (!names_.contains(object)) refuse(object, "no such variable or group for an attribute");
  write_attribute(storage_, open_object(storage_, object), name, value);
}

// Notes a new variable and the groups on the way to it.
void ResultFile::Writer::claim(std::string_view path) {
  if (!is_path(path)) refuse(path, "not names separated by '/'");
  if (!names_.emplace(path).second) refuse(path, "already defined");
  for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/', at + 1)) {
    names_.emplace(path.substr(0, at));
  }
}

void ResultFile::Writer::describe(const Handle& dataset, const Meaning& meaning) {
  const auto put = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) write_attribute(storage_, dataset, name, value);
  };
  put("units", meaning.units);
  put("long_name", meaning.long_name);
  put("cell_methods", meaning.cell_methods);
}

Axis ResultFile::Writer::time_axis(std::string_view path, const TimeAxis& axis) {
  if (axis.block_rows == 0) refuse(path, "block_rows must be positive");
  claim(path);
  Column times(storage_, path, axis.kind, {}, axis.block_rows, Missing::kForbidden);
  make_scale(storage_, times.dataset(), last_name(path));
  describe(times.dataset(),
           {.units = "seconds since " + utc_text(axis.start), .long_name = "time (UTC)"});
  write_attribute(storage_, times.dataset(), "standard_name", "time");
  write_attribute(storage_, times.dataset(), "calendar", "proleptic_gregorian");
  write_attribute(storage_, times.dataset(), "axis", "T");
  write_attribute(storage_, times.dataset(), "utc_offset", offset_text(axis.utc_offset));
  axes_.push_back({.clock = clocks_.size()});
  clocks_.push_back({.times = std::move(times), .block_rows = axis.block_rows});
  return {static_cast<std::uint32_t>(axes_.size() - 1)};
}

Axis ResultFile::Writer::add_fixed_axis(std::string_view path, Handle scale, std::uint64_t length) {
  make_scale(storage_, scale, last_name(path));
  axes_.push_back({.clock = std::nullopt, .scale = std::move(scale), .length = length});
  return {static_cast<std::uint32_t>(axes_.size() - 1)};
}

Axis ResultFile::Writer::label_axis(std::string_view path, std::span<const std::string> labels,
                                    std::string_view long_name) {
  if (labels.empty()) refuse(path, "an axis needs at least one label");
  claim(path);
  Handle scale = write_labels(storage_, path, labels);
  describe(scale, {.units = "", .long_name = std::string(long_name)});
  return add_fixed_axis(path, std::move(scale), labels.size());
}

template <class Number>
Axis ResultFile::Writer::number_axis(std::string_view path, std::span<const Number> values,
                                     const Meaning& meaning) {
  if (values.empty()) refuse(path, "an axis needs at least one value");
  claim(path);
  const Layout layout = fixed_layout(kKind<Number>, {values.size()}, values.size());
  Handle scale = create_numbers(storage_, path, layout, Missing::kForbidden);
  write_all(storage_, scale, layout.kind, bytes_of(values));
  describe(scale, meaning);
  return add_fixed_axis(path, std::move(scale), values.size());
}

const ResultFile::Writer::AxisRecord& ResultFile::Writer::axis_at(Axis axis) const {
  if (axis.index >= axes_.size()) refuse("axis", "of another file");
  return axes_[axis.index];
}

const Handle& ResultFile::Writer::scale_of(const AxisRecord& axis) const {
  return axis.clock ? clocks_[*axis.clock].times.dataset() : axis.scale;
}

std::vector<std::uint64_t> ResultFile::Writer::fixed_extent(std::string_view path,
                                                            std::span<const Axis> axes) const {
  std::vector<std::uint64_t> extent;
  for (const Axis axis : axes) {
    if (axis_at(axis).clock) refuse(path, "a time axis where only fixed axes may stand");
    extent.push_back(axis_at(axis).length);
  }
  return extent;
}

void ResultFile::Writer::attach(const Handle& dataset, std::span<const Axis> axes) {
  for (std::size_t i = 0; i < axes.size(); ++i) {
    attach_scale(storage_, dataset, scale_of(axis_at(axes[i])), i);
  }
}

Series ResultFile::Writer::series(std::string_view path, const std::vector<Axis>& axes, Kind kind,
                                  const Meaning& meaning) {
  if (axes.empty() || !axis_at(axes.front()).clock) refuse(path, "its first axis is not a time");
  const std::size_t at = *axis_at(axes.front()).clock;
  Clock& clock = clocks_[at];
  if (clock.last) refuse(path, "its time axis has rows already");
  const std::vector<std::uint64_t> width = fixed_extent(path, std::span(axes).subspan(1));
  claim(path);
  Column column(storage_, path, kind, width, clock.block_rows, Missing::kAllowed);
  describe(column.dataset(), meaning);
  attach(column.dataset(), axes);
  clock.series.push_back(series_.size());
  series_.push_back({.column = std::move(column), .clock = at});
  return {static_cast<std::uint32_t>(series_.size() - 1)};
}

void ResultFile::Writer::append_time(Axis time, Duration since_start) {
  const AxisRecord& axis = axis_at(time);
  if (!axis.clock) refuse("time", "a row on an axis that is fixed");
  Clock& clock = clocks_[*axis.clock];
  if (clock.last && since_start <= *clock.last) refuse("time", "rows must ascend");
  const auto whole = std::chrono::floor<std::chrono::seconds>(since_start);
  if (clock.times.kind() == Kind::kInteger) {
    if (whole != since_start) refuse("time", "no whole second; make the time axis Kind::kReal");
    end_row(clock);
    const std::int64_t seconds = whole.count();
    clock.times.append(bytes_of(std::span(&seconds, 1)));
  } else {
    end_row(clock);
    const double seconds = to_seconds(since_start);
    clock.times.append(bytes_of(std::span(&seconds, 1)));
  }
  clock.last = since_start;
  clock.open = true;
}

// Every series has a value for the row begun last when this returns.
void ResultFile::Writer::end_row(Clock& clock) {
  if (!clock.open) return;
  for (const std::size_t at : clock.series) {
    Column& column = series_[at].column;
    if (column.rows() == clock.times.rows()) continue;
    if (column.kind() == Kind::kInteger) {
      throw std::logic_error("result file: an integer series has no value for a row");
    }
    column.append_missing();
  }
  clock.open = false;
  clock.given = 0;
  if (clock.times.rows() % clock.block_rows == 0) flush();
}

template <class Number>
void ResultFile::Writer::append(Series series, std::span<const Number> row) {
  if (series.index >= series_.size()) refuse("series", "of another file");
  SeriesRecord& record = series_[series.index];
  Clock& clock = clocks_[record.clock];
  if (record.column.kind() != kKind<Number>) refuse("series", "values of the other kind");
  if (row.size_bytes() != record.column.row_bytes()) refuse("series", "a row of another length");
  if (record.column.rows() == clock.times.rows()) {
    throw std::logic_error("result file: append_time() comes before the values of a row");
  }
  record.column.append(bytes_of(row));
  ++clock.given;
  if (clock.given == clock.series.size()) end_row(clock);
}

template <class Number>
void ResultFile::Writer::array(std::string_view path, const std::vector<Axis>& axes,
                               std::span<const Number> values, const Meaning& meaning) {
  std::vector<std::uint64_t> extent = fixed_extent(path, axes);
  std::uint64_t expected = 1;
  for (const std::uint64_t length : extent) expected *= length;
  if (values.size() != expected) {
    refuse(path, fmt::format("{} values where its axes have {}", values.size(), expected));
  }
  claim(path);
  const Layout layout = fixed_layout(kKind<Number>, std::move(extent), values.size());
  const Handle dataset = create_numbers(storage_, path, layout, Missing::kAllowed);
  write_all(storage_, dataset, layout.kind, bytes_of(values));
  describe(dataset, meaning);
  attach(dataset, axes);
}

void ResultFile::Writer::text(std::string_view path, std::string_view content) {
  claim(path);
  write_text(storage_, path, content);
}

// Hands all rows to HDF5, those of a row not yet complete too.
void ResultFile::Writer::write_waiting() {
  for (Clock& clock : clocks_) clock.times.write();
  for (SeriesRecord& record : series_) record.column.write();
}

void ResultFile::Writer::flush() {
  write_waiting();
  storage_.flush();
}

void ResultFile::Writer::finish() {
  for (Clock& clock : clocks_) end_row(clock);
  flush();  // the rows are on their way before the file calls itself complete
  attribute("", "complete", std::int64_t{1});
  storage_.flush();  // while objects are open, a failure is still told
  for (SeriesRecord& record : series_) storage_.checked(record.column.dataset().close(), "close");
  for (Clock& clock : clocks_) storage_.checked(clock.times.dataset().close(), "close");
  for (AxisRecord& axis : axes_) storage_.checked(axis.scale.close(), "close");
  storage_.commit();
  finished_ = true;
}

ResultFile::ResultFile(const std::filesystem::path& path, const FileInfo& info)
    : writer_(std::make_unique<Writer>(path, info)) {}
ResultFile::~ResultFile() = default;
ResultFile::ResultFile(ResultFile&&) noexcept = default;
ResultFile& ResultFile::operator=(ResultFile&&) noexcept = default;

void ResultFile::attribute(std::string_view object, std::string_view name,
                           const AttributeValue& value) {
  writer_->use([&](Writer& w) { w.attribute(object, name, value); });
}

Axis ResultFile::time_axis(std::string_view path, const TimeAxis& axis) {
  return writer_->use([&](Writer& w) { return w.time_axis(path, axis); });
}

Axis ResultFile::label_axis(std::string_view path, std::span<const std::string> labels,
                            std::string_view long_name) {
  return writer_->use([&](Writer& w) { return w.label_axis(path, labels, long_name); });
}

Axis ResultFile::number_axis(std::string_view path, std::span<const double> values,
                             const Meaning& meaning) {
  return writer_->use([&](Writer& w) { return w.number_axis(path, values, meaning); });
}

Axis ResultFile::number_axis(std::string_view path, std::span<const std::int64_t> values,
                             const Meaning& meaning) {
  return writer_->use([&](Writer& w) { return w.number_axis(path, values, meaning); });
}

Series ResultFile::series(std::string_view path, const std::vector<Axis>& axes, Kind kind,
                          const Meaning& meaning) {
  return writer_->use([&](Writer& w) { return w.series(path, axes, kind, meaning); });
}

void ResultFile::append_time(Axis time, Duration since_start) {
  writer_->use([&](Writer& w) { w.append_time(time, since_start); });
}

void ResultFile::append(Series series, std::span<const double> row) {
  writer_->use([&](Writer& w) { w.append(series, row); });
}

void ResultFile::append(Series series, std::span<const std::int64_t> row) {
  writer_->use([&](Writer& w) { w.append(series, row); });
}

void ResultFile::array(std::string_view path, const std::vector<Axis>& axes,
                       std::span<const double> values, const Meaning& meaning) {
  writer_->use([&](Writer& w) { w.array(path, axes, values, meaning); });
}

void ResultFile::array(std::string_view path, const std::vector<Axis>& axes,
                       std::span<const std::int64_t> values, const Meaning& meaning) {
  writer_->use([&](Writer& w) { w.array(path, axes, values, meaning); });
}

void ResultFile::scalar(std::string_view path, double value, const Meaning& meaning) {
  array(path, {}, std::span(&value, 1), meaning);
}

void ResultFile::scalar(std::string_view path, std::int64_t value, const Meaning& meaning) {
  array(path, {}, std::span(&value, 1), meaning);
}

void ResultFile::text(std::string_view path, std::string_view content) {
  writer_->use([&](Writer& w) { w.text(path, content); });
}

void ResultFile::flush() {
  writer_->use([](Writer& w) { w.flush(); });
}

void ResultFile::finish() {
  writer_->use([](Writer& w) { w.finish(); });
}

const std::filesystem::path& ResultFile::part_path() const { return writer_->part_path(); }

}  // namespace weir::analysis
