#include "models/control/kumo_automation.h"

namespace weir::control {

std::optional<RateLimit> limit_of(const std::optional<Throttle>& throttle) {
  if (!throttle) return std::nullopt;
  return RateLimit(throttle->rate().interval(), throttle->burst());
}

KumoAutomation::KumoAutomation(std::shared_ptr<const Rules> rules, KumoSpan span)
    : rules_(std::move(rules)), span_(span), matches_(rules_->size()) {
  for (std::size_t i = 0; i < rules_->size(); ++i) {
    const KumoRule& rule = (*rules_)[i];
    if (rule.threshold)
      matches_[i].instants.assign(static_cast<std::size_t>(rule.threshold->count), SimTime::min());
    for (const KumoAction& action : rule.actions) {
      const auto* set = std::get_if<SetOption>(&action);
      const auto* throttle = set != nullptr ? std::get_if<Throttle>(&set->value) : nullptr;
      limits_.push_back(*limit_of(throttle != nullptr ? *throttle : Throttle{}));
    }
  }
}

void KumoAutomation::refused(SimTime now, Reply reply) {
  std::size_t limit = 0;
  for (std::size_t i = 0; i < rules_->size(); ++i) {
    const KumoRule& rule = (*rules_)[i];
    if (rule.replies.test(static_cast<std::size_t>(reply)) && sets_off(rule, matches_[i], now))
      for (std::size_t j = 0; j < rule.actions.size(); ++j)
        act(rule.actions[j], limit + j, later(now, rule.duration));
    limit += rule.actions.size();
  }
}

/// Counts the match; whether there are as many as it takes.
bool KumoAutomation::sets_off(const KumoRule& rule, Matches& matches, SimTime now) const {
  if (!rule.threshold) return true;
  matches.instants[matches.oldest] = now;
  matches.oldest = (matches.oldest + 1) % matches.instants.size();
  const SimTime first = matches.instants[matches.oldest];
  const Duration span = span_ == KumoSpan::period ? rule.threshold->period : rule.duration;
  return first != SimTime::min() && now - first <= span;
}

void KumoAutomation::act(const KumoAction& action, std::size_t limit, SimTime until) {
  if (std::holds_alternative<Suspend>(action)) {
    suspended_until_ = std::max(suspended_until_, until);
  } else if (std::holds_alternative<Bounce>(action)) {
    bouncing_until_ = std::max(bouncing_until_, until);
  } else {
    const auto& set = std::get<SetOption>(action);
    Override& override = overrides_[static_cast<std::size_t>(set.option)];
    // Of several, the one that lasts longest holds: when it ends, all others have ended.
    if (until < override.expires) return;
    const auto* count = std::get_if<std::int64_t>(&set.value);
    override = {.expires = until, .count = count != nullptr ? *count : 0, .limit = limit};
  }
}

std::int64_t KumoAutomation::count(KumoOption option, std::int64_t usual, SimTime now) const {
  const Override& override = of(option);
  return now < override.expires ? override.count : usual;
}

SimTime KumoAutomation::next(KumoOption option, const std::optional<RateLimit>& usual,
                             SimTime now) const {
  const SimTime normal = usual ? usual->next() : SimTime::min();
  const Override& override = of(option);
  if (now >= override.expires) return normal;
  return std::min(limits_[override.limit].next(), std::max(normal, override.expires));
}

void KumoAutomation::take(KumoOption option, std::optional<RateLimit>& usual, SimTime now) {
  const Override& override = of(option);
  if (now < override.expires) {
    limits_[override.limit].take(now);
  } else if (usual) {
    usual->take(now);
  }
}

}  // namespace weir::control
