#include "models/retry/waits.h"

#include <algorithm>

namespace weir::retry {

Duration wait_after(const std::vector<Duration>& waits, std::uint32_t attempts) {
  return waits[std::min<std::size_t>(attempts, waits.size()) - 1];
}

void check_waits(const std::vector<Duration>& waits, std::string_view key, const ParamsPlace& at) {
  if (waits.empty()) at.report(key, "is empty: give at least one wait, such as [\"15 min\"]");
  for (const Duration wait : waits)
    if (wait < kWaits.low || wait > kWaits.high)
      at.report(key, "has the wait " + to_text(wait) + ": each must lie between " +
                         to_text(kWaits.low) + " and " + to_text(kWaits.high));
}

}  // namespace weir::retry
