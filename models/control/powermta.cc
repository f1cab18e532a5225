/// PowerMTA: limits, a queue that is retried as a whole, and back-off mode.
///
/// When as many connections fail in a row as are under way, the queue waits retry_after. A reply
/// that matches a pattern puts it into back-off mode: it waits backoff_retry_after, which from then
/// on takes the place of retry_after as backoff_max_msg_rate does of max_msg_rate. A further match
/// makes it wait again. It goes back to normal after a time, after a delivery, or never.
///
/// Source: the help texts of its directives, as mirrored in public (facts 4.1).
/// Left out: max-cold-virtual-mta-msg and rerouting to other addresses, patterns that disable an
/// address or bounce a queue, and that rates count recipients; that rates are kept at even
/// distances is an assumption.

#include "models/control/controller.h"
#include "models/control/limit.h"
#include "models/control/reply_set.h"

namespace weir::control {
namespace {

class PowerMta final : public Controller {
 public:
  struct Params {
    std::int64_t max_smtp_out = 20;
    std::int64_t max_msg_per_connection = 0;
    std::optional<Rate<Message>> max_msg_rate;
    std::optional<Rate<Connection>> max_connect_rate;
    Duration retry_after{10min};
    std::vector<std::string> backoff_patterns;
    std::optional<Rate<Message>> backoff_max_msg_rate;
    Duration backoff_retry_after{1h};
    std::optional<Duration> backoff_to_normal_after;
    bool backoff_to_normal_after_delivery = false;

    static void describe(auto field) {
      constexpr Source kSource{"PowerMTA directive help, as mirrored in public (facts 4.1)"};
      field("max_smtp_out", &Params::max_smtp_out, "Connections open at once (max-smtp-out).",
            kConnections, kSource);
      field("max_msg_per_connection", &Params::max_msg_per_connection,
            "Messages sent over one connection before it is closed; 0: no limit "
            "(max-msg-per-connection).",
            Bounds<std::int64_t>{0, kMessagesPerConnection.high}, kSource);
      field("max_msg_rate", &Params::max_msg_rate,
            "Messages are started no faster than this (max-msg-rate).", kSource);
      field("max_connect_rate", &Params::max_connect_rate,
            "Connections are opened no faster than this (max-connect-rate).", kSource);
      field("retry_after", &Params::retry_after,
            "Wait of the queue when no connection comes about (retry-after).", kPauses, kSource);
      field("backoff_patterns", &Params::backoff_patterns,
            "Regular expressions: a refusal whose code and text match one starts back-off mode "
            "(smtp-pattern-list, mode=backoff).",
            kSource);
      field("backoff_max_msg_rate", &Params::backoff_max_msg_rate,
            "The rate of messages in back-off mode; none: max_msg_rate (backoff-max-msg-rate).",
            kSource);
      field("backoff_retry_after", &Params::backoff_retry_after,
            "Wait of the queue in back-off mode (backoff-retry-after).", kPauses, kSource);
      field("backoff_to_normal_after", &Params::backoff_to_normal_after,
            "Back-off mode ends after this time; none: not by itself (backoff-to-normal-after).",
            kSource);
      field("backoff_to_normal_after_delivery", &Params::backoff_to_normal_after_delivery,
            "Whether an accepted message ends it (backoff-to-normal-after-delivery).", kSource);
    }

    static void check(const Params& p, const ParamsPlace& at) {
      patterns(p, at.path, at.table, at.problems);
    }

    static ReplySet patterns(const Params& p, const std::string& path, const Setting& table,
                             Problems& problems) {
      ReplySet set;
      const Setting* given = table.find("backoff_patterns");
      for (const std::string& pattern : p.backoff_patterns)
        set |= refusals_matching(pattern, given != nullptr ? given->place : Place{},
                                 path + ".backoff_patterns", problems);
      return set;
    }
  };

  explicit PowerMta(const Params& p)
      : message_rate_(p.max_msg_rate),
        connection_rate_(p.max_connect_rate),
        normal_(mode(p.max_msg_rate, p.retry_after)),
        backoff_(mode(p.backoff_max_msg_rate ? p.backoff_max_msg_rate : p.max_msg_rate,
                      p.backoff_retry_after)),
        limit_(p.max_smtp_out),
        per_connection_(p.max_msg_per_connection == 0 ? kMessagesPerConnection.high
                                                      : p.max_msg_per_connection),
        to_normal_after_(p.backoff_to_normal_after),
        to_normal_after_delivery_(p.backoff_to_normal_after_delivery) {
    Problems none;  // check() has shown them
    patterns_ = Params::patterns(p, "", make_table(), none);
    if (p.max_connect_rate) connections_.emplace(p.max_connect_rate->interval(), 1);
  }

  std::unique_ptr<Controller> clone() const override { return std::make_unique<PowerMta>(*this); }

  std::int64_t connection_limit(SimTime) const override { return limit_; }
  std::int64_t messages_per_connection(SimTime) const override { return per_connection_; }
  SimTime held_until() const override { return retry_at_; }

  SimTime next_message(SimTime now) const override {
    const SimTime normal = normal_.rate ? normal_.rate->next() : SimTime::min();
    if (now >= backoff_until_) return normal;
    const SimTime slow = backoff_.rate ? backoff_.rate->next() : SimTime::min();
    return std::min(slow, std::max(normal, backoff_until_));
  }

  SimTime next_connection(SimTime) const override {
    return connections_ ? connections_->next() : SimTime::min();
  }

  void message_started(SimTime now) override {
    Mode& mode = now < backoff_until_ ? backoff_ : normal_;
    if (mode.rate) mode.rate->take(now);
  }

  void connection_started(SimTime now) override {
    if (connections_) connections_->take(now);
  }

  void succeeded(SimTime now, std::int64_t) override {
    failures_ = 0;
    if (to_normal_after_delivery_) backoff_until_ = std::min(backoff_until_, now);
  }

  void refused(const Refusal& refusal) override {
    if (refusal.stage == Stage::transaction) failures_ = 0;
    if (patterns_.test(static_cast<std::size_t>(refusal.reply))) {
      back_off(refusal.now);
    } else if (refusal.stage == Stage::connection) {
      unreachable(refusal.now, refusal.busy);
    }
  }

  std::vector<Ceiling> ceilings() const override {
    std::vector<Ceiling> all{{.parameter = "max_smtp_out", .count = static_cast<double>(limit_)}};
    if (message_rate_) all.push_back(rate_ceiling("max_msg_rate", *message_rate_));
    if (connection_rate_) all.push_back(rate_ceiling("max_connect_rate", *connection_rate_));
    return all;
  }

  void unreachable(SimTime now, std::int64_t busy) override {
    if (now < retry_at_) return;  // one of those that were under way when the queue stopped
    if (++failures_ >= busy) retry_later(now);
  }

 private:
  /// What differs between normal and back-off mode.
  struct Mode {
    std::optional<RateLimit> rate;
    Duration retry_after{};
  };

  static Mode mode(const std::optional<Rate<Message>>& rate, Duration retry_after) {
    return {rate ? std::optional(RateLimit(rate->interval(), 1)) : std::nullopt, retry_after};
  }

  void back_off(SimTime now) {
    backoff_until_ = to_normal_after_ ? later(now, *to_normal_after_) : kNever;
    retry_later(now);
  }

  void retry_later(SimTime now) {
    const Mode& mode = now < backoff_until_ ? backoff_ : normal_;
    retry_at_ = later(now, mode.retry_after);
  }

  std::optional<Rate<Message>> message_rate_;
  std::optional<Rate<Connection>> connection_rate_;
  Mode normal_;
  Mode backoff_;
  std::optional<RateLimit> connections_;
  std::int64_t limit_;
  std::int64_t per_connection_;
  ReplySet patterns_;
  std::optional<Duration> to_normal_after_;
  bool to_normal_after_delivery_;
  std::int64_t failures_ = 0;               // of connections in a row
  SimTime backoff_until_ = SimTime::min();  // back-off mode until then
  SimTime retry_at_ = SimTime::min();
};

}  // namespace

extern const Entry powermta;
constinit const Entry powermta = entry<PowerMta>(
    "powermta", "Limits; a queue that waits as a whole; back-off mode after replies that match.");

}  // namespace weir::control
