/// Block list: a site that refuses every message of the addresses on a list.
///
/// Two lists count at Exchange Online: Microsoft's own, which the allow list of the recipients'
/// organisation overrules also for later listings, and that of Spamhaus, which nothing overrules;
/// consumer Outlook keeps a third. Nobody discloses what leads to a listing: hits on spam traps,
/// complaints, spam verdicts, repeated bursts, an open relay, each with its own threshold. The
/// sender learns of it by the first refusal and asks for removal; some lists forget by themselves.
/// What was removed comes back with a given chance.
///
/// A listing is decided at an attempt, not while evidence comes in: nobody would notice earlier.
/// Card: docs/models/block-list.md, also on how it stands beside history-window's own listing.
/// Source: S4-43 to S4-50; facts 2.3, 5.3 (PreSTA, ACSAC 2010; Spamhaus ZEN, 2013).

#include <algorithm>
#include <cmath>

#include "models/throttle/faded_evidence.h"
#include "models/throttle/history.h"
#include "models/throttle/policy.h"
#include "sim/check.h"

namespace weir::throttle {

/// The part of Spamhaus's list: addresses of end users, hijacked machines, spam operations named by
/// hand, and senders of spam found by their behaviour.
enum class Zone : std::uint8_t { pbl, xbl, sbl, css };

constexpr std::array<EnumWord<Zone>, 4> words_of(Zone) {
  return {{{Zone::pbl, "pbl"}, {Zone::xbl, "xbl"}, {Zone::sbl, "sbl"}, {Zone::css, "css"}}};
}

namespace {

/// How fast a list lets go: after a request, at the median and at most; and without one.
struct Removal {
  Duration median;
  Duration most;
  Duration expiry;
};

constexpr Duration kNotByItself = Duration::max();

/// facts 2.3: Microsoft's portal takes up to 24 hours; facts 5.3: CSS expires fairly fast, most
/// others were still there after 30 days. All else is assumption: PBL is removed by a form, XBL
/// after a repair, SBL by hand.
constexpr Removal removal_from(BlockList list, Zone zone) {
  if (list == BlockList::microsoft) return {6h, 24h, kNotByItself};
  if (list == BlockList::outlook) return {24h, 72h, kNotByItself};
  constexpr std::array<Removal, 4> kZones{{{1h, 24h, kNotByItself},
                                           {6h, 48h, kNotByItself},
                                           {72h, 240h, kNotByItself},
                                           {12h, 72h, 72h}}};
  return kZones[static_cast<std::size_t>(zone)];
}

constexpr Reply reply_of(BlockList list) {
  constexpr std::array kReplies{Reply::banned_address, Reply::spamhaus, Reply::consumer_banned};
  return kReplies[static_cast<std::size_t>(list)];
}

SimTime plus(SimTime t, Duration d) { return t > kNever - d ? kNever : t + d; }

class BlockListing final : public Policy {
 public:
  struct Params {
    BlockList list = BlockList::microsoft;
    Zone zone = Zone::css;
    Duration blocked_from{0h};
    double trap_hits = 10.0;
    Probability complaint_share{0.01};
    Probability spam_share{0.9};
    double least_recipients = 1000.0;
    Duration evidence_half_life{240h};
    Rate<Recipient> bulk_volume{100'000, 24h};
    double bulk_factor = 30.0;
    std::int64_t bulk_days = 3;
    Duration bulk_span{168h};
    Duration relay_found_after{24h};
    std::optional<Duration> request_after{24h};
    std::optional<Duration> removal_median;
    double removal_sigma = 0.5;
    std::optional<Duration> removal_most;
    Probability relisted{0.25};
    Duration relisted_within{240h};

    static void describe(auto field) {
      field("list", &Params::list, "Whose list it is.", Source{"S4-43"});
      field("zone", &Params::zone, "Which part of Spamhaus's list; the others have none.",
            Source{"facts 5.3; assumption: behaviour leads to css"});
      field("blocked_from", &Params::blocked_from,
            "When the addresses whose `blocked` names this list come onto it.");
      describe_listing(field);
      describe_bulk(field);
      describe_removal(field);
    }

    static void describe_listing(auto& field) {
      const Source undisclosed{"assumption: S4-44 discloses no threshold"};
      field("trap_hits", &Params::trap_hits, "Hits on spam traps that list an address.",
            Bounds<double>{1.0, 1e9}, undisclosed);
      field("complaint_share", &Params::complaint_share,
            "Share of recipients who complain that lists an address.",
            Source{"assumption: ten times what SES puts under review; facts 3.2"});
      field("spam_share", &Params::spam_share,
            "Share of recipients whose filter says spam that lists an address.",
            Source{"assumption: the red of Microsoft's SNDS; facts 3.2"});
      field("least_recipients", &Params::least_recipients,
            "Recipients that it takes to judge by a share.", Bounds<double>{1.0, 1e9}, undisclosed);
      field("evidence_half_life", &Params::evidence_half_life,
            "Time in which evidence fades by half.", Bounds<Duration>{1h, 8760h},
            Source{"assumption: within the month of S4-67"});
      field("relay_found_after", &Params::relay_found_after,
            "How long after its first mail an open relay is found.",
            Source{"assumption: S4-44 names open relays, but no time"});
    }

    static void describe_bulk(auto& field) {
      field("bulk_volume", &Params::bulk_volume,
            "Recipients in 24 hours above which a day may be one of bulk sending.",
            Source{"assumption: S4-44 discloses no number"});
      field("bulk_factor", &Params::bulk_factor,
            "And how many times the usual volume of the days before the span.",
            Bounds<double>{1.0, 1e6},
            Source{"assumption: a warm-up that grows by 1.4 a day, as SendGrid's, must pass"});
      field("bulk_days", &Params::bulk_days,
            "How many such days within the span list an address: repeated bulk sending.",
            Bounds<std::int64_t>{1, kMostBulkDays},
            Source{"assumption: S4-44 names repetition, but no number"});
      field("bulk_span", &Params::bulk_span, "The span in which they add up.",
            Bounds<Duration>{24h, 696h}, Source{"assumption: a week"});
    }

    static void describe_removal(auto& field) {
      field("request_after", &Params::request_after,
            "From the first refusal to the sender's request for removal; \"none\" never asks.",
            Source{"assumption: a working day to notice; S4-50 leaves it to the sender"});
      field("removal_median", &Params::removal_median,
            "Median of the time from request to removal, lognormal; none: that of the list.",
            Source{"facts 2.3: up to 24 hours; facts 5.3"});
      field("removal_sigma", &Params::removal_sigma, "Its spread; 0 for always the median.",
            Bounds<double>{0.0, 3.0}, Source{"assumption: from half to twice the median"});
      field("removal_most", &Params::removal_most,
            "What the removal takes at most; none: that of the list.",
            Source{"facts 2.3: up to 24 hours"});
      field("relisted", &Params::relisted, "Chance that a removed address comes back.",
            Source{"facts 5.3: 25 % within 10 days"});
      field("relisted_within", &Params::relisted_within,
            "Time after the removal over which its return is spread evenly.",
            Bounds<Duration>{1h, 8760h}, Source{"facts 5.3: 25 % within 10 days"});
    }
  };

  explicit BlockListing(const Params& p) : params_(p), removal_(removal_from(p.list, p.zone)) {
    if (p.removal_median) removal_.median = *p.removal_median;
    if (p.removal_most) removal_.most = *p.removal_most;
    before_span_ = History::halving_every(36h);
    const auto recent = static_cast<std::size_t>(p.bulk_span / 24h);
    std::fill_n(before_span_.begin(), std::min(recent + 1, before_span_.size()), 0.0);
  }

  void prepare(std::span<const AddressInfo> addresses) override {
    addresses_.resize(addresses.size());
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      addresses_[i].open_relay = addresses[i].open_relay;
      if (addresses[i].blocked[static_cast<std::size_t>(params_.list)])
        addresses_[i].returns = SimTime{params_.blocked_from};
    }
  }

  Verdict admit(const Attempt& attempt, Draw& draw) override {
    Address& a = addresses_[attempt.address];
    settle(a, attempt.now);
    if (!a.listed && deserves(a, attempt.now)) enter(a, attempt.now);
    if (!a.listed) return {};
    if (attempt.allowed && params_.list == BlockList::microsoft) return {};
    if (!a.noticed) notice(a, attempt.now, draw);
    return {.reply = reply_of(params_.list), .wake_at = next_change(a)};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    Address& a = addresses_[attempt.address];
    if (recipients == 0) return;
    if (!a.first_mail) a.first_mail = attempt.now;
    a.history.roll_to(hour_of(attempt.now));
    a.history.add(recipients);
    note_bulk(a, attempt.now);
  }

  void judged(SimTime now, std::uint32_t address, const Evidence& evidence) override {
    addresses_[address].evidence.add(hour_of(now), evidence, params_.evidence_half_life);
  }

  SimTime wake(SimTime now) override {
    SimTime next = kNever;
    for (Address& a : addresses_) {
      settle(a, now);
      next = std::min(next, next_change(a));
    }
    return next;
  }

  std::optional<Standing> standing(std::uint32_t address, SimTime now) const override {
    Address then = addresses_[address];
    settle(then, now);
    const AddressState unlisted = then.first_mail ? AddressState::known : AddressState::fresh;
    return Standing{.state = then.listed ? AddressState::listed : unlisted,
                    .listings = then.listings};
  }

 private:
  static constexpr std::int64_t kMostBulkDays = 7;

  struct Address {
    FadedEvidence evidence;
    History history;
    std::array<SimTime, kMostBulkDays> bulk_days{};  // when the last ones began
    std::int64_t bulk_count = 0;
    std::optional<SimTime> first_mail;
    SimTime ends = kNever;     // of the present listing
    SimTime returns = kNever;  // when it is listed for reasons outside its own mail
    std::uint32_t listings = 0;
    bool open_relay = false;
    bool listed = false;
    bool noticed = false;  // by its sender
  };

  static SimTime next_change(const Address& a) { return a.listed ? a.ends : a.returns; }

  /// Does what was due by `now`: the listing that ended, the one that came back.
  void settle(Address& a, SimTime now) const {
    while (next_change(a) <= now) a.listed ? leave(a) : enter(a, a.returns);
  }

  void enter(Address& a, SimTime when) const {
    a.listed = true;
    a.noticed = false;
    ++a.listings;
    if (a.returns <= when) a.returns = kNever;
    a.ends = plus(when, removal_.expiry);
  }

  static void leave(Address& a) {
    a.listed = false;
    a.ends = kNever;
    a.evidence = {};
    a.history = {};
    a.bulk_count = 0;
  }

  bool deserves(Address& a, SimTime now) const {
    a.evidence.fade_to(hour_of(now), params_.evidence_half_life);
    const bool enough = a.evidence.recipients >= params_.least_recipients;
    return a.evidence.traps >= params_.trap_hits ||
           (enough &&
            a.evidence.share_of(a.evidence.complaints) >= params_.complaint_share.value) ||
           (enough && a.evidence.share_of(a.evidence.spam) >= params_.spam_share.value) ||
           repeats_bulk(a, now) ||
           (a.open_relay && a.first_mail && now >= plus(*a.first_mail, params_.relay_found_after));
  }

  static std::size_t slot(std::int64_t day) {
    return static_cast<std::size_t>(day % kMostBulkDays);
  }

  /// Counts at most one day of bulk sending in 24 hours.
  void note_bulk(Address& a, SimTime now) const {
    if (a.bulk_count > 0 && now < a.bulk_days[slot(a.bulk_count - 1)] + 24h) return;
    const double usual = a.history.baseline(before_span_);
    const double bulk = std::max(params_.bulk_volume.in(24h), params_.bulk_factor * usual);
    if (static_cast<double>(a.history.volume()) > bulk) a.bulk_days[slot(a.bulk_count++)] = now;
  }

  bool repeats_bulk(const Address& a, SimTime now) const {
    return a.bulk_count >= params_.bulk_days &&
           now - a.bulk_days[slot(a.bulk_count - params_.bulk_days)] < params_.bulk_span;
  }

  /// The first refusal: from here on it is known when the listing will end, and whether it returns.
  void notice(Address& a, SimTime now, Draw& draw) const {
    a.noticed = true;
    if (params_.request_after) {
      std::uint64_t ignored = 0;
      const double median = to_seconds(removal_.median);
      const double taken = median * std::exp(params_.removal_sigma * draw.normal());
      const Duration removal = to_duration(taken, removal_.most, ignored);
      a.ends = std::min(a.ends, plus(plus(now, *params_.request_after), removal));
    }
    if (a.ends == kNever || !draw.happens(params_.relisted)) return;
    std::uint64_t ignored = 0;
    const double wait = draw.uniform() * to_seconds(params_.relisted_within);
    a.returns = plus(a.ends, to_duration(wait, params_.relisted_within, ignored) + 1ns);
  }

  Params params_;
  Removal removal_;
  History::Weights before_span_{};
  std::vector<Address> addresses_;
};

}  // namespace

extern const Entry block_list;
constinit const Entry block_list = entry<BlockListing>(
    "block-list", "Refuses all mail of listed addresses: Microsoft's, Spamhaus's or Outlook's.");

}  // namespace weir::throttle
