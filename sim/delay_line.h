#pragma once
/// Events that are all scheduled with the same delay come in the order in which they are due: a
/// queue keeps them, and only the first of each such line competes with other events.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/prefetch.h"
#include "sim/timer.h"
#include "sim/tournament.h"

namespace weir {

struct DelayLine;
using DelayLineId = Id<DelayLine>;

/// Records in the order in which they came, in a ring that doubles.
class RecordRing {
 public:
  bool empty() const { return first_ == end_; }
  std::size_t size() const { return end_ - first_; }
  const AgendaRecord& operator[](std::size_t i) const { return ring_[(first_ + i) & mask()]; }

  void push(const AgendaRecord& record) {
    if (size() == ring_.size()) grow();
    ring_[end_++ & mask()] = record;
  }

  void drop_first() { ++first_; }

  /// Has the memory of the i-th on its way.
  void fetch(std::size_t i) const { prefetch(&(*this)[i]); }

  template <class Keeps>
  void keep_if(const Keeps& keeps) {
    std::size_t kept = first_;
    for (std::size_t i = first_; i != end_; ++i)
      if (keeps(ring_[i & mask()])) ring_[kept++ & mask()] = ring_[i & mask()];
    end_ = kept;
  }

 private:
  std::size_t mask() const { return ring_.size() - 1; }

  void grow() {
    std::vector<AgendaRecord> larger(std::max<std::size_t>(16, 2 * ring_.size()));
    for (std::size_t i = 0; i < size(); ++i) larger[i] = (*this)[i];
    end_ = size();
    first_ = 0;
    ring_.swap(larger);
  }

  std::vector<AgendaRecord> ring_;  // a power of two, or none
  std::size_t first_ = 0;
  std::size_t end_ = 0;
};

class DelayLines {
 public:
  static constexpr std::size_t kMost = Tournament::kMost;

  std::size_t size() const { return lines_.size(); }

  DelayLineId add(Duration delay) {
    lines_.push_back({delay, {}});
    return {static_cast<std::uint32_t>(lines_.size() - 1), 0};
  }
  Duration delay(DelayLineId line) const { return lines_[line.index].delay; }

  /// REQUIRES: `record.when` is not before what was pushed into the line so far; `number` is the
  /// order of scheduling.
  void push(DelayLineId line, const AgendaRecord& record, std::uint64_t number) {
    RecordRing& records = lines_[line.index].records;
    if (records.empty()) heads_.push({record.when, {line.index, 0}}, number);
    records.push(record);
  }

  /// The first of all lines, or kNoRecord.
  AgendaRecord first() {
    const AgendaRecord head = heads_.first();
    return head.when == kNever ? kNoRecord : lines_[head.timer.index].records[0];
  }

  /// Of that first. REQUIRES: there is one, and first() was just asked.
  std::uint64_t first_number() const { return heads_.first_order(); }

  /// Drops the first, and what follows it in its line and is not held by `slots` any more; returns
  /// how many those were. REQUIRES: first() was just asked, and is a record.
  template <class Slots, class Ahead>
  std::size_t drop_first(const Slots& slots, const Ahead& ahead) {
    const std::uint32_t line = heads_.first().timer.index;
    RecordRing& records = lines_[line].records;
    heads_.drop_first();
    records.drop_first();
    std::size_t dead = 0;
    for (; !records.empty() && !slots.holds(records[0].timer); ++dead) records.drop_first();
    if (records.empty()) return dead;
    heads_.push({records[0].when, {line, 0}}, slots.number(records[0].timer));
    if (ahead.is_wanted()) look_ahead(records, ahead);
    return dead;
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const Line& line : lines_)
      for (std::size_t i = 0; i < line.records.size(); ++i) visit(line.records[i]);
  }

  /// Keeps those that `slots` holds. O(size).
  template <class Slots>
  void sweep(const Slots& slots) {
    heads_.clear();
    for (std::uint32_t line = 0; line < lines_.size(); ++line) {
      RecordRing& records = lines_[line].records;
      records.keep_if([&](const AgendaRecord& record) { return slots.holds(record.timer); });
      if (!records.empty())
        heads_.push({records[0].when, {line, 0}}, slots.number(records[0].timer));
    }
  }

 private:
  struct Line {
    Duration delay;
    RecordRing records;
  };
  static constexpr std::size_t kFarthest = 16;  // records of a line; others come in between
  static constexpr std::size_t kFar = 8;
  static constexpr std::size_t kNear = 4;

  template <class Ahead>
  static void look_ahead(const RecordRing& records, const Ahead& ahead) {
    if (records.size() <= kFar) return;
    records.fetch(kFarthest);
    ahead.far(records[kFar]);
    ahead.near(records[kNear]);
  }

  std::vector<Line> lines_;
  Tournament heads_;  // of the lines that have records; their timers name the line
};

}  // namespace weir
