/// Sender reputation level: Exchange Server's own, the one such rule that Microsoft has published.
///
/// Each address has a level from 0 to 9. Until 20 messages have been seen it is 0; from 7 on the
/// address is blocked for 24 hours. The profile is deleted when the block begins, or the next
/// message would block it again at once, so it starts at 0 afterwards: this is what a window of 24
/// hours and a history that is deleted after it look like in a real product.
/// Published are the inputs and these three numbers; how the inputs make a level is not. Here each
/// input adds levels up to a maximum of its own, which are parameters.
///
/// Source: Exchange Server, sender reputation and the protocol analysis agent; facts 5.1.
/// Left out: the variety of names in HELO, which no sender of a scenario has.

#include <algorithm>
#include <cmath>

#include "models/throttle/history.h"
#include "models/throttle/policy.h"

namespace weir::throttle {
namespace {

class SenderReputationLevel final : public Policy {
 public:
  struct Params {
    std::int64_t threshold = 7;
    std::int64_t least_messages = 20;
    Duration block{24h};
    double share_levels = 6.0;
    double recent_levels = 3.0;
    std::int64_t recent_full = 100;
    double reverse_levels = 1.0;
    double relay_levels = 9.0;

    static void describe(auto field) {
      field("threshold", &Params::threshold, "Level from which on an address is blocked.",
            Bounds<std::int64_t>{0, 9}, Source{"facts 5.1: 7"});
      field("least_messages", &Params::least_messages,
            "Messages before which the level is 0 whatever they are.",
            Bounds<std::int64_t>{1, 1'000'000}, Source{"facts 5.1: 20"});
      field("block", &Params::block, "How long a block lasts.", Bounds<Duration>{0h, 48h},
            Source{"facts 5.1: 24 hours, at most 48"});
      describe_levels(field);
    }

    static void describe_levels(auto& field) {
      constexpr Bounds<double> kLevels{0.0, 9.0};
      const Source inputs{"assumption: facts 5.1 names the input, not its weight"};
      field("share_levels", &Params::share_levels,
            "Levels when the filter takes all mail for spam; else in proportion.", kLevels, inputs);
      field("recent_levels", &Params::recent_levels,
            "Levels when the last day brought `recent_full` of spam; else in proportion.", kLevels,
            inputs);
      field("recent_full", &Params::recent_full,
            "Recipients of spam in the last day that give all of recent_levels.",
            Bounds<std::int64_t>{1, 1'000'000'000}, inputs);
      field("reverse_levels", &Params::reverse_levels,
            "Levels for an address without matching reverse DNS.", kLevels, inputs);
      field("relay_levels", &Params::relay_levels,
            "Levels for an address that passes on the mail of strangers.", kLevels, inputs);
    }
  };

  explicit SenderReputationLevel(const Params& p) : params_(p) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    for (const AddressInfo& info : addresses) {
      const double from_start = (info.reverse ? 0.0 : params_.reverse_levels) +
                                (info.open_relay ? params_.relay_levels : 0.0);
      addresses_.push_back({.from_start = from_start});
    }
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    Address& a = addresses_[attempt.address];
    if (attempt.now < a.blocked_until) return refusal(a);
    if (level(a, attempt.now) < params_.threshold) return {};
    a = {.from_start = a.from_start,
         .blocked_until = plus(attempt.now, params_.block),
         .blocks = a.blocks + 1};
    return attempt.now < a.blocked_until ? refusal(a) : Verdict{};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    if (recipients > 0) ++addresses_[attempt.address].messages;
  }

  void judged(SimTime now, std::uint32_t address, const Evidence& evidence) override {
    Address& a = addresses_[address];
    a.judged += evidence.recipients - evidence.unknown;
    a.spam += evidence.spam;
    a.recent.roll_to(hour_of(now));
    a.recent.add(evidence.spam);
  }

  std::optional<Standing> standing(std::uint32_t address, SimTime now) const override {
    Address a = addresses_[address];
    const bool blocked = now < a.blocked_until;
    const AddressState open = a.messages > 0 ? AddressState::known : AddressState::fresh;
    // As a reputation from 0 to 100: level 0 is the best there is.
    return Standing{.state = blocked ? AddressState::listed : open,
                    .reputation = 100.0 * static_cast<double>(9 - level(a, now)) / 9.0,
                    .listings = a.blocks};
  }

 private:
  struct Address {
    double from_start = 0.0;  // levels that no mail changes
    std::int64_t messages = 0;
    std::int64_t judged = 0;  // recipients whose filter has spoken
    std::int64_t spam = 0;
    History recent{};  // of spam
    SimTime blocked_until = SimTime::min();
    std::uint32_t blocks = 0;
  };

  static SimTime plus(SimTime t, Duration d) { return t > kNever - d ? kNever : t + d; }

  static Verdict refusal(const Address& a) {
    return {.reply = Reply::sender_reputation, .wake_at = a.blocked_until};
  }

  std::int64_t level(Address& a, SimTime now) const {
    if (a.messages < params_.least_messages) return 0;
    a.recent.roll_to(hour_of(now));
    const double share =
        a.judged > 0 ? static_cast<double>(a.spam) / static_cast<double>(a.judged) : 0.0;
    const double recent =
        static_cast<double>(a.recent.volume()) / static_cast<double>(params_.recent_full);
    const double sum =
        a.from_start + params_.share_levels * share + params_.recent_levels * std::min(recent, 1.0);
    return static_cast<std::int64_t>(std::min(std::floor(sum), 9.0));
  }

  Params params_;
  std::vector<Address> addresses_;
};

}  // namespace

extern const Entry sender_reputation_level;
constinit const Entry sender_reputation_level = entry<SenderReputationLevel>(
    "sender-reputation-level", "Exchange Server's level from 0 to 9; blocks from 7 on for a day.");

}  // namespace weir::throttle
