#pragma once
/// What an import of a Postfix log found, and how it is told to people.

#include <cstdint>
#include <optional>
#include <string>

#include "experiments/import/counted_names.h"
#include "experiments/import/log_stamp.h"

namespace weir::experiments {

/// Where the year of the first line comes from.
enum class YearSource : std::uint8_t {
  stamps,       ///< The stamps name it.
  option,       ///< The caller said so.
  message_ids,  ///< Message ids that Postfix made itself carry a date.
  file_date,    ///< The last year in which the first line is older than the file.
  assumed,      ///< Nothing tells: taken as 2000.
};

/// How recipients of one class of messages ended. They add up: recipients = delivered + bounced +
/// expired + lost + unfinished.
struct Outcomes {
  std::uint64_t messages = 0;
  std::uint64_t recipients = 0;
  std::uint64_t delivered = 0;
  std::uint64_t bounced = 0;
  std::uint64_t expired = 0;
  std::uint64_t lost = 0;        ///< Left the queue (or our table) and the log does not say how.
  std::uint64_t unfinished = 0;  ///< Still in the queue when the log ends.
  std::uint64_t deferred_attempts = 0;
};

/// What one next hop answered, in attempts.
struct RelayCounts {
  std::uint64_t sent = 0;
  std::uint64_t deferred = 0;
  std::uint64_t bounced = 0;
};

/// Quantiles of `delay=` over delivered recipients of senders' messages, to 1 %; in seconds.
struct DelayQuantiles {
  double p50 = 0;
  double p90 = 0;
  double p99 = 0;
  double max = 0;
};

/// The result of import_postfix. Lines: lines = understood + the sum of skipped.
struct PostfixSummary {
  std::uint64_t lines = 0;
  std::uint64_t understood = 0;
  CountedNames<std::uint64_t> skipped{64};  ///< Lines not understood, by reason.

  Outcomes senders;  ///< Messages taken from senders: by smtpd, qmqpd or pickup.
  Outcomes notices;  ///< Notices that the relay made itself (non-delivery, delay).

  std::uint64_t probes = 0;          ///< Address verification probes.
  std::uint64_t reinjected = 0;      ///< Handed back by a content filter: counted once, at entry.
  std::uint64_t unknown_origin = 0;  ///< Queued, but the log does not show who handed them in.
  std::uint64_t never_queued = 0;    ///< Began with client= and were never taken.
  std::uint64_t refused_at_entry = 0;
  std::uint64_t host_refusals = 0;  ///< Refusals by a host after which another could be tried.
  std::uint64_t ids_reused = 0;     ///< Ids used again although no "removed" was seen.
  std::uint64_t evicted = 0;        ///< Messages forgotten because too many were in flight.

  std::uint64_t trace_rows = 0;
  std::uint64_t trace_recipients = 0;
  std::uint64_t domain_unknown = 0;  ///< Recipients in the trace without a domain.
  std::uint64_t size_unknown = 0;    ///< Rows in the trace with size 0, since none was logged.

  std::optional<LogTime> first;
  std::optional<LogTime> last;
  YearSource year_source = YearSource::assumed;
  bool whole_seconds = true;  ///< No stamp was finer.
  ClockFaults clock;
  std::uint64_t held_arrivals = 0;  ///< Arrivals moved to the latest time seen before them.

  CountedNames<RelayCounts> relays{256};     ///< All attempts, notices included.
  CountedNames<std::uint64_t> replies{256};  ///< Of remote hosts, by code: "451 4.7.500".
  DelayQuantiles delay_s;

  std::uint64_t peak_in_flight = 0;  ///< Entries of the message table, at most.
  std::uint64_t peak_waiting = 0;    ///< Arrivals not yet written, at most.
  std::string input_problem;         ///< Why the input ended early, or empty.
  bool interrupted = false;          ///< Stopped by the caller; all of the above is of that part.

  std::uint64_t skipped_lines() const;
};

/// The summary as text of at most 40 lines.
std::string render_summary(const PostfixSummary& summary);

}  // namespace weir::experiments
