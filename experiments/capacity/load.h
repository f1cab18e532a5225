#pragma once
/// How much mail the sources of a scenario submit and when, by reading them through without a run.

#include <cstdint>
#include <vector>

#include "models/delivery/config.h"

namespace weir::experiments {

/// Messages in equal spans from the start of the run to its horizon.
struct Profile {
  Duration span{1h};
  std::vector<double> messages;

  double total() const;

  /// Most messages in any `whole` spans in a row that fit in `length`; at least one span.
  double busiest(Duration length) const;
};

struct SourceLoad {
  std::uint64_t messages = 0;  // within the horizon
  double recipients = 1.0;     // of a message, mean
  double bytes = 0.0;          // of a message, mean
  Profile profile;             // as they are submitted
  Duration last{};             // the last of them
};

/// One for each source. Its messages are those that a run with the same key would see; means are
/// taken over the first 20,000. Of more than 5,000,000 arrivals the rest are taken to come at the
/// rate of those. Uses up the sources of `config`.
std::vector<SourceLoad> read_loads(WorldConfig& config);

/// Recipients that the plan of one address lets go in a span of the run, nothing cut or held.
double plan_volume(const plan::Pacer& pacer, Duration begin, Duration span);

}  // namespace weir::experiments
