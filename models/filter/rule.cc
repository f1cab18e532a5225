#include "models/filter/rule.h"

#include <algorithm>
#include <numeric>

#include "models/filter/listed.h"

namespace weir::filter {
namespace {

bool is_among(const std::vector<std::uint32_t>& wanted, std::uint32_t one) {
  return wanted.empty() || contains(wanted, one);
}

/// A domain that the scenario does not name is nobody's own.
bool fits(Registered wanted, std::uint32_t domain, const std::vector<std::uint32_t>& registered) {
  return wanted == Registered::any || (wanted == Registered::yes) == contains(registered, domain);
}

bool fits(Ways ways, Direction direction) {
  return ways == Ways::both || (ways == Ways::inbound) == (direction == Direction::inbound);
}

void end(Disposition disposition, Reply reply, Verdict& verdict) {
  verdict.disposition = disposition;
  verdict.stage = Stage::rule;
  verdict.reply = reply;
}

/// A value that only one action reads stands if and only if the rule has that action.
void check_pair(bool given, bool wanted, std::string_view key, std::string_view action,
                const ParamsPlace& at) {
  const std::string word(action);
  if (wanted && !given) at.report(key, "action \"" + word + "\" needs it");
  if (given && !wanted) at.report(key, "only action \"" + word + "\" reads it: take it out");
}

}  // namespace

void RuleParams::check(const RuleParams& p, const ParamsPlace& at) {
  const auto level = [](const std::optional<std::int64_t>& v) {
    return !v || (*v >= -1 && *v <= 9);
  };
  if (!level(p.scl)) at.report("scl", "must lie between -1 and 9");
  if (!level(p.scl_at_least)) at.report("scl_at_least", "must lie between -1 and 9");
  check_pair(p.scl.has_value(), p.action == RuleAction::set_scl, "scl", "set-scl", at);
  check_pair(p.redirect_to.has_value(), p.action == RuleAction::redirect, "redirect_to", "redirect",
             at);
  check_pair(p.connector.has_value(), p.action == RuleAction::route, "connector", "route", at);
}

bool Rule::applies(const Mail& mail, std::int8_t scl,
                   const std::vector<std::uint32_t>& registered) const {
  return fits(params.direction, mail.direction) && is_among(from, mail.sender_domain) &&
         is_among(to, mail.recipient_domain) && !contains(except_from, mail.sender_domain) &&
         !contains(except_to, mail.recipient_domain) &&
         fits(params.sender, mail.sender_domain, registered) &&
         fits(params.recipient, mail.recipient_domain, registered) &&
         is_among(addresses, mail.address) &&
         (!params.larger_than || mail.size > params.larger_than->count) &&
         (!params.scl_at_least || scl >= *params.scl_at_least) &&
         (params.attachment == Attachment::any || mail.content.locked);
}

void Rule::act(std::uint32_t index, Verdict& verdict) const {
  switch (params.action) {
    case RuleAction::mark:
      return;
    case RuleAction::skip_spam_filter:
      verdict.scl = -1;
      break;
    case RuleAction::set_scl:
      verdict.scl = static_cast<std::int8_t>(*params.scl);
      break;
    case RuleAction::route:
      verdict.connector = connector;
      break;
    case RuleAction::redirect:
      end(Disposition::redirect, Reply::accepted, verdict);
      verdict.redirect_to = redirect_to;
      break;
    case RuleAction::quarantine:
      end(Disposition::quarantine, Reply::accepted, verdict);
      break;
    case RuleAction::erase:
      end(Disposition::erase, Reply::erased, verdict);
      break;
    case RuleAction::reject:
      end(Disposition::refuse, Reply::rule_rejected, verdict);
      break;
  }
  verdict.rule = index;
}

std::vector<std::uint32_t> in_order(const std::vector<Rule>& rules) {
  std::vector<std::uint32_t> order(rules.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return rules[a].params.priority < rules[b].params.priority;
  });
  return order;
}

}  // namespace weir::filter
