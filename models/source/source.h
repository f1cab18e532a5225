#pragma once
/// When mail arrives. A source is asked for one arrival after the other and never looks ahead, so
/// that a source of a billion messages costs no memory.
/// Add one: write models/source/<name>.cc, name it in models/source/CMakeLists.txt.

#include "models/entry.h"
#include "sim/calendar.h"
#include "sim/random.h"

namespace weir::source {

/// `count` messages that exist from `at` on. Zero means: draw it from the source's samplers.
struct Arrival {
  SimTime at = kNever;  // kNever: the source is exhausted
  std::uint64_t count = 1;
  std::uint32_t size = 0;        // bytes
  std::uint32_t recipients = 0;  // of each message
  std::uint64_t sender = 0;      // a number that is equal for equal senders
};

/// Where a source that replays a record gets its arrivals; experiments/ implements it.
class ArrivalFeed {
 public:
  virtual ~ArrivalFeed() = default;

  /// Fills `block` from the front with the next arrivals in order; fewer than asked only at the
  /// end.
  virtual std::size_t read(std::span<Arrival> block) = 0;
};

class Source {
 public:
  virtual ~Source() = default;

  /// Told once, before anything else: when the source begins, and the calendar of the run.
  virtual void prepare(SimTime begin, const Calendar& calendar) = 0;

  /// Only for sources that replay a record: where it comes from. The feed outlives the source.
  virtual void connect(ArrivalFeed&) {}

  /// Whether connect() is needed, and from which file; "" for all but replaying sources.
  virtual std::string_view feed_file() const { return {}; }

  /// The next arrival, not earlier than the one before. `draw` is keyed by its first message.
  virtual Arrival next(Draw& draw) = 0;
};

using Entry = EntryOf<Source>;

template <class Model>
constexpr Entry entry(std::string_view name, std::string_view summary) {
  return make_entry<Source, Model>(name, summary);
}

std::span<const Entry* const> catalogue();

}  // namespace weir::source
