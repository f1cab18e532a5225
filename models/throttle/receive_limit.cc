/// Receive limit: what one mailbox may receive in an hour, from everybody and from one sender.
///
/// A mailbox that has got 3,600 messages within 60 minutes takes no more for an hour from then on;
/// the same holds, from a third of that on, for the one sender who sent so many. Which mailbox a
/// recipient is follows from the message's name, each of `mailboxes` equally likely, and is the
/// same at every attempt; a sender is a source of the scenario. A message goes as a whole: it is
/// refused when one of its recipients' mailboxes is blocked.
///
/// Refusals are permanent and show in the trace: the message had reached the transport.
/// Source: Exchange Online, 5.2.122 and 5.2.121, facts 2.1.
/// Left out: that senders of the same organisation are spared the limit by sender.

#include <map>

#include "models/purpose.h"
#include "models/rolling_count.h"
#include "models/throttle/policy.h"

namespace weir::throttle {
namespace {

class ReceiveLimit final : public Policy {
 public:
  struct Params {
    std::int64_t mailboxes = 1;
    Rate<Message> limit{3'600, 1h};
    Probability sender_share{0.33};
    Duration block{1h};

    static void describe(auto field) {
      field("mailboxes", &Params::mailboxes, "Mailboxes over which the site's mail is spread.",
            Bounds<std::int64_t>{1, 10'000'000},
            Source{"assumption: one, the hot mailbox that the limit is made for"});
      field("limit", &Params::limit, "Messages that a mailbox receives in any span.",
            Source{"facts 2.1: 3,600 in 60 minutes"});
      field("sender_share", &Params::sender_share, "Share of it that one sender may use.",
            Source{"facts 2.1: 33 %, about 1,200"});
      field("block", &Params::block, "How long a mailbox takes no more once it is full.",
            Source{"facts 2.1: until 1 hour after the threshold"});
    }
  };

  explicit ReceiveLimit(const Params& p)
      : params_(p),
        sender_limit_(
            static_cast<std::int64_t>(p.sender_share.value * static_cast<double>(p.limit.count))) {}

  Verdict admit(const Attempt& attempt, Draw&) override {
    for (std::uint32_t i = 0; i < attempt.recipients; ++i) {
      const std::uint64_t mailbox = mailbox_of(attempt.message, i);
      if (full(everybody_, {mailbox, 0}, attempt.now)) return {.reply = Reply::receive_limit};
      if (full(senders_, {mailbox, source_of(attempt.message)}, attempt.now))
        return {.reply = Reply::sender_receive_limit};
    }
    return {};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    for (std::uint32_t i = 0; i < recipients; ++i) {
      const std::uint64_t mailbox = mailbox_of(attempt.message, i);
      count(everybody_, {mailbox, 0}, attempt.now, params_.limit.count);
      count(senders_, {mailbox, source_of(attempt.message)}, attempt.now, sender_limit_);
    }
  }

  std::vector<Ceiling> ceilings() const override {
    const double all =
        static_cast<double>(params_.limit.count) * static_cast<double>(params_.mailboxes);
    return {{.parameter = "limit",
             .scope = Ceiling::Scope::site,
             .count = all,
             .span = params_.limit.period,
             .ahead = all}};
  }

 private:
  struct Inbox {
    RollingCount received;
    SimTime blocked_until = SimTime::min();
  };
  using Key = std::pair<std::uint64_t, std::uint64_t>;  // mailbox, sender
  using Inboxes = std::map<Key, Inbox>;

  std::uint64_t mailbox_of(std::uint64_t message, std::uint32_t recipient) const {
    const std::uint64_t chance = mix64(StreamKey{message, recipient, 0});
    return static_cast<std::uint64_t>(
        static_cast<UnsignedWide>(chance) * static_cast<std::uint64_t>(params_.mailboxes) >> 64);
  }

  static bool full(const Inboxes& inboxes, const Key& key, SimTime now) {
    const auto found = inboxes.find(key);
    return found != inboxes.end() && now < found->second.blocked_until;
  }

  /// The message that fills the inbox is its last: the block begins with it and ends the count.
  void count(Inboxes& inboxes, const Key& key, SimTime now, std::int64_t limit) const {
    Inbox& inbox =
        inboxes.try_emplace(key, Inbox{RollingCount(params_.limit.period), SimTime::min()})
            .first->second;
    inbox.received.roll_to(now);
    inbox.received.add(now, 1);
    if (inbox.received.sum() < limit) return;
    inbox.blocked_until = now > kNever - params_.block ? kNever : now + params_.block;
    inbox.received.clear();
  }

  Params params_;
  std::int64_t sender_limit_;
  Inboxes everybody_;
  Inboxes senders_;
};

}  // namespace

extern const Entry receive_limit;
constinit const Entry receive_limit = entry<ReceiveLimit>(
    "receive-limit", "What one mailbox may receive in an hour, in all and from one sender.");

}  // namespace weir::throttle
