#pragma once
/// The two records of a run as text: the sender's log and the receiver's trace.
///
/// The sender's log has every attempt. The receiver's message trace has only those that reached its
/// transport: what an IP block or a throttle refused is not in it (S4-16, S4-53, S4-55).

#include <memory>
#include <string>

#include "experiments/record/tally.h"
#include "experiments/result/run_file.h"

namespace weir::experiments {

/// A CSV file written as NAME.part and renamed when complete; errors throw analysis::FileError.
class AttemptLog;

class AttemptLogs {
 public:
  /// A path that is empty writes no such log. `tally` hears of everything too.
  AttemptLogs(const std::string& sender_log, const std::string& receiver_trace,
              const RunFileHead& head, Tally& tally);
  ~AttemptLogs();

  /// What the world is to record to.
  Recorder& recorder() { return *recorder_; }

  /// Gives the files their names.
  void finish();

 private:
  std::unique_ptr<AttemptLog> sender_;
  std::unique_ptr<AttemptLog> receiver_;
  std::unique_ptr<Recorder> tee_;
  Recorder* recorder_;
};

}  // namespace weir::experiments
