/// Transport enforcement: Exchange Online slows down, then blocks, servers that nobody maintains.
///
/// It concerns mail over a connector of the organization type from a server whose version is no
/// longer supported ([address.NAME] outdated = true). First it only reports; then, stage by stage,
/// some minutes of each hour are closed: first they defer, later they reject, in the end all of
/// them do. The administrator may pause it for up to 90 days a year.
/// The replies, the report-only month and the end are published; what each stage in between takes
/// is not known for certain and is a parameter.
///
/// Assumption: the rejecting minutes are the first of each hour, the deferring ones follow.
/// Source: facts 2.3 (450 4.7.230, 550 5.7.230).

#include <algorithm>

#include "models/throttle/policy.h"

namespace weir::throttle {
namespace {

class TransportEnforcement final : public Policy {
 public:
  struct Params {
    Duration elapsed{0h};
    Duration report_only{720h};
    Duration pause{0h};
    Duration stage{240h};
    std::vector<Duration> throttled{5min, 10min, 20min, 20min, 20min, 10min};
    std::vector<Duration> blocked{0min, 0min, 0min, 10min, 20min, 50min, 60min};

    static void describe(auto field) {
      field("elapsed", &Params::elapsed,
            "How long the server has been known as outdated when the run begins.");
      field("report_only", &Params::report_only, "Time in which nothing is refused.",
            Source{"facts 2.3: about 30 days"});
      field("pause", &Params::pause, "By how much the administrator puts the stages off.",
            Bounds<Duration>{0h, 2160h}, Source{"facts 2.3: at most 90 days a year"});
      field("stage", &Params::stage, "Length of each stage after that.",
            Bounds<Duration>{1h, 8760h}, Source{"facts 2.3: about 10 days"});
      field("throttled", &Params::throttled,
            "Minutes of each hour that defer, by stage; none after the last.",
            Source{"assumption: growing up to the full block at about day 90; facts 2.3"});
      field("blocked", &Params::blocked,
            "Minutes of each hour that reject, by stage; the last goes on.",
            Source{"assumption: growing up to the full block at about day 90; facts 2.3"});
    }

    static void check(const Params& p, const ParamsPlace& at) {
      for (std::size_t i = 0; i < std::max(p.throttled.size(), p.blocked.size()); ++i)
        if (minutes(p.throttled, i, 0h) + minutes(p.blocked, i, 0h) > 1h)
          at.report(i < p.blocked.size() ? "blocked" : "throttled",
                    "an hour has 60 minutes: stage " + std::to_string(i + 1) + " closes more");
    }
  };

  explicit TransportEnforcement(Params p) : params_(std::move(p)) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    for (const AddressInfo& info : addresses) outdated_.push_back(info.outdated);
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    if (!outdated_[attempt.address] || !attempt.exempt) return {};
    const Duration known = attempt.now.time_since_epoch() + params_.elapsed;
    const Duration since = known - params_.report_only - params_.pause;
    if (since < 0h) return {};
    const auto stage = static_cast<std::size_t>(since / params_.stage);
    const Duration last = params_.blocked.empty() ? 0h : params_.blocked.back();
    const Duration blocked = minutes(params_.blocked, stage, last);
    const Duration closed = blocked + minutes(params_.throttled, stage, 0h);
    const Duration in_hour = attempt.now.time_since_epoch() % 1h;
    if (in_hour < blocked) return {.reply = Reply::enforcement_blocked};
    if (in_hour >= closed) return {};
    return {.reply = Reply::enforcement_throttled, .retry_at = attempt.now + (closed - in_hour)};
  }

 private:
  static Duration minutes(const std::vector<Duration>& stages, std::size_t at, Duration after) {
    return at < stages.size() ? stages[at] : after;
  }

  Params params_;
  std::vector<bool> outdated_;  // of each address
};

}  // namespace

extern const Entry transport_enforcement;
constinit const Entry transport_enforcement = entry<TransportEnforcement>(
    "transport-enforcement", "Defers, then rejects, some minutes of each hour of old servers.");

}  // namespace weir::throttle
