/// Session limit: a site that takes so many messages on one connection and then closes it.
///
/// A sender who knows closes first and loses nothing; to one who does not, each message that comes
/// too many is deferred and waits for its retry (the lane's messages_per_connection is the remedy).
///
/// Source: Yahoo takes 20 messages a connection, facts 3.2.

#include "models/throttle/policy.h"

namespace weir::throttle {
namespace {

class SessionLimit final : public Policy {
 public:
  struct Params {
    std::int64_t messages = 20;

    static void describe(auto field) {
      field("messages", &Params::messages, "Messages that one connection may carry.",
            Bounds<std::int64_t>{1, 1'000'000}, Source{"facts 3.2: Yahoo, 20"});
    }
  };

  explicit SessionLimit(const Params& p) : params_(p) {}

  Verdict admit(const Attempt& attempt, Draw&) override {
    if (attempt.on_connection <= params_.messages) return {};
    return {.reply = Reply::session_limit, .retry_at = attempt.now};
  }

 private:
  Params params_;
};

}  // namespace

extern const Entry session_limit;
constinit const Entry session_limit =
    entry<SessionLimit>("session-limit", "So many messages on one connection, then it is closed.");

}  // namespace weir::throttle
