/// Exchange Server: connections for each domain, and a queue that is retried as a whole.
///
/// When as many connections fail in a row as are under way, the queue waits: a few times a minute,
/// a few times five, then ten (Exchange's glitch, transient and outbound connection failure
/// intervals). The first connection that stands starts the count afresh. A refusal of a message is
/// the retry schedule's affair.
///
/// Source: Exchange Server documentation, message-intervals.md (2021-04-20), message-rate-limits.md
/// (facts 2.2); Microsoft's own advice for hybrid senders is connection_limit = 40.
/// Left out: MaxOutboundConnections (1,000 over all domains), 10 min of inactivity.

#include "models/control/controller.h"
#include "models/control/limit.h"

namespace weir::control {
namespace {

class ExchangeServer final : public Controller {
 public:
  struct Params {
    std::int64_t connection_limit = 20;
    std::int64_t messages_per_connection = 20;
    std::optional<Rate<Connection>> connection_rate{{1'200, 1min}};
    std::int64_t glitch_retries = 4;
    Duration glitch_interval{1min};
    std::int64_t transient_retries = 6;
    Duration transient_interval{5min};
    Duration failure_interval{10min};

    static void describe(auto field) {
      constexpr Source kIntervals{"Exchange Server, message-intervals.md (2021-04-20), facts 2.2"};
      constexpr Source kLimits{"Exchange Server, message-rate-limits.md, facts 2.2"};
      constexpr Bounds<std::int64_t> kCounts{0, 1'000};
      field("connection_limit", &Params::connection_limit,
            "Connections open at once (MaxPerDomainOutboundConnections).", kConnections, kLimits);
      field("messages_per_connection", &Params::messages_per_connection,
            "Messages sent over one connection before it is closed (SmtpMaxMessagesPerConnection).",
            kMessagesPerConnection, kLimits);
      field("connection_rate", &Params::connection_rate,
            "Connections are opened no faster than this (MaxConnectionRatePerMinute).", kLimits);
      field("glitch_retries", &Params::glitch_retries,
            "How often the queue is retried at glitch_interval (QueueGlitchRetryCount).", kCounts,
            kIntervals);
      field("glitch_interval", &Params::glitch_interval,
            "Wait before each of the first retries (QueueGlitchRetryInterval).", kPauses,
            kIntervals);
      field("transient_retries", &Params::transient_retries,
            "How often it is then retried at transient_interval (TransientFailureRetryCount).",
            kCounts, kIntervals);
      field("transient_interval", &Params::transient_interval,
            "Wait before each of those (TransientFailureRetryInterval).", kPauses, kIntervals);
      field("failure_interval", &Params::failure_interval,
            "Wait before all later retries (OutboundConnectionFailureRetryInterval).", kPauses,
            kIntervals);
    }
  };

  explicit ExchangeServer(const Params& p) : p_(p) {
    if (p.connection_rate) connections_.emplace(p.connection_rate->interval(), 1);
  }

  std::unique_ptr<Controller> clone() const override {
    return std::make_unique<ExchangeServer>(*this);
  }

  std::int64_t connection_limit(SimTime) const override { return p_.connection_limit; }
  std::int64_t messages_per_connection(SimTime) const override {
    return p_.messages_per_connection;
  }
  SimTime held_until() const override { return retry_at_; }
  SimTime next_connection(SimTime) const override {
    return connections_ ? connections_->next() : SimTime::min();
  }

  void connection_started(SimTime now) override {
    if (connections_) connections_->take(now);
  }

  void succeeded(SimTime, std::int64_t) override { connected(); }

  void refused(const Refusal& refusal) override {
    if (refusal.stage == Stage::connection) {
      unreachable(refusal.now, refusal.busy);
    } else {
      connected();
    }
  }

  std::vector<Ceiling> ceilings() const override {
    std::vector<Ceiling> all{
        {.parameter = "connection_limit", .count = static_cast<double>(p_.connection_limit)}};
    if (p_.connection_rate) all.push_back(rate_ceiling("connection_rate", *p_.connection_rate));
    return all;
  }

  void unreachable(SimTime now, std::int64_t busy) override {
    if (now < retry_at_) return;  // one of those that were under way when the queue stopped
    if (++failures_ >= busy) retry_at_ = later(now, wait(waits_++));
  }

 private:
  void connected() { failures_ = waits_ = 0; }

  /// The wait after `earlier` others.
  Duration wait(std::int64_t earlier) const {
    if (earlier < p_.glitch_retries) return p_.glitch_interval;
    if (earlier < p_.glitch_retries + p_.transient_retries) return p_.transient_interval;
    return p_.failure_interval;
  }

  Params p_;
  std::optional<RateLimit> connections_;
  std::int64_t failures_ = 0;  // of connections in a row: as many as are under way, and none stands
  std::int64_t waits_ = 0;     // since a connection stood
  SimTime retry_at_ = SimTime::min();
};

}  // namespace

extern const Entry exchange_server;
constinit const Entry exchange_server = entry<ExchangeServer>(
    "exchange-server", "Connections for each domain; a queue that waits as a whole, ever longer.");

}  // namespace weir::control
