#include "experiments/trace_file/trace_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "experiments/import/log_stamp.h"
#include "experiments/import/postfix_line.h"
#include "experiments/trace_file/trace_writer.h"

namespace weir::experiments {
namespace {

constexpr std::array<std::string_view, 6> kColumnNames = {"seconds", "bytes",  "recipients",
                                                          "domain",  "sender", "kind"};

/// At most this much of a wrong value is repeated in a message.
std::string shorten(std::string_view value) {
  constexpr std::size_t kShown = 60;
  std::string shown{value.substr(0, kShown)};
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < 0x20) c = '?';
  return value.size() > kShown ? shown + "..." : shown;
}

template <class Number>
std::optional<Number> parse_whole(std::string_view text, Number least) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least)
    return std::nullopt;
  return value;
}

/// Seconds with up to nine decimals, exactly.
std::optional<SimTime> parse_seconds(std::string_view text) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / kSecond - 1;
  const auto point = text.find('.');
  const auto whole = parse_whole<std::int64_t>(text.substr(0, point), 0);
  if (!whole || *whole > kMost || text.front() == '-') return std::nullopt;
  std::int64_t fraction = 0;
  if (point != std::string_view::npos) {
    const auto digits = text.substr(point + 1);
    const auto value = parse_whole<std::int64_t>(digits, 0);
    if (digits.size() > 9 || !value || digits.front() == '-') return std::nullopt;
    fraction = *value;
    for (auto place = digits.size(); place < 9; ++place) fraction *= 10;
  }
  return SimTime{Duration{*whole * kSecond + fraction}};
}

}  // namespace

TraceReader::TraceReader(std::string path) : name_(std::move(path)) {
  try {
    bytes_ = open_bytes(name_);
    lines_.emplace(*bytes_);
    read_header();
  } catch (const InputError& error) {
    throw TraceError(TraceFault::unreadable, 0, error.what());
  }
}

TraceReader::TraceReader(std::unique_ptr<ByteSource> bytes, std::string name)
    : name_(std::move(name)), bytes_(std::move(bytes)) {
  lines_.emplace(*bytes_);
  read_header();
}

void TraceReader::fail(TraceFault fault, const std::string& text) const {
  throw TraceError(fault, line_, fmt::format("{}:{}: {}", name_, line_, text));
}

void TraceReader::fail_value(std::string_view column, std::string_view value,
                             std::string_view expected) const {
  fail(TraceFault::bad_value, fmt::format("{} = '{}': {}; correct the line or import the log again",
                                          column, shorten(value), expected));
}

std::optional<Line> TraceReader::next_line() {
  const auto line = lines_->next();
  if (line) line_ = line->number;
  // A line at the very end may have been cut by whatever ended the file.
  const auto problem = lines_->ahead().empty() ? lines_->problem() : std::string{};
  if (!problem.empty()) fail(TraceFault::truncated, problem);
  if (line && line->overlong)
    fail(TraceFault::overlong,
         fmt::format("the line is longer than {} bytes; is this a trace file?",
                     LineSource::kLongest));
  return line;
}

void TraceReader::read_header() {
  const auto version = next_line();
  if (!version) fail(TraceFault::empty, "the file is empty; make it with: weir import postfix LOG");
  if (version->text != kTraceVersion)
    fail(TraceFault::version,
         fmt::format("the first line is '{}': '{}' was expected; make the trace with: weir import "
                     "postfix LOG",
                     shorten(version->text), kTraceVersion));
  bool started = false;
  while (columns_.empty()) {
    const auto line = next_line();
    if (!line)
      fail(TraceFault::header,
           fmt::format("the line of column names is missing; expected '{}'", kTraceColumns));
    constexpr std::string_view kStart = "# start ";
    const bool start = line->text.starts_with(kStart);
    if (start) read_start(line->text.substr(kStart.size()));
    started = started || start;
    if (!line->text.empty() && line->text.front() != '#') read_columns(line->text);
  }
  if (!started)
    fail(TraceFault::header,
         "no start date above the column names; add a line such as '# start 2026-11-22T20:34:20'");
  first_ = parse_next();
  if (!first_)
    fail(TraceFault::empty,
         "the trace has no arrivals; at least one line is needed below the "
         "column names");
}

void TraceReader::read_start(std::string_view text) {
  const auto stamp = parse_stamp(std::string{text} + " ");
  const bool dated = stamp && stamp->year && stamp->length == text.size() && !stamp->fraction;
  const auto date = dated ? resolve_in(*stamp, 0, Duration{}) : std::nullopt;
  if (!date)
    fail(TraceFault::header,
         fmt::format("start = '{}': a date such as 2026-11-22T20:34:20 (UTC) was expected",
                     shorten(text)));
  start_ = std::chrono::floor<std::chrono::seconds>(*date);
}

void TraceReader::read_columns(std::string_view text) {
  bool more = true;
  while (more) {
    const auto name = take_field(text, more);
    const auto* found = std::find(kColumnNames.begin(), kColumnNames.end(), name);
    if (found == kColumnNames.end())
      fail(TraceFault::header,
           fmt::format("unknown column '{}'; the columns are {}", shorten(name), kTraceColumns));
    const auto column = static_cast<Column>(found - kColumnNames.begin());
    if (std::find(columns_.begin(), columns_.end(), column) != columns_.end())
      fail(TraceFault::header, fmt::format("column '{}' stands twice; remove one", name));
    columns_.push_back(column);
  }
  if (std::find(columns_.begin(), columns_.end(), Column::seconds) == columns_.end())
    fail(TraceFault::header, "column 'seconds' is missing; without it nothing has a time");
}

/// Takes the next field off `rest`; `more` tells whether another one follows.
std::string_view TraceReader::take_field(std::string_view& rest, bool& more) {
  if (!rest.starts_with('"')) {
    const auto comma = rest.find(',');
    more = comma != std::string_view::npos;
    const auto value = rest.substr(0, comma);
    rest.remove_prefix(more ? comma + 1 : rest.size());
    return value;
  }
  unquoted_.clear();
  std::size_t place = 1;
  for (;; ++place) {
    if (place >= rest.size())
      fail(TraceFault::bad_value, "a quote is not closed; end the field with \"");
    const bool doubled = rest[place] == '"' && rest.substr(place + 1).starts_with('"');
    if (rest[place] == '"' && !doubled) break;
    unquoted_ += rest[place];
    place += doubled ? 1U : 0U;
  }
  rest.remove_prefix(place + 1);
  more = rest.starts_with(',');
  if (!more && !rest.empty())
    fail(TraceFault::bad_value, "text follows a closing quote; a comma was expected");
  rest.remove_prefix(more ? 1U : 0U);
  return unquoted_;
}

std::uint32_t TraceReader::domain_index(std::string_view name) {
  lowered_.assign(name);
  for (char& c : lowered_)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto found = domain_indices_.find(lowered_);
  if (found != domain_indices_.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(domains_.size());
  domains_.push_back(lowered_);
  domain_indices_.emplace(lowered_, index);
  return index;
}

void TraceReader::parse_field(Column column, std::string_view value, TraceArrival& arrival) {
  switch (column) {
    case Column::seconds:
      if (const auto at = parse_seconds(value)) return void(arrival.at = *at);
      fail_value("seconds", value, "a number of seconds from 0 on, with up to 9 decimals");
    case Column::bytes:
      if (const auto size = parse_whole<std::int64_t>(value, 0))
        return void(arrival.size = Bytes{*size});
      fail_value("bytes", value, "a whole number from 0 on");
    case Column::recipients:
      if (const auto count = parse_whole<std::uint32_t>(value, 1))
        return void(arrival.recipients = *count);
      fail_value("recipients", value, "a whole number from 1 on");
    case Column::domain:
      arrival.domain = domain_index(value);
      return;
    case Column::sender:
      arrival.sender = value.empty() ? 0 : stable_hash(value);
      return;
    case Column::kind:
      if (value != "message" && value != "notice")
        fail_value("kind", value, "'message' or 'notice'");
      arrival.kind = value == "message" ? TraceKind::message : TraceKind::notice;
      return;
  }
}

TraceArrival TraceReader::parse_row(std::string_view text) {
  TraceArrival arrival;
  bool more = true;
  std::size_t taken = 0;
  for (; more && taken < columns_.size(); ++taken)
    parse_field(columns_[taken], take_field(text, more), arrival);
  if (more || taken < columns_.size())
    fail(TraceFault::bad_value,
         fmt::format("{} fields were expected, one for each column; found {}", columns_.size(),
                     more ? "more" : fmt::format("{}", taken)));
  if (std::find(columns_.begin(), columns_.end(), Column::domain) == columns_.end())
    arrival.domain = domain_index({});
  return arrival;
}

void TraceReader::check_order(const TraceArrival& arrival) {
  if (arrival.at < last_)
    fail(TraceFault::unsorted,
         fmt::format("the arrival at {} s is earlier than the one in line {} at {} s; sort the "
                     "trace: LC_ALL=C sort -s -t, -k1,1n FILE",
                     format_trace_seconds(arrival.at), last_line_, format_trace_seconds(last_)));
  last_ = arrival.at;
  last_line_ = line_;
}

std::optional<TraceArrival> TraceReader::parse_next() {
  while (const auto line = next_line()) {
    if (line->text.empty() || line->text.front() == '#') continue;
    const auto arrival = parse_row(line->text);
    check_order(arrival);
    return arrival;
  }
  return std::nullopt;
}

std::optional<TraceArrival> TraceReader::next() {
  if (!first_) return parse_next();
  const auto arrival = first_;
  first_.reset();
  return arrival;
}

std::size_t TraceReader::read(std::span<TraceArrival> block) {
  std::size_t count = 0;
  while (count < block.size()) {
    const auto arrival = next();
    if (!arrival) break;
    block[count++] = *arrival;
  }
  return count;
}

TraceTotals check_trace(const std::string& path) {
  TraceReader reader{path};
  TraceTotals totals;
  while (const auto arrival = reader.next()) {
    if (totals.arrivals++ == 0) totals.first = arrival->at;
    totals.last = arrival->at;
    totals.recipients += arrival->recipients;
    totals.notices += arrival->kind == TraceKind::notice ? 1U : 0U;
  }
  totals.domains = reader.domains().size();
  return totals;
}

}  // namespace weir::experiments
