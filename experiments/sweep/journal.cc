#include "experiments/sweep/journal.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>
#include <zlib.h>

namespace weir::experiments {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kChecksum = "crc=";
constexpr std::string_view kDelivered = "delivered";
constexpr const char* kEnding = ".journal";

std::uint32_t checksum(std::string_view text) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
}

/// A value on one line and in one field.
std::string plain(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return out;
}

using Fields = std::map<std::string_view, std::string_view, std::less<>>;

Fields fields_of(std::string_view line) {
  Fields fields;
  while (!line.empty()) {
    const std::string_view field = line.substr(0, line.find('\t'));
    if (const std::size_t equals = field.find('='); equals != std::string_view::npos)
      fields[field.substr(0, equals)] = field.substr(equals + 1);
    line.remove_prefix(std::min(line.size(), field.size() + 1));
  }
  return fields;
}

template <class Number>
bool read_number(std::string_view text, Number& out) {
  const char* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, out);
  return error == std::errc{} && read == end;
}

template <class Number>
bool read_field(const Fields& fields, std::string_view key, Number& out) {
  const auto found = fields.find(key);
  return found != fields.end() && read_number(found->second, out);
}

bool read_text(const Fields& fields, std::string_view key, std::string& out) {
  const auto found = fields.find(key);
  if (found != fields.end()) out = found->second;
  return found != fields.end();
}

/// Of the type that the figure has.
bool read_figure(const Fields& fields, const RunFigure& figure, FigureValue& out) {
  out = figure.of(ReceiverFigures{});
  return std::visit([&](auto& value) { return read_field(fields, figure.name, value); }, out);
}

std::optional<RunResult> read_result(const Fields& fields) {
  RunResult result;
  for (const RunFigure& figure : run_figures())
    if (!read_figure(fields, figure, result.figures.emplace_back())) return std::nullopt;
  std::string days;
  if (!read_text(fields, kDelivered, days)) return std::nullopt;
  std::string_view rest = days;
  while (!rest.empty()) {
    const std::string_view day = rest.substr(0, rest.find(' '));
    if (!read_number(day, result.delivered_by_day.emplace_back())) return std::nullopt;
    rest.remove_prefix(std::min(rest.size(), day.size() + 1));
  }
  return result;
}

}  // namespace

RunResult result_of(const ReceiverFigures& figures) {
  RunResult result;
  for (const RunFigure& figure : run_figures()) result.figures.push_back(figure.of(figures));
  result.delivered_by_day = figures.delivered_by_day;
  return result;
}

std::string result_fields(const RunResult& result) {
  std::string text;
  for (std::size_t i = 0; i < result.figures.size(); ++i)
    std::visit(
        [&](auto value) {
          fmt::format_to(std::back_inserter(text), "{}={}\t", run_figures()[i].name, value);
        },
        result.figures[i]);
  fmt::format_to(std::back_inserter(text), "{}={}", kDelivered,
                 fmt::join(result.delivered_by_day, " "));
  return text;
}

std::optional<RunResult> parse_result(std::string_view fields) {
  return read_result(fields_of(fields));
}

std::string journal_line(const RunRecord& r) {
  std::string line = fmt::format(
      "id={}\tstate={}\tattempt={}\twall_s={:.4f}\tcpu_s={:.4f}\tpeak_bytes={}\thost={}\t"
      "finished={}\t",
      r.id, r.result ? "done" : "failed", r.attempt, r.cost.wall_s, r.cost.cpu_s, r.cost.peak_bytes,
      plain(r.host), r.finished);
  line += r.result ? result_fields(*r.result) : "reason=" + plain(r.reason);
  line += '\t';
  line += fmt::format("{}{:08x}\n", kChecksum, checksum(line));
  return line;
}

std::optional<RunRecord> parse_journal_line(std::string_view line) {
  const std::size_t end = line.rfind(kChecksum);
  std::uint32_t given = 0;
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view digits = line.substr(end + kChecksum.size());
  const auto [read, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), given, 16);
  if (error != std::errc{} || read != digits.data() + digits.size() ||
      given != checksum(line.substr(0, end)))
    return std::nullopt;

  const Fields fields = fields_of(line.substr(0, end));
  RunRecord r;
  std::string state;
  const bool sound = read_text(fields, "id", r.id) && read_text(fields, "state", state) &&
                     read_field(fields, "attempt", r.attempt) &&
                     read_field(fields, "wall_s", r.cost.wall_s) &&
                     read_field(fields, "cpu_s", r.cost.cpu_s) &&
                     read_field(fields, "peak_bytes", r.cost.peak_bytes);
  if (!sound) return std::nullopt;
  read_text(fields, "host", r.host);
  read_text(fields, "finished", r.finished);
  read_text(fields, "reason", r.reason);
  if (state == "done") r.result = read_result(fields);
  if (state == "done" && !r.result) return std::nullopt;
  return r;
}

Journal::Journal(const fs::path& folder, const std::string& name)
    : path_(folder / "journal" / (name + kEnding)) {
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file_ < 0) fail("open");
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(file_);
    throw std::runtime_error(
        fmt::format("{}: another process is at work on it: wait until it is through, or share the "
                    "work with --shard i/N",
                    path_.string()));
  }
  cut_torn_line();
}

Journal::~Journal() { ::close(file_); }

void Journal::fail(const char* operation) const {
  throw std::runtime_error(
      fmt::format("{}: cannot {}: {}", path_.string(), operation, std::strerror(errno)));
}

/// Lines end with their newline: what stands behind the last one was never durable.
void Journal::cut_torn_line() {
  const off_t size = ::lseek(file_, 0, SEEK_END);
  off_t whole = size;
  for (char c = 0; whole > 0; --whole) {
    if (::pread(file_, &c, 1, whole - 1) != 1) fail("read");
    if (c == '\n') break;
  }
  was_torn_ = whole < size;
  if (was_torn_ && ::ftruncate(file_, whole) != 0) fail("shorten");
}

void Journal::append(std::span<const RunRecord> records) {
  std::string lines;
  for (const RunRecord& record : records) lines += journal_line(record);
  std::string_view rest = lines;
  while (!rest.empty()) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write");
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fdatasync(file_) != 0 && errno != EINVAL && errno != EROFS) fail("sync");
}

std::vector<std::string> read_journals(const fs::path& folder,
                                       const std::function<void(RunRecord&&)>& visit) {
  std::vector<fs::path> paths;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder / "journal", none))
    if (entry.path().extension() == kEnding) paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<std::string> notes;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
      auto record = in.eof() ? std::nullopt : parse_journal_line(line);
      if (record) {
        visit(std::move(*record));
      } else {
        notes.push_back(fmt::format("{}:{}: a line that is torn was dropped; its run is not done",
                                    path.string(), number));
      }
    }
  }
  return notes;
}

}  // namespace weir::experiments
