/// Envelope recipients: a site that takes so many recipients of its domain in one message.
///
/// A real server accepts the first ones and defers the rest, and a sender that listens splits the
/// message. Here a message goes as a whole: one that is too large is deferred each time until it
/// expires, which is what happens to a sender that does not split.
///
/// Source: Exchange Online Protection, 200 recipients of a domain, 4.5.3; facts 2.1.

#include "models/throttle/policy.h"

namespace weir::throttle {
namespace {

class EnvelopeRecipients final : public Policy {
 public:
  struct Params {
    std::int64_t recipients = 200;

    static void describe(auto field) {
      field("recipients", &Params::recipients, "Recipients that one message may have.",
            Bounds<std::int64_t>{1, 65'535}, Source{"facts 2.1: 200 of one domain"});
    }
  };

  explicit EnvelopeRecipients(const Params& p) : params_(p) {}

  Verdict admit(const Attempt& attempt, Draw&) override {
    if (attempt.recipients <= params_.recipients) return {};
    return {.reply = Reply::too_many_recipients, .retry_at = kNever};
  }

 private:
  Params params_;
};

}  // namespace

extern const Entry envelope_recipients;
constinit const Entry envelope_recipients =
    entry<EnvelopeRecipients>("envelope-recipients", "So many recipients in one message.");

}  // namespace weir::throttle
