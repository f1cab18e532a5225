#pragma once
/// Stopping on request: the first SIGINT or SIGTERM asks, the second ends the process at once.

namespace weir::experiments {

/// From here on the two signals set one flag; SIGPIPE and SIGXFSZ become errors of the write.
void watch_signals();

/// Whether somebody asked to stop. Safe in any thread.
bool stop_requested();

}  // namespace weir::experiments
