#pragma once
/// Series of a single long run under a constant load, kept whole, and what they come to in the
/// steady state (analysis/estimate/steady.h).
///
/// A series is named as in the result file, KIND_FIGURE:LABEL, such as site_queue:exchange-online
/// or lane_attempted:new@exchange-online, with source_held, and source_delay in seconds, one value
/// for each message that is delivered. Without a label it is the sum over all of the kind, of
/// delays all in turn.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/grid_row.h"
#include "experiments/record/steady_figure.h"

namespace weir::experiments {

class LongSeries {
 public:
  /// Puts into words, naming what there is, why a series cannot be found, or nothing.
  static std::string problem(const std::string& name, const GridRow& row);

  /// REQUIRES: problem() finds none.
  LongSeries(std::string name, const GridRow& row);

  const std::string& name() const { return name_; }

  /// Of delays, not of points of the grid.
  bool is_delay() const { return figure_ == kDelay; }

  void take(const GridRow& row);
  void finished(const FinishRecord& record);

  std::span<const double> values() const { return values_; }

 private:
  static constexpr std::string_view kDelay = "delay";
  static constexpr std::string_view kQueue = "queue";
  static constexpr std::string_view kHeld = "held";

  struct Name;
  static Name parts_of(std::string_view name);
  std::int64_t value_of(const GridRow& row, std::size_t index) const;

  std::string name_;
  SeriesOf of_{};
  std::string figure_;
  std::int64_t IntervalCounts::*count_ = nullptr;  // none: no count
  std::optional<std::uint32_t> index_;             // none: all of the kind
  std::size_t kinds_ = 0;                          // how many there are of the kind
  std::vector<double> values_;
};

/// Passes everything on, and keeps the series.
class LongRecorder final : public Recorder {
 public:
  LongRecorder(Recorder& next, std::vector<LongSeries> series, GridRow row)
      : next_(next), series_(std::move(series)), row_(std::move(row)) {}

  void arrived(SimTime now, std::uint32_t source, std::uint64_t recipients) override {
    next_.arrived(now, source, recipients);
  }
  void released(const ReleaseRecord& record) override { next_.released(record); }
  void attempted(const AttemptRecord& record) override { next_.attempted(record); }
  void transported(const TransportRecord& record) override { next_.transported(record); }
  void finished(const FinishRecord& record) override {
    next_.finished(record);
    for (LongSeries& one : series_) one.finished(record);
  }

  /// A point of the grid.
  void take(const World& world, const SeriesTally& tally);

  /// The mean of each, and its `quantile` where one is asked for. `cycle`: points of the grid until
  /// the load repeats; 1: it does not vary.
  std::vector<SteadyFigure> figures(std::size_t cycle, std::optional<double> quantile) const;

 private:
  Recorder& next_;
  std::vector<LongSeries> series_;
  GridRow row_;
};

}  // namespace weir::experiments
