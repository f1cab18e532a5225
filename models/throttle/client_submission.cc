/// Client submission: the door by which programs and devices hand mail to a mailbox service.
///
/// It takes mail from clients that come to the right port, begin TLS and log in as a user who has a
/// mailbox, and only in the name of that user. A mailbox may hold so many connections open, reach
/// so many recipients in 24 hours, and send so many messages a minute. What exceeds the rate is, by
/// one of Microsoft's two descriptions, carried over to the following minutes: the reply is slow.
/// By the other it is refused. The first is the default.
///
/// Clients are the scenario's addresses; several that log in as one user share its limits, and a
/// relay through which all of a house's mail leaves is one of them (S1-02). Minutes are counted
/// from the start of the run.
/// Bound: at most the rate in each minute, in the order of arrival
/// (tests/models/throttle/client_submission_test.cc).
/// Source: S1-03, S1-04, S1-13; facts 2.1. Left out: what becomes of the message afterwards.

#include <algorithm>

#include "models/rolling_count.h"
#include "models/throttle/policy.h"
#include "sim/check.h"

namespace weir::throttle {

/// What becomes of messages beyond the rate.
enum class OverRate : std::uint8_t { delay, reject };

constexpr std::array<EnumWord<OverRate>, 2> words_of(OverRate) {
  return {{{OverRate::delay, "delay"}, {OverRate::reject, "reject"}}};
}

namespace {

class ClientSubmission final : public Policy {
 public:
  struct Params {
    std::vector<std::int64_t> ports{587};
    Rate<Message> rate{30, 1min};
    OverRate over_rate = OverRate::delay;
    std::int64_t connections = 3;
    Rate<Recipient> recipients{10'000, 24h};
    std::int64_t recipients_a_message = 500;

    static void describe(auto field) {
      field("ports", &Params::ports, "Ports at which clients may log in.",
            Source{"S1-04; facts 2.3 knows 25 besides"});
      field("rate", &Params::rate, "Messages of a mailbox in each period, such as a minute.",
            Source{"facts 2.1: 30/min"});
      field("over_rate", &Params::over_rate,
            "Whether more are delayed into the next periods or refused.",
            Source{"facts 2.1: two statements; the newer page says carried over"});
      field("connections", &Params::connections, "Open connections of a mailbox.",
            Bounds<std::int64_t>{1, 1'000'000}, Source{"facts 2.1: 3"});
      field("recipients", &Params::recipients, "Recipients of a mailbox in any span.",
            Source{"facts 2.1: 10,000 in 24 hours"});
      field("recipients_a_message", &Params::recipients_a_message, "Recipients of one message.",
            Bounds<std::int64_t>{1, 65'535}, Source{"facts 2.1: 500, at most 1,000"});
    }
  };

  explicit ClientSubmission(Params p) : params_(std::move(p)) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    for (const AddressInfo& info : addresses) {
      clients_.push_back({check(info), info.user});
      if (info.user != AddressInfo::kNobody)
        boxes_.resize(std::max<std::size_t>(boxes_.size(), info.user + 1U),
                      Box(params_.recipients.period));
    }
  }

  Verdict connect(SimTime now, std::uint32_t address) override {
    Box* box = box_of(address);
    if (box == nullptr) return {};
    if (box->open >= params_.connections)
      return {.reply = Reply::submission_connections, .retry_at = now};
    ++box->open;
    return {};
  }

  void disconnected(SimTime, std::uint32_t address) override {
    Box* box = box_of(address);
    if (box == nullptr) return;
    WEIR_CHECK(box->open > 0, "a connection was closed that was not open");
    --box->open;
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    const Client& client = clients_[attempt.address];
    if (client.refusal != Reply::accepted) return {.reply = client.refusal};
    if (attempt.recipients > params_.recipients_a_message) return {.reply = Reply::recipient_limit};
    Box& box = boxes_[client.user];
    box.recipients.roll_to(attempt.now);
    if (box.recipients.sum() + attempt.recipients > params_.recipients.count)
      return {.reply = Reply::submission_quota};
    const SimTime turn = begin_of(next_period(box, attempt.now));
    if (turn <= attempt.now) return {};
    if (params_.over_rate == OverRate::reject)
      return {.reply = Reply::submission_rate, .retry_at = turn};
    return {.slow_by = turn - attempt.now};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    Box& box = boxes_[clients_[attempt.address].user];
    box.recipients.add(attempt.now, recipients);
    const std::int64_t period = next_period(box, attempt.now);
    if (period != box.period) box.messages = 0;
    box.period = period;
    ++box.messages;
  }

  /// By address, whose user's limits they are; several addresses of a user share them.
  std::vector<Ceiling> ceilings() const override {
    const auto rate = static_cast<double>(params_.rate.count);
    const auto recipients = static_cast<double>(params_.recipients.count);
    return {{.parameter = "rate",
             .of = Ceiling::Of::messages,
             .count = rate,
             .span = params_.rate.period,
             .ahead = rate},
            {.parameter = "recipients",
             .count = recipients,
             .span = params_.recipients.period,
             .ahead = recipients},
            {.parameter = "connections",
             .of = Ceiling::Of::connections,
             .count = static_cast<double>(params_.connections)}};
  }

 private:
  struct Client {
    Reply refusal;  // of all it hands over, whatever that is
    std::uint32_t user;
  };
  struct Box {
    explicit Box(Duration span) : recipients(span) {}

    RollingCount recipients;
    std::int64_t open = 0;      // connections
    std::int64_t period = -1;   // the last one that was given messages
    std::int64_t messages = 0;  // in it
  };

  Reply check(const AddressInfo& info) const {
    const bool at_port = std::ranges::find(params_.ports, info.port) != params_.ports.end();
    if (!at_port || !info.tls || info.user == AddressInfo::kNobody) return Reply::not_authenticated;
    if (!info.mailbox) return Reply::authentication_failed;
    return info.may_send_as ? Reply::accepted : Reply::send_as_denied;
  }

  Box* box_of(std::uint32_t address) {
    const std::uint32_t user = clients_[address].user;
    return user == AddressInfo::kNobody ? nullptr : &boxes_[user];
  }

  /// The first period, from the present one on, that has room for one message more.
  std::int64_t next_period(const Box& box, SimTime now) const {
    const std::int64_t present = now.time_since_epoch() / params_.rate.period;
    if (box.period < present) return present;
    return box.messages < params_.rate.count ? box.period : box.period + 1;
  }

  SimTime begin_of(std::int64_t period) const { return SimTime{period * params_.rate.period}; }

  Params params_;
  std::vector<Client> clients_;  // by address
  std::vector<Box> boxes_;       // by user
};

}  // namespace

extern const Entry client_submission;
constinit const Entry client_submission = entry<ClientSubmission>(
    "client-submission", "A mailbox service's door for clients: who may, and how much.");

}  // namespace weir::throttle
