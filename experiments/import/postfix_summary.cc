#include "experiments/import/postfix_summary.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "experiments/trace_file/trace_writer.h"

namespace weir::experiments {
namespace {

using Out = std::back_insert_iterator<std::string>;

std::string date(LogTime time) {
  return format_trace_date(std::chrono::floor<std::chrono::seconds>(time));
}

std::string_view year_note(YearSource source) {
  switch (source) {
    case YearSource::stamps:
      return "the year is in the stamps";
    case YearSource::option:
      return "the year was given";
    case YearSource::message_ids:
      return "the year is that of Postfix's own message ids";
    case YearSource::file_date:
      return "the year is that of the file's date; give another with --year";
    case YearSource::assumed:
      return "the year is not known and taken as 2000; give it with --year";
  }
  return {};
}

void line(Out out, std::string_view name, std::uint64_t count, std::string_view note = {}) {
  fmt::format_to(out, "  {:<24}{:>12}{}{}\n", name, count, note.empty() ? "" : "  ", note);
}

void line_if(Out out, std::string_view name, std::uint64_t count, std::string_view note) {
  if (count != 0) line(out, name, count, note);
}

void render_time(Out out, const PostfixSummary& s) {
  if (!s.first) return void(fmt::format_to(out, "No line has a readable time stamp.\n"));
  fmt::format_to(out, "{} to {} UTC; {}\n", date(*s.first), date(*s.last),
                 year_note(s.year_source));
  if (s.whole_seconds)
    fmt::format_to(out, "time stamps are whole seconds; equal ones keep the order of the log\n");
  if (s.clock.steps_back != 0)
    fmt::format_to(out,
                   "time steps back {} times, by up to {} s; {} arrivals held at the time "
                   "before the step\n",
                   s.clock.steps_back, s.clock.largest_step_back / std::chrono::seconds{1},
                   s.held_arrivals);
  if (s.clock.distrusted != 0)
    fmt::format_to(out,
                   "{} stamps lie over an hour from the lines around them and were not "
                   "believed\n",
                   s.clock.distrusted);
}

void render_outcomes(Out out, std::string_view title, const Outcomes& o) {
  line(out, title, o.messages);
  line(out, "  recipients", o.recipients);
  line(out, "  delivered", o.delivered);
  line(out, "  bounced", o.bounced);
  line_if(out, "  expired", o.expired, "");
  line_if(out, "  lost", o.lost, "left the queue, the log does not say how");
  line_if(out, "  unfinished", o.unfinished, "in the queue when the log ends");
  line(out, "  deferred attempts", o.deferred_attempts);
}

void render_aside(Out out, const PostfixSummary& s) {
  line_if(out, "probes", s.probes, "address verification, left out");
  line_if(out, "re-injected", s.reinjected, "by a content filter, left out");
  line_if(out, "origin unknown", s.unknown_origin, "forwarded by the relay, or older than the log");
  line_if(out, "never queued", s.never_queued, "the client went away or was refused");
  line_if(out, "refused at entry", s.refused_at_entry, "");
  line_if(out, "ids used again", s.ids_reused, "without a line that the first was removed");
  line_if(out, "evicted", s.evicted, "too many in flight at once; raise the limit");
  line_if(out, "domain unknown", s.domain_unknown, "recipients in the trace");
  line_if(out, "size unknown", s.size_unknown, "arrivals in the trace, written as 0 bytes");
}

/// The largest few of a table on one line each, the rest as one number.
template <class Map>
void render_largest(Out out, std::string_view title, const Map& counts, std::size_t shown) {
  if (counts.empty()) return;
  std::vector<std::pair<std::string_view, std::uint64_t>> all(counts.begin(), counts.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  fmt::format_to(out, "{}\n", title);
  std::uint64_t rest = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i < shown)
      line(out, all[i].first.substr(0, 23), all[i].second,
           all[i].first.size() > 23 ? all[i].first : std::string_view{});
    else
      rest += all[i].second;
  }
  line_if(out, "(further ones)", rest, "");
}

}  // namespace

std::uint64_t PostfixSummary::skipped_lines() const {
  std::uint64_t sum = 0;
  for (const auto& [reason, count] : skipped.all()) sum += count;
  return sum;
}

std::string render_summary(const PostfixSummary& s) {
  std::string text;
  const Out out{text};
  fmt::format_to(out, "{} lines read, {} understood, {} skipped\n", s.lines, s.understood,
                 s.skipped_lines());
  render_time(out, s);
  if (!s.input_problem.empty()) fmt::format_to(out, "the input ends early: {}\n", s.input_problem);
  render_outcomes(out, "messages from senders", s.senders);
  if (s.notices.messages != 0)
    line(out, "the relay's own notices", s.notices.messages,
         fmt::format("{} delivered, {} bounced", s.notices.delivered, s.notices.bounced));
  render_aside(out, s);
  if (s.senders.delivered != 0)
    fmt::format_to(out,
                   "delay of what was delivered: median {:.3g} s, 90 % {:.3g} s, 99 % {:.3g} "
                   "s, longest {:.3g} s\n",
                   s.delay_s.p50, s.delay_s.p90, s.delay_s.p99, s.delay_s.max);
  render_largest(out, "replies of remote hosts", s.replies.all(), 4);
  render_largest(out, "skipped lines", s.skipped.all(), 4);
  fmt::format_to(out, "trace: {} arrivals, {} recipients{}\n", s.trace_rows, s.trace_recipients,
                 s.interrupted ? "; interrupted: only a part of the log" : "");
  return text;
}

}  // namespace weir::experiments
