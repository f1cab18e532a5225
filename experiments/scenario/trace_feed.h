#pragma once
/// Feeds a trace file to a source that replays it.

#include <memory>
#include <string>

#include "experiments/trace_file/trace_reader.h"
#include "models/source/source.h"

namespace weir::experiments {

/// Replays the messages of a trace, in blocks, in constant memory. The relay's own notices are left
/// out: a run makes its own. Throws TraceError like the reader below it.
class TraceFeed final : public source::ArrivalFeed {
 public:
  explicit TraceFeed(const std::string& path) : reader_(path) {}

  std::size_t read(std::span<source::Arrival> block) override;

  std::chrono::sys_seconds start() const { return reader_.start(); }

 private:
  TraceReader reader_;
};

}  // namespace weir::experiments
