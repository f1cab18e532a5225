#pragma once
/// What a trace file holds: one arrival a line, in order of time.
///
///     # weir-trace 1
///     # start 2026-11-22T20:34:20
///     seconds,bytes,recipients,domain,sender,kind
///     3,1141,1,fabrikam.example,alerts@contoso.example,message
///
/// Plain text, so that grep, cut and sort work on it; values that hold a comma, a quote or an outer
/// blank are quoted as in RFC 4180. `seconds` counts from `start` (UTC), with up to nine decimals.
/// A message for several domains takes one line for each, as an MTA splits it by destination.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/quantity.h"

namespace weir::experiments {

inline constexpr std::string_view kTraceVersion = "# weir-trace 1";
inline constexpr std::string_view kTraceColumns = "seconds,bytes,recipients,domain,sender,kind";

/// Where an arrival came from.
enum class TraceKind : std::uint8_t {
  message,  ///< From a sender.
  notice,   ///< Made by the relay itself (a bounce): a replay that makes its own leaves it out.
};

/// What stands above the first arrival.
struct TraceHeader {
  std::chrono::sys_seconds start;     ///< The instant that `seconds` counts from, UTC.
  std::vector<std::string> comments;  ///< For people: where the trace comes from.
};

/// One line of a trace.
struct TraceRow {
  SimTime at;
  Bytes size;
  std::uint32_t recipients = 1;
  std::string_view domain;  ///< Empty: unknown.
  std::string_view sender;  ///< Empty: the null sender `<>`.
  TraceKind kind = TraceKind::message;
};

/// What takes the lines of a trace: a TraceWriter, or a test.
class TraceSink {
 public:
  TraceSink() = default;
  TraceSink(const TraceSink&) = delete;
  TraceSink& operator=(const TraceSink&) = delete;
  virtual ~TraceSink() = default;

  /// Called once, before the first row.
  virtual void begin(const TraceHeader& header) = 0;
  virtual void write(const TraceRow& row) = 0;
};

}  // namespace weir::experiments
