#pragma once
/// What a receiver keeps of one sender, be it an address, a /24 or a domain: history, reputation
/// and the limit that follows from them.
///
/// limit = factor x max(probation, growth x baseline) x share left by reputation. It is computed
/// when an hour or a day has passed or reputation cuts in, not for each attempt.
///
/// The margin is the largest volume over its limit so far, of 24 hours or of an hour beside its
/// share: at most 1 while nothing was refused. It is noted when a limit is replaced, so that an
/// attempt pays nothing for it.

#include <algorithm>
#include <cstdint>
#include <limits>

#include "models/reputation/reputation.h"
#include "models/throttle/history.h"
#include "sim/prefetch.h"

namespace weir::throttle {

struct LimitRule {
  double probation = 9000.0;  // recipients in 24 hours
  double growth = 3.0;
  double hour_share = 0.25;
  double factor = 1.0;  // how many single addresses this sender may be worth
  History::Weights weights{};
  reputation::Rule reputation;
};

class Profile {
 public:
  /// Whether `recipients` more in `hour` stay within the limit and the hour's share of it.
  bool allows(std::int64_t hour, std::int64_t recipients, const LimitRule& rule) {
    if (hour != limit_hour_) refresh(hour, rule);
    return history_.volume() + recipients <= limit_ &&
           history_.this_hour() + recipients <= hour_limit_;
  }

  /// How many recipients more in `hour` do; below zero when the limit has fallen since.
  std::int64_t room(std::int64_t hour, const LimitRule& rule) {
    if (hour != limit_hour_) refresh(hour, rule);
    return std::min(limit_ - history_.volume(), hour_limit_ - history_.this_hour());
  }

  /// Has what every attempt reads on its way.
  void fetch() const {
    history_.fetch();
    prefetch(&reputation_);
    prefetch(&limit_hour_);
  }

  void accept(std::int64_t hour, std::int64_t recipients) {
    roll_history(hour);
    history_.add(recipients);
    is_noted_ = is_noted_ && recipients == 0;
  }

  /// Counts recipients whatever the limit says; the margin with them.
  double accept_unopposed(std::int64_t hour, std::int64_t recipients, const LimitRule& rule);

  /// These would have been above the limit. REQUIRES: allows() has just said so.
  void refused(std::int64_t recipients) { note_margin(recipients); }

  double margin() const { return is_noted_ ? margin_ : std::max(margin_, use_with(0)); }

  void judge(std::int64_t hour, const Evidence& evidence, const LimitRule& rule) {
    reputation_.roll_to(hour, rule.reputation);
    reputation_.add(evidence, rule.reputation);
    if (reputation_.share_of_limit(rule.reputation) != share_) limit_hour_ = kStale;
  }

  /// Whether reputation is bad enough, on evidence enough, for the block list.
  bool condemned(std::int64_t hour, const LimitRule& rule) {
    if (hour != limit_hour_) refresh(hour, rule);
    return share_ < 1.0 && reputation_.condemns(rule.reputation);
  }

  double reputation_at(std::int64_t hour, const LimitRule& rule) const;

  void forget_history();

  /// As if never heard of, but for the margin.
  void forget_all();

 private:
  static constexpr std::int64_t kStale = std::numeric_limits<std::int64_t>::min();

  void refresh(std::int64_t hour, const LimitRule& rule);
  void roll_history(std::int64_t hour) {
    if (history_.roll_to(hour)) baseline_stale_ = true;
  }

  double use_with(std::int64_t more) const;
  void note_margin(std::int64_t more) {
    margin_ = std::max(margin_, use_with(more));
    is_noted_ = true;
  }

  History history_;
  reputation::Reputation reputation_;
  double baseline_ = 0.0;
  double share_ = 1.0;
  std::int64_t limit_ = 0;
  std::int64_t hour_limit_ = 0;
  std::int64_t limit_hour_ = kStale;  // the hour for which the limits were computed
  double margin_ = 0.0;
  bool baseline_stale_ = false;
  bool is_noted_ = true;  // the margin holds all that was accepted
};

}  // namespace weir::throttle
