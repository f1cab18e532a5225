/// KumoMTA: limits and throttles of an egress path, and automation rules that change them for a
/// while.
///
/// Connections, messages a connection, messages and connections a time: each holds, so that over
/// a long time no more than min(max_message_rate, max_deliveries_per_connection x
/// max_connection_rate, ...) is sent. A rule counts the refusals that match it; once set off, it
/// overrides a setting, suspends the lane or returns its mail for `duration`, and every further
/// match renews that. tests/models/control/kumomta_test.cc checks ceilings and rules.
///
/// Source: KumoMTA 2026-08-04, kumo-api-types/src/{egress_path,shaping}.rs, throttle/src,
/// tsa-daemon/src/state.rs.
/// Left out: the seconds that an override takes to arrive, waits rounded up to whole seconds,
/// limits that the sites of a provider share, and that tenants and campaigns are suspended one by
/// one.

#include <utility>

#include "models/control/controller.h"
#include "models/control/kumo_automation.h"

namespace weir::control {
namespace {

class KumoMta final : public Controller {
 public:
  struct Params {
    std::int64_t connection_limit = 32;
    std::vector<std::int64_t> additional_connection_limits;
    std::int64_t max_deliveries_per_connection = 1'024;
    std::optional<Throttle> max_message_rate;
    std::vector<Throttle> additional_message_rates;
    std::optional<Throttle> max_connection_rate;
    std::int64_t consecutive_connection_failures_before_delay = 100;
    KumoSpan threshold_span = KumoSpan::period;
    std::vector<KumoRuleTable> rules;

    static void describe(auto field) {
      constexpr Source kSource{"KumoMTA 2026-08-04, kumo-api-types/src/egress_path.rs (facts 4.1)"};
      field("connection_limit", &Params::connection_limit, "Connections open at once.",
            kConnections, kSource);
      field("additional_connection_limits", &Params::additional_connection_limits,
            "Further limits on them, such as that of a provider.", kSource);
      field("max_deliveries_per_connection", &Params::max_deliveries_per_connection,
            "Messages sent over one connection before it is closed.", kMessagesPerConnection,
            kSource);
      field("max_message_rate", &Params::max_message_rate,
            "Messages are started no faster than this.", kSource);
      field("additional_message_rates", &Params::additional_message_rates,
            "Further limits on that, such as the source_selection_rate of a warm-up.", kSource);
      field("max_connection_rate", &Params::max_connection_rate,
            "Connections are opened no faster than this.", kSource);
      field("consecutive_connection_failures_before_delay",
            &Params::consecutive_connection_failures_before_delay,
            "When more connections than this fail in a row, all waiting mail is deferred.",
            Bounds<std::int64_t>{0, 1'000'000}, kSource);
      field("threshold_span", &Params::threshold_span,
            "Over which span a rule counts matches: the period of its trigger (\"5/hr\", as "
            "documented) or the rule's own duration (as tsa-daemon does).",
            Source{"KumoMTA 2026-08-04, shaping.toml; tsa-daemon/src/state.rs"});
      field("rules", &Params::rules, "Automation rules, in the words of a shaping file.",
            Source{"none unless set"});
    }

    static void check(const Params& p, const ParamsPlace& at) {
      for (const std::int64_t limit : p.additional_connection_limits)
        if (limit < kConnections.low || limit > kConnections.high)
          at.report("additional_connection_limits",
                    "each must lie between 1 and " + std::to_string(kConnections.high));
      for (const KumoRuleTable& rule : p.rules)
        read_kumo_rule(rule.written, at.path + ".rules", at.problems);
    }
  };

  explicit KumoMta(const Params& p)
      : params_(std::make_shared<const Params>(p)),
        messages_(limit_of(p.max_message_rate)),
        connections_(limit_of(p.max_connection_rate)),
        automation_(rules_of(p), p.threshold_span) {
    for (const Throttle& throttle : p.additional_message_rates)
      more_messages_.push_back(*limit_of(throttle));
    for (const std::int64_t limit : p.additional_connection_limits)
      least_limit_ = std::min(least_limit_, limit);
  }

  std::unique_ptr<Controller> clone() const override { return std::make_unique<KumoMta>(*this); }

  std::int64_t connection_limit(SimTime now) const override {
    return std::min(least_limit_, automation_.count(KumoOption::connection_limit,
                                                    params_->connection_limit, now));
  }

  std::int64_t messages_per_connection(SimTime now) const override {
    return automation_.count(KumoOption::max_deliveries_per_connection,
                             params_->max_deliveries_per_connection, now);
  }

  SimTime held_until() const override {
    return std::max(automation_.suspended_until(), automation_.bouncing_until());
  }

  Waiting waiting(SimTime now) const override {
    if (now < automation_.bouncing_until()) return Waiting::bounced;
    return now == delayed_at_ ? Waiting::deferred : Waiting::kept;
  }

  SimTime next_message(SimTime now) const override {
    SimTime next = automation_.next(KumoOption::max_message_rate, messages_, now);
    for (const RateLimit& limit : more_messages_) next = std::max(next, limit.next());
    return next;
  }

  SimTime next_connection(SimTime now) const override {
    return automation_.next(KumoOption::max_connection_rate, connections_, now);
  }

  void message_started(SimTime now) override {
    automation_.take(KumoOption::max_message_rate, messages_, now);
    for (RateLimit& limit : more_messages_) limit.take(now);
  }

  void connection_started(SimTime now) override {
    automation_.take(KumoOption::max_connection_rate, connections_, now);
  }

  void succeeded(SimTime, std::int64_t) override { failures_ = 0; }

  void refused(const Refusal& refusal) override {
    if (refusal.stage == Stage::connection) {
      connection_failed(refusal.now);
    } else {
      failures_ = 0;
    }
    automation_.refused(refusal.now, refusal.reply);
  }

  void unreachable(SimTime now, std::int64_t) override { connection_failed(now); }

  std::vector<Ceiling> ceilings() const override {
    const KumoMta::Params& p = *params_;
    std::vector<Ceiling> all{
        {.parameter = "connection_limit", .count = static_cast<double>(p.connection_limit)}};
    if (least_limit_ < p.connection_limit)
      all.front() = {.parameter = "additional_connection_limits",
                     .count = static_cast<double>(least_limit_)};
    if (p.max_message_rate)
      all.push_back(ceiling("max_message_rate", Ceiling::Of::messages, *p.max_message_rate));
    for (const Throttle& rate : p.additional_message_rates)
      all.push_back(ceiling("additional_message_rates", Ceiling::Of::messages, rate));
    if (p.max_connection_rate)
      all.push_back(ceiling("max_connection_rate", Ceiling::Of::connects, *p.max_connection_rate));
    return all;
  }

 private:
  static Ceiling ceiling(std::string_view parameter, Ceiling::Of of, const Throttle& throttle) {
    return {.parameter = parameter,
            .of = of,
            .count = static_cast<double>(throttle.count),
            .span = throttle.period,
            .ahead = static_cast<double>(throttle.burst())};
  }

  static std::shared_ptr<const KumoAutomation::Rules> rules_of(const Params& p) {
    auto rules = std::make_shared<KumoAutomation::Rules>();
    Problems none;  // check() has shown them
    for (const KumoRuleTable& rule : p.rules)
      rules->push_back(read_kumo_rule(rule.written, "", none));
    return rules;
  }

  void connection_failed(SimTime now) {
    const std::int64_t most =
        automation_.count(KumoOption::consecutive_connection_failures_before_delay,
                          params_->consecutive_connection_failures_before_delay, now);
    if (++failures_ > most) delayed_at_ = now;
  }

  std::shared_ptr<const Params> params_;
  std::optional<RateLimit> messages_;
  std::optional<RateLimit> connections_;
  std::vector<RateLimit> more_messages_;
  std::int64_t least_limit_ = kConnections.high;
  KumoAutomation automation_;
  std::int64_t failures_ = 0;  // of connections in a row
  SimTime delayed_at_ = SimTime::min();
};

}  // namespace

extern const Entry kumomta;
constinit const Entry kumomta = entry<KumoMta>(
    "kumomta", "Limits and throttles (GCRA) that automation rules change for a while.");

}  // namespace weir::control
