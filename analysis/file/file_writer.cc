#include "analysis/file/file_writer.h"

#include <stdexcept>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

namespace weir::analysis {
namespace {

template <class Number>
constexpr NumberType kType = wide(std::is_same_v<Number, double> ? Kind::kReal : Kind::kInteger);

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

Layout fixed_layout(NumberType type, std::vector<std::uint64_t> extent, std::size_t values) {
  Layout layout{.type = type, .extent = std::move(extent)};
  if (values >= kLeastCompressed) layout.chunk = chunk_of(layout.extent, type);
  return layout;
}

}  // namespace

void refuse(std::string_view path, std::string_view why) {
  throw std::invalid_argument(fmt::format("result file: {}: {}", path, why));
}

FileWriter::FileWriter(const std::filesystem::path& path, const FileInfo& info) : storage_(path) {
  attribute("", "Conventions", "CF-1.8");
  if (!info.title.empty()) attribute("", "title", info.title);
  if (!info.history.empty()) attribute("", "history", info.history);
  attribute("", "complete", std::int64_t{0});
}

void FileWriter::attribute(std::string_view object, std::string_view name,
                           const AttributeValue& value) {
  if (!names_.contains(object)) refuse(object, "no such variable or group for an attribute");
  write_attribute(storage_, open_object(storage_, object), name, value);
}

// Notes a new variable and the groups on the way to it.
void FileWriter::claim(std::string_view path) {
  if (!is_path(path)) refuse(path, "not names separated by '/'");
  if (!names_.emplace(path).second) refuse(path, "already defined");
  for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/', at + 1)) {
    names_.emplace(path.substr(0, at));
  }
}

void FileWriter::describe(const Handle& dataset, const Meaning& meaning) {
  const auto put = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) write_attribute(storage_, dataset, name, value);
  };
  put("units", meaning.units);
  put("long_name", meaning.long_name);
  put("cell_methods", meaning.cell_methods);
}

Axis FileWriter::time_axis(std::string_view path, const TimeAxis& axis) {
  if (axis.block_rows == 0) refuse(path, "block_rows must be positive");
  claim(path);
  Column times({&storage_, &encoder_}, wide(axis.kind), {}, axis.block_rows, Missing::kForbidden);
  give_name(storage_, times.dataset(), path);
  make_scale(storage_, times.dataset(), last_name(path));
  describe(times.dataset(),
           {.units = "seconds since " + utc_text(axis.start), .long_name = "time (UTC)"});
  write_attribute(storage_, times.dataset(), "standard_name", "time");
  write_attribute(storage_, times.dataset(), "calendar", "proleptic_gregorian");
  write_attribute(storage_, times.dataset(), "axis", "T");
  write_attribute(storage_, times.dataset(), "utc_offset", offset_text(axis.utc_offset));
  axes_.push_back({.times = std::move(times), .block_rows = axis.block_rows});
  return {static_cast<std::uint32_t>(axes_.size() - 1)};
}

Axis FileWriter::add_fixed_axis(std::string_view path, Handle scale, std::uint64_t length) {
  make_scale(storage_, scale, last_name(path));
  axes_.push_back({.scale = std::move(scale), .length = length});
  return {static_cast<std::uint32_t>(axes_.size() - 1)};
}

Axis FileWriter::label_axis(std::string_view path, std::span<const std::string> labels,
                            std::string_view long_name) {
  if (labels.empty()) refuse(path, "an axis needs at least one label");
  claim(path);
  Handle scale = write_labels(storage_, path, labels);
  describe(scale, {.units = "", .long_name = std::string(long_name)});
  return add_fixed_axis(path, std::move(scale), labels.size());
}

template <class Number>
Axis FileWriter::number_axis(std::string_view path, std::span<const Number> values,
                             const Meaning& meaning) {
  if (values.empty()) refuse(path, "an axis needs at least one value");
  claim(path);
  const Layout layout = fixed_layout(kType<Number>, {values.size()}, values.size());
  Handle scale = create_numbers(storage_, layout, Missing::kForbidden);
  give_name(storage_, scale, path);
  write_all(storage_, scale, layout, std::as_bytes(values));
  describe(scale, meaning);
  return add_fixed_axis(path, std::move(scale), values.size());
}

const FileWriter::AxisRecord& FileWriter::axis_at(Axis axis) const {
  if (axis.index >= axes_.size()) refuse("axis", "of another file");
  return axes_[axis.index];
}

const Handle& FileWriter::scale_of(Axis axis) const {
  const AxisRecord& record = axis_at(axis);
  return record.times ? record.times->dataset() : record.scale;
}

std::vector<std::uint64_t> FileWriter::fixed_extent(std::string_view path,
                                                    std::span<const Axis> axes) const {
  std::vector<std::uint64_t> extent;
  for (const Axis axis : axes) {
    if (axis_at(axis).times) refuse(path, "a time axis where only fixed axes may stand");
    extent.push_back(axis_at(axis).length);
  }
  return extent;
}

void FileWriter::attach(const Handle& dataset, std::span<const Axis> axes) {
  for (std::size_t i = 0; i < axes.size(); ++i)
    attach_scale(storage_, dataset, scale_of(axes[i]), i);
}

std::size_t FileWriter::series(std::string_view path, const std::vector<Axis>& axes, Kind kind,
                               const Meaning& meaning) {
  if (axes.empty() || !axis_at(axes.front()).times) refuse(path, "its first axis is not a time");
  AxisRecord& time = axes_[axes.front().index];
  const std::vector<std::uint64_t> width = fixed_extent(path, std::span(axes).subspan(1));
  claim(path);
  Column column({&storage_, &encoder_},
                kind == Kind::kReal ? NumberType::kDouble : NumberType::kInt32, width,
                time.block_rows, Missing::kAllowed);
  give_name(storage_, column.dataset(), path);
  describe(column.dataset(), meaning);
  attach(column.dataset(), axes);
  time.series.push_back(series_.size());
  const std::size_t cells = column.row_cells();
  series_.push_back({.path = std::string(path), .axes = axes, .column = std::move(column)});
  return cells;
}

template <class Number>
void FileWriter::array(std::string_view path, const std::vector<Axis>& axes,
                       std::span<const Number> values, const Meaning& meaning) {
  std::vector<std::uint64_t> extent = fixed_extent(path, axes);
  std::uint64_t expected = 1;
  for (const std::uint64_t length : extent) expected *= length;
  if (values.size() != expected) {
    refuse(path, fmt::format("{} values where its axes have {}", values.size(), expected));
  }
  claim(path);
  const Layout layout = fixed_layout(kType<Number>, std::move(extent), values.size());
  const Handle dataset = create_numbers(storage_, layout, Missing::kAllowed);
  give_name(storage_, dataset, path);
  write_all(storage_, dataset, layout, std::as_bytes(values));
  describe(dataset, meaning);
  attach(dataset, axes);
}

template Axis FileWriter::number_axis(std::string_view, std::span<const double>, const Meaning&);
template Axis FileWriter::number_axis(std::string_view, std::span<const std::int64_t>,
                                      const Meaning&);
template void FileWriter::array(std::string_view, const std::vector<Axis>&, std::span<const double>,
                                const Meaning&);
template void FileWriter::array(std::string_view, const std::vector<Axis>&,
                                std::span<const std::int64_t>, const Meaning&);

void FileWriter::text(std::string_view path, std::string_view content) {
  claim(path);
  write_text(storage_, path, content);
}

void FileWriter::append(Axis time, const Rows& rows) {
  AxisRecord& axis = axes_[time.index];
  const auto each = [&](auto&& work) {
    std::size_t begin = 1;
    for (const std::size_t at : axis.series) {
      work(series_[at], rows.from(begin));
      begin += series_[at].column.row_cells();
    }
  };
  each([&](SeriesRecord& series, const Rows& own) {
    if (!series.column.fits(own)) widen(series);
  });
  axis.times->append(rows);
  each([](SeriesRecord& series, const Rows& own) { series.column.append(own); });
}

// HDF5 cannot change the type of a dataset. Another one, whole and on the disk before anybody can
// find it, takes the place of the old one.
void FileWriter::widen(SeriesRecord& series) {
  flush();
  Column wide = series.column.widened();
  wide.write();
  copy_attributes(storage_, series.column.dataset(), wide.dataset());
  storage_.flush();
  // A scale and its datasets know each other by name alone.
  for (std::size_t i = 0; i < series.axes.size(); ++i)
    detach_scale(storage_, series.column.dataset(), scale_of(series.axes[i]), i);
  remove_name(storage_, series.path);
  give_name(storage_, wide.dataset(), series.path);
  attach(wide.dataset(), series.axes);
  storage_.flush();
  std::swap(series.column, wide);
}

void FileWriter::flush() {
  for (AxisRecord& axis : axes_)
    if (axis.times) axis.times->write();
  for (SeriesRecord& series : series_) series.column.write();
  storage_.flush();
}

void FileWriter::publish() {
  flush();
  storage_.publish();
}

void FileWriter::finish() {
  flush();  // the rows are on their way before the file calls itself complete
  attribute("", "complete", std::int64_t{1});
  storage_.flush();  // while objects are open, a failure is still told
  for (SeriesRecord& series : series_) storage_.checked(series.column.dataset().close(), "close");
  for (AxisRecord& axis : axes_)
    storage_.checked((axis.times ? axis.times->dataset() : axis.scale).close(), "close");
  storage_.commit();
}

}  // namespace weir::analysis
