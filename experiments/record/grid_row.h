#pragma once
/// One point of the scenario's grid: what was counted since the last one, and what is in flight, of
/// every lane, address, site and source. A site is a hop's: several that stand in for each other
/// count as one.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/record/series.h"
#include "models/delivery/world.h"

namespace weir::experiments {

/// What a series may be of; the last source is the notices.
enum class SeriesOf : std::uint8_t { lane, address, site, source };
inline constexpr std::size_t kSeriesOf = 4;
inline constexpr std::array<std::string_view, kSeriesOf> kSeriesOfNames{"lane", "address", "site",
                                                                        "source"};

class GridRow {
 public:
  /// What each of the series of one kind is called, and (address, site) of every lane.
  struct Shape {
    std::array<std::vector<std::string>, kSeriesOf> labels;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> lanes;
  };

  explicit GridRow(Shape shape);

  const std::vector<std::string>& labels(SeriesOf of) const {
    return shape_.labels[static_cast<std::size_t>(of)];
  }

  /// Reads the point at hand. REQUIRES: every point is read, in order.
  void read(const World& world, const SeriesTally& tally);

  const std::vector<IntervalCounts>& counts(SeriesOf of) const {
    return counts_[static_cast<std::size_t>(of)];
  }

  /// In flight: messages, of sources recipients.
  const std::vector<std::int64_t>& queue(SeriesOf of) const {
    return queues_[static_cast<std::size_t>(of)];
  }

  /// Recipients held by plans, by source.
  const std::vector<std::int64_t>& held() const { return held_; }

 private:
  void read_lanes(const World& world, const SeriesTally& tally);
  void read_sources(const World& world, const SeriesTally& tally);

  Shape shape_;
  std::array<std::vector<IntervalCounts>, kSeriesOf> counts_;
  std::array<std::vector<std::int64_t>, kSeriesOf> queues_;
  std::vector<std::int64_t> held_;
};

}  // namespace weir::experiments
