#include "experiments/import/postfix.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "experiments/import/line_source.h"
#include "experiments/import/message_flow.h"
#include "experiments/import/postfix_line.h"

namespace weir::experiments {
namespace {

class PostfixImport {
 public:
  PostfixImport(ByteSource& bytes, const PostfixOptions& options, TraceSink& sink)
      : options_(options),
        sink_(sink),
        lines_(bytes),
        clock_(choose_clock(bytes)),
        flow_(options, sink, summary_) {}

  PostfixSummary run() {
    while (auto line = lines_.next()) {
      count(read(*line));
      if (summary_.lines % kAskEvery == 0 && !asked_to_go_on()) break;
    }
    finish();
    return std::move(summary_);
  }

 private:
  static constexpr std::uint64_t kAskEvery = 65'536;

  /// Empty when understood, else the reason why not.
  using Reason = std::string_view;

  LogClock choose_clock(const ByteSource& bytes);
  void count(Reason reason);
  bool asked_to_go_on();
  Reason read(const Line& line);
  Reason read_postfix(std::string_view whole, const PostfixLine& line);
  Reason unknown_service(std::string_view service);
  void begin_once();
  void finish();

  const PostfixOptions& options_;
  TraceSink& sink_;
  PostfixSummary summary_;
  LineSource lines_;
  LogClock clock_;
  MessageFlow flow_;
  std::string reason_;  // the text of a reason that is made up
};

LogClock PostfixImport::choose_clock(const ByteSource& bytes) {
  using namespace std::chrono;
  if (options_.year) {
    summary_.year_source = YearSource::option;
    return {LogTime{}, options_.year, options_.zone};
  }
  if (const auto dated = find_dated_message_id(lines_.ahead())) {
    summary_.year_source = YearSource::message_ids;
    return {*dated, std::nullopt, options_.zone};
  }
  if (const auto written = bytes.written()) {
    // The stamp nearest to half a year before lies within the year before the file was written.
    summary_.year_source = YearSource::file_date;
    return {LogTime{*written} - days{182}, std::nullopt, options_.zone};
  }
  summary_.year_source = YearSource::assumed;
  return {LogTime{sys_days{2000y / 7 / 1}}, 2000, options_.zone};
}

void PostfixImport::count(Reason reason) {
  ++summary_.lines;
  if (reason.empty())
    ++summary_.understood;
  else
    ++summary_.skipped[reason];
}

bool PostfixImport::asked_to_go_on() {
  if (!options_.keep_going || options_.keep_going(summary_.lines)) return true;
  summary_.interrupted = true;
  return false;
}

PostfixImport::Reason PostfixImport::unknown_service(std::string_view service) {
  constexpr std::size_t kShown = 40;
  reason_ = fmt::format("unknown service {}", service.substr(0, kShown));
  for (char& c : reason_)
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) c = '?';
  return reason_;
}

PostfixImport::Reason PostfixImport::read(const Line& line) {
  if (line.overlong) return "longer than 64 KiB";
  auto text = line.text;
  text.remove_prefix(std::min(text.find_first_not_of('\0'), text.size()));
  if (text.empty()) return line.text.empty() ? "empty" : "NUL bytes";
  if (text.find('\0') != std::string_view::npos) return "NUL bytes";
  const auto stamp = clock_.read(text, lines_.ahead());
  if (!stamp) return "no readable time stamp";
  begin_once();
  summary_.last = clock_.now();
  flow_.set_time(clock_.now(), clock_.held());
  PostfixLine parts;
  switch (split_postfix_line(text.substr(*stamp + 1), parts)) {
    case LineKind::postfix:
      return read_postfix(text, parts);
    case LineKind::unknown_service:
      // A delivery agent of one's own logs like Postfix's when it is started by pipe or LMTP.
      if (!parts.queue_id.empty() && parse_delivery(parts.text)) return read_postfix(text, parts);
      return unknown_service(parts.service);
    case LineKind::other_program:
      return "another program";
    case LineKind::no_program:
      return "no program name";
    case LineKind::cut:
      break;
  }
  return "cut";
}

PostfixImport::Reason PostfixImport::read_postfix(std::string_view whole, const PostfixLine& line) {
  if (line.queue_id.empty()) {
    flow_.note_session(line);
    return {};
  }
  const auto saying = classify(line.service, line.text);
  if (saying == Saying::cut) return "cut";
  if (saying == Saying::unknown) return "unknown text after a queue id";
  return flow_.note_message(whole, line, saying);
}

void PostfixImport::begin_once() {
  if (summary_.first) return;
  summary_.first = clock_.now();
  const auto start = std::chrono::floor<std::chrono::seconds>(clock_.now());
  flow_.begin(LogTime{start});
  sink_.begin({.start = start, .comments = options_.comments});
}

void PostfixImport::finish() {
  if (!summary_.first) sink_.begin({.start = {}, .comments = options_.comments});
  flow_.finish();
  if (clock_.saw_years() && summary_.year_source != YearSource::option)
    summary_.year_source = YearSource::stamps;
  summary_.whole_seconds = !clock_.saw_fractions();
  summary_.clock = clock_.faults();
  summary_.input_problem = lines_.problem();
}

}  // namespace

std::optional<LogTime> find_dated_message_id(std::string_view text) {
  constexpr std::string_view kLead = ": message-id=<";
  constexpr std::size_t kDigits = 14;
  for (auto place = text.find(kLead); place != std::string_view::npos;
       place = text.find(kLead, place + 1)) {
    const auto id = text.substr(place + kLead.size());
    const auto name = id.substr(0, id.find_first_of("@\n"));
    if (name.size() < kDigits + 2 || name[kDigits] != '.') continue;
    if (!text.substr(0, place).ends_with(name.substr(kDigits + 1))) continue;
    const auto part = [name](std::size_t from, std::size_t size) {
      unsigned value = 0;
      std::from_chars(name.data() + from, name.data() + from + size, value);
      return value;
    };
    const LogStamp stamp{.length = kDigits,
                         .year = static_cast<int>(part(0, 4)),
                         .month = part(4, 2),
                         .day = part(6, 2),
                         .of_day = std::chrono::hours{part(8, 2)},
                         .zone = Duration{},
                         .fraction = false};
    if (const auto date = resolve_in(stamp, 0, Duration{})) return date;
  }
  return std::nullopt;
}

PostfixSummary import_postfix(ByteSource& bytes, const PostfixOptions& options, TraceSink& sink) {
  return PostfixImport{bytes, options, sink}.run();
}

}  // namespace weir::experiments
