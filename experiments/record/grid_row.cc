#include "experiments/record/grid_row.h"

namespace weir::experiments {
namespace {

constexpr auto kLanes = static_cast<std::size_t>(SeriesOf::lane);
constexpr auto kAddresses = static_cast<std::size_t>(SeriesOf::address);
constexpr auto kSites = static_cast<std::size_t>(SeriesOf::site);
constexpr auto kSources = static_cast<std::size_t>(SeriesOf::source);

}  // namespace

GridRow::GridRow(Shape shape) : shape_(std::move(shape)), held_(shape_.labels[kSources].size()) {
  for (std::size_t of = 0; of < kSeriesOf; ++of) queues_[of].resize(shape_.labels[of].size());
}

void GridRow::read(const World& world, const SeriesTally& tally) {
  read_lanes(world, tally);
  read_sources(world, tally);
}

void GridRow::read_lanes(const World& world, const SeriesTally& tally) {
  counts_[kLanes] = tally.by_lane();
  for (const std::size_t of : {kAddresses, kSites}) {
    counts_[of].assign(shape_.labels[of].size(), {});
    queues_[of].assign(shape_.labels[of].size(), 0);
  }
  for (std::size_t i = 0; i < shape_.lanes.size(); ++i) {
    const auto [address, site] = shape_.lanes[i];
    counts_[kAddresses][address].add(tally.by_lane()[i]);
    counts_[kSites][site].add(tally.by_lane()[i]);
    const auto messages = static_cast<std::int64_t>(world.lanes()[i].messages);
    queues_[kLanes][i] = messages;
    queues_[kAddresses][address] += messages;
    queues_[kSites][site] += messages;
  }
}

void GridRow::read_sources(const World& world, const SeriesTally& tally) {
  counts_[kSources] = tally.by_source();
  for (std::size_t i = 0; i < held_.size(); ++i) {
    const IntervalCounts& counts = tally.by_source()[i];
    // Notices are never held: what comes is released at once.
    held_[i] += i + 1 == held_.size() ? 0 : counts.arrived - counts.released;
    std::int64_t& queue = queues_[kSources][i];
    queue = static_cast<std::int64_t>(world.totals()[i].submitted) - held_[i];
    for (const std::uint64_t n : world.totals()[i].finished) queue -= static_cast<std::int64_t>(n);
  }
}

}  // namespace weir::experiments
