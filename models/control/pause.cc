/// Pause: fixed limits, and after a deferral of the whole address a pause and one probing
/// connection.
///
/// The plainest sender that does not hammer a site that throttles it. A deferral that concerns the
/// message or one connection leaves the lane as it is.
///
/// Source of the defaults: Exchange Server's limits, KumoMTA's community rules (facts 2.2, 4.1).

#include "models/control/pause.h"

namespace weir::control {
namespace {

class Pause final : public Controller {
 public:
  using Params = PauseParams;

  explicit Pause(const Params& p) : p_(p) {
    if (p.message_rate) interval_ = p.message_rate->interval();
  }

  std::unique_ptr<Controller> clone() const override { return std::make_unique<Pause>(*this); }

  std::int64_t connection_limit(SimTime) const override {
    return probing_ ? 1 : p_.connection_limit;
  }
  std::int64_t messages_per_connection(SimTime) const override {
    return p_.messages_per_connection;
  }
  SimTime held_until() const override { return paused_until_; }
  SimTime next_message(SimTime) const override { return next_start_; }

  void message_started(SimTime now) override {
    if (interval_ > Duration::zero()) next_start_ = later(std::max(next_start_, now), interval_);
  }

  void succeeded(SimTime, std::int64_t) override { probing_ = false; }

  void refused(const Refusal& refusal) override {
    const ReplyInfo& reply = info(refusal.reply);
    if (reply.severity != Severity::defer || reply.concerns != Concerns::address) return;
    if (p_.pause == Duration::zero()) return;
    paused_until_ = later(refusal.now, p_.pause);
    probing_ = true;
  }

  void unreachable(SimTime, std::int64_t) override {}

  std::vector<Ceiling> ceilings() const override {
    std::vector<Ceiling> all{
        {.parameter = "connection_limit", .count = static_cast<double>(p_.connection_limit)}};
    if (p_.message_rate) all.push_back(rate_ceiling("message_rate", *p_.message_rate));
    return all;
  }

 private:
  Params p_;
  Duration interval_{};  // between two messages, or 0
  SimTime next_start_{};
  SimTime paused_until_{};
  bool probing_ = false;
};

}  // namespace

std::unique_ptr<Controller> make_pause(const PauseParams& params) {
  return std::make_unique<Pause>(params);
}

extern const Entry pause;
constinit const Entry pause = entry<Pause>(
    "pause", "Fixed limits; a pause and one probing connection after the address was deferred.");

}  // namespace weir::control
