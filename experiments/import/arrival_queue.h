#pragma once
/// Arrivals in the order in which the relay took them, held back until it is known where they go.
///
/// A message for several domains takes one row each, in alphabetical order.
///
/// A log names the recipients of a message only when each is first tried, later than its arrival.
/// A trace is ordered by arrival, so whatever came after an unsettled one waits behind it.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>

#include "experiments/import/log_stamp.h"
#include "experiments/trace_file/trace_row.h"

namespace weir::experiments {

/// Bounds on what is held back.
struct ArrivalLimits {
  std::size_t arrivals = 100'000;      ///< About 200 bytes each.
  std::size_t recipients = 1'000'000;  ///< Of messages with several; about 40 bytes each.
};

/// What the queue has written.
struct ArrivalCounts {
  std::uint64_t rows = 0;
  std::uint64_t recipients = 0;
  std::uint64_t domain_unknown = 0;
  std::uint64_t size_unknown = 0;
  std::uint64_t peak = 0;  ///< Arrivals held back at once, at most.
};

/// Holds arrivals back and writes them to a sink in order. Over a limit, the oldest is written with
/// what is known about it: the recipients not yet tried have no domain then.
class ArrivalQueue {
 public:
  ArrivalQueue(TraceSink& sink, ArrivalLimits limits) : sink_(&sink), limits_(limits) {}

  /// The oldest arrival that is held back.
  struct Oldest {
    LogTime at;
    std::uint64_t key;
  };

  /// A message arrived; returns the serial by which it is known here.
  std::uint64_t add(LogTime at, std::uint64_t key, TraceKind kind);

  // What the log says later. All ignore a serial that has been written or dropped.
  void describe(std::uint64_t serial, std::string_view sender, Bytes size,
                std::uint32_t recipients);
  void saw_recipient(std::uint64_t serial, std::string_view recipient);
  void confirm(std::uint64_t serial);  ///< It is a message, even if nothing more is known.
  void close(std::uint64_t serial);    ///< The log says nothing more about it.
  void drop(std::uint64_t serial);     ///< It was no arrival after all.

  /// Writes what is settled at the front. `start` is what seconds are counted from.
  void drain(LogTime start);

  bool empty() const { return waiting_.empty(); }
  Oldest oldest() const { return {waiting_.front().at, waiting_.front().key}; }
  const ArrivalCounts& counts() const { return counts_; }

 private:
  struct Waiting {
    LogTime at;
    std::uint64_t key = 0;
    TraceKind kind = TraceKind::message;
    bool confirmed = false;
    bool described = false;
    bool settled = false;
    bool dropped = false;
    Bytes size;
    std::uint32_t recipients = 0;  // 0: not known
    std::string sender;
    std::map<std::string, std::uint32_t> domains;  // recipients of each
    std::unordered_set<std::uint64_t> seen;        // hashes of recipients, if there are several
  };

  Waiting* find(std::uint64_t serial);
  bool over_limit() const;
  void write_front(LogTime start);
  void write_row(const Waiting& arrival, SimTime at, std::string_view domain,
                 std::uint32_t recipients);

  TraceSink* sink_;
  ArrivalLimits limits_;
  std::deque<Waiting> waiting_;
  std::uint64_t front_serial_ = 1;
  std::size_t seen_ = 0;
  ArrivalCounts counts_;
};

}  // namespace weir::experiments
