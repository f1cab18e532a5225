#include "experiments/scenario/trace_feed.h"

#include <algorithm>

namespace weir::experiments {

std::size_t TraceFeed::read(std::span<source::Arrival> block) {
  std::size_t filled = 0;
  while (filled < block.size()) {
    const auto row = reader_.next();
    if (!row) break;
    if (row->kind != TraceKind::message) continue;
    block[filled++] = {.at = row->at,
                       .count = 1,
                       .size = static_cast<std::uint32_t>(
                           std::clamp<std::int64_t>(row->size.count, 0, 0xffff'ffff)),
                       .recipients = std::min<std::uint32_t>(row->recipients, 65'535),
                       .sender = row->sender};
  }
  return filled;
}

}  // namespace weir::experiments
