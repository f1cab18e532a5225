/// History window: a receiver that compares an address with what it has accepted from it before, to
/// protect itself from a sudden increase (S2-01).
///
/// Refused attempts leave no trace; an attempt that would lift the volume of the last 24 hours
/// above a multiple of the usual one opens a window in which nothing, or a trickle, passes. The
/// same is kept for the /24 and the sender domain, so that many small addresses are no way round.
/// Nobody discloses the real rule: each number is a parameter, ours unless its source says more.
///
/// Bound: what is accepted in any 24 hours on the clock hour stays within the limit, exempt mail
/// and trickles apart (tests/models/throttle/history_window_test.cc, beside a literal reference).
/// Cost: three profiles of two comparisons each an attempt; limits change by the hour. About 640
/// bytes an address. Card: docs/models/history-window.md.
/// Source: S4-51 to S4-67; DESIGN 5; US 9,143,473 (limit from past periods, recent ones weighted
/// more). Left out: content, connections, and what one receiver learns from another.

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <vector>

#include "models/throttle/address_standing.h"
#include "models/throttle/policy.h"
#include "models/throttle/profile.h"
#include "sim/check.h"
#include "sim/prefetch.h"

namespace weir::throttle {

/// What passes while a window is open.
enum class InWindow : std::uint8_t { closed, trickle };

constexpr std::array<EnumWord<InWindow>, 2> words_of(InWindow) {
  return {{{InWindow::closed, "closed"}, {InWindow::trickle, "trickle"}}};
}

/// Whose receiver it is, by the words of its refusals.
enum class Wording : std::uint8_t { exchange_online, outlook };

constexpr std::array<EnumWord<Wording>, 2> words_of(Wording) {
  return {{{Wording::exchange_online, "exchange-online"}, {Wording::outlook, "outlook"}}};
}

namespace {

class HistoryWindow final : public Policy {
 public:
  struct Params {
    Rate<Recipient> probation{9000, 24h};
    double growth = 3.0;
    Duration half_life = 36h;
    Probability hour_share{0.25};
    Duration window = 24h;
    InWindow in_window = InWindow::closed;
    Rate<Recipient> trickle_rate{60, 1h};
    AfterWindow after_window = AfterWindow::kept;
    std::int64_t listing_windows = 3;
    Duration listing_span = 168h;
    std::optional<Duration> request_after = 24h;
    Duration delist_time = 24h;
    double domain_factor = 20.0;
    double complaint_weight = 100.0;
    double trap_weight = 500.0;
    double unknown_weight = 2.0;
    double spam_weight = 5.0;
    Duration evidence_half_life = 240h;
    double prior = 70.0;
    double prior_recipients = 500.0;
    double full_reputation = 60.0;
    Probability least_share{0.1};
    double listing_reputation = 20.0;
    double listing_recipients = 1000.0;
    Wording words = Wording::exchange_online;

    static void describe(auto field) {
      describe_limit(field);
      describe_window(field);
      describe_reputation(field);
    }

    static void describe_limit(auto& field) {
      field("probation", &Params::probation,
            "Recipients that a new address may reach in 24 hours; the limit never falls below it "
            "but by reputation.",
            Source{"assumption: S4-65's 6,000 a day must pass at most receivers"});
      field(
          "growth", &Params::growth,
          "The limit as a multiple of the baseline, the usual volume of a day.",
          Bounds<double>{1.0, 1000.0},
          Source{"assumption: published warm-up schedules must pass at most receivers; facts 3.1"});
      field(
          "half_life", &Params::half_life, "Age at which a day counts half in the baseline.",
          Bounds<Duration>{1h, 720h},
          Source{"assumption: published warm-up schedules must pass at most receivers; facts 5.2"});
      field("hour_share", &Params::hour_share, "Share of the limit that may be used in one hour.",
            Bounds<Probability>{{0.01}, {1.0}}, Source{"assumption: DESIGN 5"});
      field("domain_factor", &Params::domain_factor,
            "How many single addresses a /24 or a sender domain may be worth.",
            Bounds<double>{1.0, 1e6}, Source{"assumption: DESIGN 5"});
    }

    static void describe_window(auto& field) {
      field("window", &Params::window, "How long a window stays open.",
            Bounds<Duration>{1min, 720h}, Source{"S4-57: reportedly about 24 hours"});
      field("in_window", &Params::in_window,
            "Whether nothing passes while a window is open, or a trickle.",
            Source{"assumption: S4-54 knows both texts"});
      field("trickle_rate", &Params::trickle_rate,
            "What an address may send in a window that lets a trickle through.",
            Source{"assumption: KumoMTA slows down to 1/min at this reply; facts 2.4"});
      field("after_window", &Params::after_window,
            "Whether the history is kept or deleted when the window ends.",
            Source{"assumption: the sender reputation level deletes it; facts 5.1"});
      field("listing_windows", &Params::listing_windows,
            "How many windows within the listing span put the address on the block list.",
            Bounds<std::int64_t>{1, AddressStanding::kMostWindows},
            Source{"assumption: S4-44 names repeated bulk sending, but no number"});
      field("listing_span", &Params::listing_span, "The span in which windows add up to a listing.",
            Bounds<Duration>{0h, 720h},
            Source{"assumption: S4-44 names repeated bulk sending, but no number"});
      field("request_after", &Params::request_after,
            "How long a listed sender takes to notice and ask for removal; \"none\" never asks.",
            Source{"assumption: one working day; S4-50 leaves it to the sender"});
      field("delist_time", &Params::delist_time, "From the request to the removal.",
            Bounds<Duration>{0h, 720h}, Source{"S4-50; facts 2.3: up to 24 hours"});
    }

    static void describe_reputation(auto& field) {
      constexpr Bounds<double> kWeight{0.0, 1e6};
      field("complaint_weight", &Params::complaint_weight,
            "What a complaint counts against one recipient.", kWeight,
            Source{"assumption: 0.1 % must be harmless and 1 % ruinous; facts 3.2"});
      field("trap_weight", &Params::trap_weight, "What a hit on a spam trap counts.", kWeight,
            Source{"assumption: DESIGN 5"});
      field("unknown_weight", &Params::unknown_weight, "What an unknown recipient counts.", kWeight,
            Source{"assumption: DESIGN 5"});
      field("spam_weight", &Params::spam_weight, "What a spam verdict of the filter counts.",
            kWeight, Source{"assumption: 10 % bad verdicts end the green of facts 3.2"});
      field("evidence_half_life", &Params::evidence_half_life,
            "Time in which evidence fades by half.", Bounds<Duration>{1h, 8760h},
            Source{"assumption: within the month of S4-67"});
      field("prior", &Params::prior, "Reputation before there is evidence.",
            Bounds<double>{0.0, 100.0},
            Source{"assumption: a new address is limited by probation"});
      field("prior_recipients", &Params::prior_recipients,
            "Recipients that the prior weighs as much as.", Bounds<double>{1.0, 1e9},
            Source{"assumption: DESIGN 5"});
      field("full_reputation", &Params::full_reputation,
            "Reputation from which on the limit is whole.", Bounds<double>{1.0, 100.0},
            Source{"assumption: DESIGN 5"});
      field("least_share", &Params::least_share,
            "Share of the limit that reputation leaves at least.",
            Bounds<Probability>{{0.001}, {1.0}}, Source{"assumption: DESIGN 5"});
      field("listing_reputation", &Params::listing_reputation,
            "Reputation below which the address is put on the block list.",
            Bounds<double>{0.0, 100.0}, Source{"assumption: S4-44 discloses no threshold"});
      field("listing_recipients", &Params::listing_recipients,
            "Recipients, faded like all evidence, that it takes for that.",
            Bounds<double>{1.0, 1e9}, Source{"assumption: S4-44 discloses no threshold"});
      field("words", &Params::words,
            "Whose words the refusals use: Exchange Online's or those of consumer Outlook.",
            Source{"S4-54; facts 2.3, 2.5"});
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.listing_reputation > p.full_reputation)
        at.report("listing_reputation", "must not be above full_reputation: lower it");
    }
  };

  explicit HistoryWindow(const Params& p);

  void prepare(std::span<const AddressInfo> addresses) override;
  void fetch(std::uint32_t address) const override;
  Verdict admit(const Attempt& attempt, Draw& draw) override;
  void accepted(const Attempt& attempt, std::uint32_t recipients) override;
  void judged(SimTime now, std::uint32_t address, const Evidence& evidence) override;
  std::uint32_t background(SimTime now, std::uint32_t address, std::uint32_t recipients) override;
  std::optional<Margin> unopposed(SimTime now, std::uint32_t address,
                                  std::uint32_t recipients) override;
  SimTime wake(SimTime now) override;
  std::optional<Standing> standing(std::uint32_t address, SimTime now) const override;
  std::vector<Ceiling> ceilings() const override;

 private:
  struct Address {
    Profile profile;
    AddressStanding standing;
    SimTime next_slot{};  // of the trickle
    std::uint32_t subnet = 0;
    std::uint32_t domain = 0;
  };

  /// A /24 or a sender domain.
  struct Group {
    Profile profile;
    std::vector<std::uint32_t> addresses;
  };

  /// Ordered by instant; the rest only makes the order of equal instants the same everywhere.
  struct Due {
    enum class Kind : std::uint8_t { window_end, delisting, group_end };
    SimTime at;
    Kind kind;
    std::uint32_t index;
    auto operator<=>(const Due&) const = default;
  };

  std::uint32_t join(std::map<std::uint32_t, std::uint32_t>& known, std::uint32_t name,
                     std::uint32_t address);
  void settle(SimTime now);
  void settle(const Due& due);
  bool may_open(const Address& a) const;
  std::int64_t room(Address& a, std::int64_t hour);
  bool passes_listed(const Address& a, const Attempt& attempt) const;
  bool decide(const Attempt& attempt);
  void open_window(SimTime now, std::uint32_t address);
  void open_group(SimTime now, const Group& group, std::uint32_t index);
  void await_end(std::uint32_t address);
  void use_slots(Address& a, const Attempt& attempt) const;
  Verdict refusal(const Address& a, SimTime now) const;

  // What every attempt reads stands first: it is fetched ahead.
  std::vector<Address> addresses_;
  std::vector<Group> groups_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
  InWindow in_window_;
  Wording words_;
  AfterWindow after_window_;
  Duration trickle_interval_;
  LimitRule limit_;
  LimitRule group_limit_;
  StandingRule standing_rule_;
};

LimitRule limit_rule(const HistoryWindow::Params& p, double factor) {
  return {.probation = p.probation.in(24h),
          .growth = p.growth,
          .hour_share = p.hour_share.value,
          .factor = factor,
          .weights = History::halving_every(p.half_life),
          .reputation = {.complaint = p.complaint_weight,
                         .trap = p.trap_weight,
                         .unknown = p.unknown_weight,
                         .spam = p.spam_weight,
                         .half_life = p.evidence_half_life,
                         .prior = p.prior,
                         .prior_recipients = p.prior_recipients,
                         .full = p.full_reputation,
                         .least = p.least_share.value,
                         .condemned = p.listing_reputation,
                         .condemned_recipients = p.listing_recipients}};
}

HistoryWindow::HistoryWindow(const Params& p)
    : in_window_(p.in_window),
      words_(p.words),
      after_window_(p.after_window),
      trickle_interval_(p.trickle_rate.interval()),
      limit_(limit_rule(p, 1.0)),
      group_limit_(limit_rule(p, p.domain_factor)),
      standing_rule_{p.window, p.listing_windows, p.listing_span,
                     p.request_after ? *p.request_after + p.delist_time : Duration::max()} {}

void HistoryWindow::prepare(std::span<const AddressInfo> addresses) {
  std::map<std::uint32_t, std::uint32_t> subnets;
  std::map<std::uint32_t, std::uint32_t> domains;
  addresses_.resize(addresses.size());
  for (std::uint32_t i = 0; i < addresses.size(); ++i) {
    addresses_[i].subnet = join(subnets, addresses[i].subnet, i);
    addresses_[i].domain = join(domains, addresses[i].domain, i);
  }
}

std::uint32_t HistoryWindow::join(std::map<std::uint32_t, std::uint32_t>& known, std::uint32_t name,
                                  std::uint32_t address) {
  const auto [entry, is_new] = known.try_emplace(name, static_cast<std::uint32_t>(groups_.size()));
  if (is_new) groups_.emplace_back();
  groups_[entry->second].addresses.push_back(address);
  return entry->second;
}

void HistoryWindow::fetch(std::uint32_t address) const {
  const Address& a = addresses_[address];
  a.profile.fetch();
  prefetch(&a.standing);
  groups_[a.subnet].profile.fetch();
  groups_[a.domain].profile.fetch();
  prefetch(&limit_.reputation);
  prefetch(&group_limit_.reputation);
}

Verdict HistoryWindow::admit(const Attempt& attempt, Draw&) {
  WEIR_ASSERT(attempt.address < addresses_.size(), "the policy was not prepared for this address");
  settle(attempt.now);
  return decide(attempt) ? Verdict{} : refusal(addresses_[attempt.address], attempt.now);
}

bool HistoryWindow::decide(const Attempt& attempt) {
  Address& a = addresses_[attempt.address];
  if (a.standing.state() == AddressState::listed) return passes_listed(a, attempt);
  if (!may_open(a)) return in_window_ == InWindow::trickle && attempt.now >= a.next_slot;
  const std::int64_t hour = hour_of(attempt.now);
  if (a.profile.condemned(hour, limit_)) {
    a.standing.list(attempt.now, standing_rule_);
    await_end(attempt.address);
    return passes_listed(a, attempt);
  }
  if (attempt.exempt) return true;
  if (!a.profile.allows(hour, attempt.recipients, limit_)) {
    a.profile.refused(attempt.recipients);
    open_window(attempt.now, attempt.address);
    return passes_listed(a, attempt);
  }
  for (const std::uint32_t index : {a.subnet, a.domain}) {
    if (groups_[index].profile.allows(hour, attempt.recipients, group_limit_)) continue;
    groups_[index].profile.refused(attempt.recipients);
    open_group(attempt.now, groups_[index], index);
    return passes_listed(a, attempt);
  }
  return true;
}

/// The recipients' allow list stands above the receiver's own block list (S4-13, S4-47).
bool HistoryWindow::passes_listed(const Address& a, const Attempt& attempt) const {
  return attempt.allowed && a.standing.state() == AddressState::listed;
}

bool HistoryWindow::may_open(const Address& a) const {
  return a.standing.state() == AddressState::fresh || a.standing.state() == AddressState::known;
}

void HistoryWindow::open_window(SimTime now, std::uint32_t address) {
  Address& a = addresses_[address];
  a.standing.open_window(now, standing_rule_);
  a.next_slot = now + trickle_interval_;
  await_end(address);
}

void HistoryWindow::open_group(SimTime now, const Group& group, std::uint32_t index) {
  for (const std::uint32_t address : group.addresses)
    if (may_open(addresses_[address])) open_window(now, address);
  if (after_window_ == AfterWindow::deleted)
    due_.push({now + standing_rule_.window, Due::Kind::group_end, index});
}

void HistoryWindow::await_end(std::uint32_t address) {
  const AddressStanding& standing = addresses_[address].standing;
  if (standing.until() == kNever) return;
  const bool listed = standing.state() == AddressState::listed;
  due_.push({standing.until(), listed ? Due::Kind::delisting : Due::Kind::window_end, address});
}

Verdict HistoryWindow::refusal(const Address& a, SimTime now) const {
  Verdict verdict;
  verdict.wake_at = due_.empty() ? kNever : due_.top().at;
  const bool outlook = words_ == Wording::outlook;
  if (a.standing.state() == AddressState::listed) {
    verdict.reply = outlook ? Reply::consumer_banned : Reply::banned_address;
    return verdict;
  }
  const bool closed = in_window_ == InWindow::closed;
  verdict.reply = closed ? (outlook ? Reply::consumer_reputation : Reply::throttled_denied)
                         : (outlook ? Reply::consumer_network : Reply::throttled_busy);
  verdict.retry_at = closed ? a.standing.until() : std::min(a.next_slot, a.standing.until());
  WEIR_ASSERT(verdict.retry_at > now, "a deferral must lie ahead");
  return verdict;
}

void HistoryWindow::accepted(const Attempt& attempt, std::uint32_t recipients) {
  Address& a = addresses_[attempt.address];
  if (a.standing.state() == AddressState::throttled) use_slots(a, attempt);
  if (recipients == 0) return;
  const std::int64_t hour = hour_of(attempt.now);
  a.standing.mail_accepted();
  a.profile.accept(hour, recipients);
  groups_[a.subnet].profile.accept(hour, recipients);
  groups_[a.domain].profile.accept(hour, recipients);
}

void HistoryWindow::use_slots(Address& a, const Attempt& attempt) const {
  const bool in_window = attempt.recipients < standing_rule_.window / trickle_interval_;
  a.next_slot = in_window ? attempt.now + trickle_interval_ * attempt.recipients : kNever;
}

void HistoryWindow::judged(SimTime now, std::uint32_t address, const Evidence& evidence) {
  const Address& a = addresses_[address];
  const std::int64_t hour = hour_of(now);
  addresses_[address].profile.judge(hour, evidence, limit_);
  groups_[a.subnet].profile.judge(hour, evidence, group_limit_);
  groups_[a.domain].profile.judge(hour, evidence, group_limit_);
}

std::uint32_t HistoryWindow::background(SimTime now, std::uint32_t address,
                                        std::uint32_t recipients) {
  settle(now);
  Attempt one{.now = now, .address = address};
  const std::int64_t wanted = recipients;
  std::uint32_t passed = recipients;
  if (now >= SimTime{})
    passed = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(room(addresses_[address], hour_of(now)), 0, wanted));
  if (passed > 0) accepted(one, passed);
  for (; passed < recipients && decide(one); ++passed) accepted(one, 1);
  return passed;
}

std::optional<Margin> HistoryWindow::unopposed(SimTime now, std::uint32_t address,
                                               std::uint32_t recipients) {
  Address& a = addresses_[address];
  const std::int64_t hour = hour_of(now);
  Margin margin;
  if (a.profile.condemned(hour, limit_)) margin.own = std::numeric_limits<double>::infinity();
  margin.own = std::max(margin.own, a.profile.accept_unopposed(hour, recipients, limit_));
  for (const std::uint32_t index : {a.subnet, a.domain})
    margin.shared = std::max(
        margin.shared, groups_[index].profile.accept_unopposed(hour, recipients, group_limit_));
  return margin;
}

/// How many recipients pass at once before anything is decided anew.
std::int64_t HistoryWindow::room(Address& a, std::int64_t hour) {
  if (!may_open(a) || a.profile.condemned(hour, limit_)) return 0;
  std::int64_t least = a.profile.room(hour, limit_);
  for (const std::uint32_t index : {a.subnet, a.domain})
    least = std::min(least, groups_[index].profile.room(hour, group_limit_));
  return least;
}

SimTime HistoryWindow::wake(SimTime now) {
  settle(now);
  return due_.empty() ? kNever : due_.top().at;
}

void HistoryWindow::settle(SimTime now) {
  while (!due_.empty() && due_.top().at <= now) {
    const Due due = due_.top();
    due_.pop();
    settle(due);
  }
}

void HistoryWindow::settle(const Due& due) {
  if (due.kind == Due::Kind::group_end) return groups_[due.index].profile.forget_history();
  Address& a = addresses_[due.index];
  if (due.kind == Due::Kind::delisting) {
    a.standing.delist();
    a.profile.forget_all();
    return;
  }
  if (after_window_ == AfterWindow::deleted) a.profile.forget_history();
  a.standing.end_window(after_window_);
}

std::optional<Standing> HistoryWindow::standing(std::uint32_t address, SimTime now) const {
  const Address& a = addresses_[address];
  Standing standing = a.standing.at(now);
  standing.reputation = a.profile.reputation_at(hour_of(now), limit_);
  standing.margin = std::max(
      {a.profile.margin(), groups_[a.subnet].profile.margin(), groups_[a.domain].profile.margin()});
  return standing;
}

std::vector<Ceiling> HistoryWindow::ceilings() const {
  const auto new_sender = [](std::string_view parameter, double count, Duration span) {
    return Ceiling{.parameter = parameter,
                   .holds = Ceiling::Holds::while_new,
                   .count = count,
                   .span = span,
                   .for_exempt = false};
  };
  Ceiling subnet = new_sender("domain_factor", group_limit_.factor * group_limit_.probation, 24h);
  subnet.scope = Ceiling::Scope::subnet;
  Ceiling domain = subnet;
  domain.scope = Ceiling::Scope::domain;
  return {new_sender("probation", limit_.probation, 24h),
          new_sender("hour_share", limit_.hour_share * limit_.probation, 1h), subnet, domain};
}

}  // namespace

extern const Entry history_window;
constinit const Entry history_window = entry<HistoryWindow>(
    "history-window", "Compares an address with its own accepted past; throttles what grows fast.");

}  // namespace weir::throttle
