#include "experiments/trace_file/trace_writer.h"

#include <cerrno>
#include <cstdio>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace weir::experiments {
namespace {

constexpr std::size_t kFlushAt = 256 * 1024;

std::string_view remedy_for(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
      return "free some space or write elsewhere with -o";
    case EFBIG:
      return "raise the file-size limit (ulimit -f) or write elsewhere with -o";
    case EPIPE:
      return "the program that reads the pipe ended early; let it read to the end";
    case EACCES:
    case EPERM:
    case EROFS:
      return "choose a folder that may be written with -o";
    case ENOENT:
      return "make the folder first, or choose another with -o";
    case EISDIR:
      return "name a file, not a folder, with -o";
    default:
      return "choose another file with -o";
  }
}

/// A target that is no ordinary file (a pipe, a device) cannot be replaced by renaming.
bool is_special(const std::string& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode);
}

bool is_folder(const std::string& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode);
}

/// The new name is lasting only when the folder is on the disk too.
void sync_folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  const auto folder = slash == std::string::npos ? std::string{"."} : path.substr(0, slash + 1);
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// Pipes and some devices cannot be synchronised, and need not be.
bool cannot_sync(int code) { return code == EINVAL || code == EROFS || code == ENOTSUP; }

}  // namespace

std::string format_trace_seconds(SimTime at) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const auto count = at.time_since_epoch().count();
  if (count % kSecond == 0) return fmt::format("{}", count / kSecond);
  auto text = fmt::format("{}.{:09}", count / kSecond, count % kSecond);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

std::string format_trace_date(std::chrono::sys_seconds date) {
  const auto day = std::chrono::floor<std::chrono::days>(date);
  const std::chrono::year_month_day parts{day};
  const std::chrono::hh_mm_ss time{date - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(parts.year()),
                     static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

TraceWriter::TraceWriter(std::string path) : path_(std::move(path)) {
  if (path_ == "-") {
    path_ = "standard output";
    descriptor_ = ::dup(STDOUT_FILENO);
  } else if (is_special(path_)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    if (is_folder(path_)) fail("opening", EISDIR);
    part_ = path_ + ".part";
    descriptor_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  }
  if (descriptor_ < 0) fail("opening", errno);
  buffer_.reserve(kFlushAt + 4096);
}

TraceWriter::~TraceWriter() {
  if (descriptor_ < 0) return;
  try {
    flush();
  } catch (const TraceWriteError&) {
    // Whoever let this writer go without finish() has reported a failure already.
  }
  ::close(descriptor_);
}

void TraceWriter::fail(std::string_view doing, int code) const {
  throw TraceWriteError(fmt::format("{}: {} the trace failed: {}; {}", path_, doing,
                                    std::generic_category().message(code), remedy_for(code)));
}

void TraceWriter::begin(const TraceHeader& header) {
  fmt::format_to(std::back_inserter(buffer_), "{}\n# start {}\n", kTraceVersion,
                 format_trace_date(header.start));
  for (const auto& comment : header.comments) buffer_ += "# " + comment + "\n";
  buffer_ += kTraceColumns;
  buffer_ += '\n';
}

/// Control characters cannot stand in a line that other tools read; they become question marks.
void TraceWriter::append_quoted(std::string_view value) {
  const bool outer_blank = value.starts_with(' ') || value.ends_with(' ');
  const bool quote = outer_blank || value.find_first_of(",\"") != std::string_view::npos;
  if (quote) buffer_ += '"';
  for (const char c : value) {
    if (c == '"') buffer_ += '"';
    buffer_ += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  if (quote) buffer_ += '"';
}

void TraceWriter::write(const TraceRow& row) {
  fmt::format_to(std::back_inserter(buffer_), "{},{},{},", format_trace_seconds(row.at),
                 row.size.count, row.recipients);
  append_quoted(row.domain);
  buffer_ += ',';
  append_quoted(row.sender);
  buffer_ += row.kind == TraceKind::message ? ",message\n" : ",notice\n";
  ++rows_;
  if (buffer_.size() >= kFlushAt) flush();
}

void TraceWriter::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const auto written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int code = errno;
      buffer_.clear();
      fail("writing", code);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void TraceWriter::finish() {
  flush();
  if (::fsync(descriptor_) != 0 && !cannot_sync(errno)) fail("writing", errno);
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) fail("closing", errno);
  if (part_.empty()) return;
  if (std::rename(part_.c_str(), path_.c_str()) != 0) fail("naming", errno);
  sync_folder_of(path_);
}

}  // namespace weir::experiments
