#pragma once
/// How many in the last span of a given length, exactly: what is counted at t has left at t + span.
///
/// One record of 16 bytes for each instant in the span, so memory goes with what a limit allows.

#include <vector>

#include "sim/quantity.h"

namespace weir {

class RollingCount {
 public:
  explicit RollingCount(Duration span) : span_(span) {}

  /// Drops what has left. REQUIRES, as add(): `now` never goes back.
  void roll_to(SimTime now) {
    while (oldest_ < records_.size() && leaves(records_[oldest_]) <= now)
      sum_ -= records_[oldest_++].count;
    if (2 * oldest_ < records_.size()) return;
    records_.erase(records_.begin(), records_.begin() + static_cast<std::ptrdiff_t>(oldest_));
    oldest_ = 0;
  }

  void add(SimTime now, std::int64_t count) {
    if (count == 0) return;
    sum_ += count;
    if (oldest_ < records_.size() && records_.back().at == now) {
      records_.back().count += count;
    } else {
      records_.push_back({now, count});
    }
  }

  std::int64_t sum() const { return sum_; }

  /// The first instant at which at most `most` are left if nothing is added; SimTime::min() when
  /// that is so already.
  SimTime falls_to(std::int64_t most) const {
    std::int64_t over = sum_ - most;
    SimTime when = SimTime::min();
    for (std::size_t i = oldest_; over > 0 && i < records_.size(); ++i) {
      over -= records_[i].count;
      when = leaves(records_[i]);
    }
    return when;
  }

  void clear() {
    records_.clear();
    oldest_ = 0;
    sum_ = 0;
  }

 private:
  struct Record {
    SimTime at;
    std::int64_t count;
  };

  SimTime leaves(const Record& record) const {
    return record.at > kNever - span_ ? kNever : record.at + span_;
  }

  Duration span_;
  std::vector<Record> records_;  // from `oldest_` on, the oldest first
  std::size_t oldest_ = 0;
  std::int64_t sum_ = 0;
};

}  // namespace weir
