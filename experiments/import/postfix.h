#pragma once
/// Reads a Postfix log and makes a trace of what its senders handed in.
///
/// What is right here is decided by four things. Short queue ids are used again once a message is
/// gone, so a message is a queue id from its first line to `removed`. The relay's own notices are
/// messages too, but not from senders. A message arrives when smtpd or pickup takes it; who it is
/// for stands in later lines. And a log may begin, end or tear anywhere: every line is either
/// understood or counted with a reason.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/import/arrival_queue.h"
#include "experiments/import/byte_source.h"
#include "experiments/import/postfix_summary.h"
#include "experiments/trace_file/trace_row.h"

namespace weir::experiments {

/// Whether the relay's own notices stand in the trace.
enum class Notices : std::uint8_t {
  leave_out,  ///< A replay makes its own bounces.
  replay,
};

/// How to read a log.
struct PostfixOptions {
  std::optional<int> year;  ///< Of the first line, where stamps have none.
  Duration zone{};          ///< Of stamps without one, east of UTC.
  Notices notices = Notices::leave_out;
  std::size_t in_flight = 500'000;    ///< Messages in flight at once; 120 bytes each. Older go.
  ArrivalLimits arrivals;             ///< Arrivals held back at once.
  std::vector<std::string> comments;  ///< For the head of the trace.

  /// Called every 65,536 lines with their number; false ends the import with what there is.
  std::function<bool(std::uint64_t)> keep_going;
};

/// Reads `bytes` to the end and writes arrivals to `sink`, which is begun even when there are none.
/// A log that ends early (damaged gzip) is no failure: the summary says so.
PostfixSummary import_postfix(ByteSource& bytes, const PostfixOptions& options, TraceSink& sink);

/// The date in the first message id in `text` that Postfix made itself
/// (`<20261122203423.0B826A7688B@host>`, UTC; cleanup_message.c), or nothing.
std::optional<LogTime> find_dated_message_id(std::string_view text);

}  // namespace weir::experiments
