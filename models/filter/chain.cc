#include "models/filter/chain.h"

#include <algorithm>

#include "models/filter/listed.h"

namespace weir::filter {
namespace {

/// Whether a list that was saved at `registered` is in force.
bool in_force(const std::optional<Duration>& registered, Duration propagation, SimTime now) {
  return !registered || now - SimTime{*registered} >= propagation;
}

void end(Disposition disposition, Stage stage, Verdict& verdict) {
  verdict.disposition = disposition;
  verdict.stage = stage;
}

Disposition disposition_of(SpamAction action) {
  switch (action) {
    case SpamAction::junk:
    case SpamAction::header:
    case SpamAction::subject:
      return Disposition::junk;
    case SpamAction::redirect:
      return Disposition::redirect;
    case SpamAction::erase:
      return Disposition::erase;
    case SpamAction::quarantine:
      break;
  }
  return Disposition::quarantine;
}

}  // namespace

Chain::Chain(FilterConfig config) : config_(std::move(config)), order_(in_order(config_.rules)) {}

/// S4-12 to S4-14. The exceptions are those of facts 2.3: an address that some tenant's connector
/// of the forest names belongs to that tenant, and another forest does not know the list.
bool Chain::allows(const Mail& mail, const InboundFacts& facts) const {
  const FilterParams& p = config_.params;
  return !facts.connector_in_forest && !facts.other_forest &&
         contains(config_.allow, mail.address) &&
         in_force(p.allow_registered, p.propagation, mail.now);
}

Verdict Chain::connect(const Mail& mail, const InboundFacts& facts) const {
  const FilterParams& p = config_.params;
  Verdict verdict;
  if (!contains(config_.block, mail.address) ||
      !in_force(p.block_registered, p.propagation, mail.now) || allows(mail, facts))
    return verdict;
  end(Disposition::refuse, Stage::connection, verdict);
  verdict.reply = Reply::tenant_block_list;
  return verdict;
}

Verdict Chain::inbound(const Mail& mail, const InboundFacts& facts, Draw& draw) const {
  const Chances chances = take(draw);
  Verdict verdict;
  if (allows(mail, facts)) verdict.scl = -1;
  scan(mail, chances.password, verdict);
  if (!verdict.ends()) apply_rules(mail, draw, verdict);
  if (!verdict.ends())
    act_on(grade(mail.content, raise_of(config_.params, facts), chances.level, verdict), verdict);
  return verdict;
}

/// Mail from inside to outside (S4-37).
Verdict Chain::outbound(const Mail& mail, const OutboundFacts& facts, Draw& draw) const {
  const Chances chances = take(draw);
  const OutboundRules place = config_.params.outbound_rules;
  Verdict verdict;
  if (place == OutboundRules::before_malware) apply_rules(mail, draw, verdict);
  if (!verdict.ends()) scan(mail, chances.password, verdict);
  if (!verdict.ends() && place == OutboundRules::after_malware) apply_rules(mail, draw, verdict);
  if (verdict.ends()) return verdict;
  const Grade found = grade_outbound(mail, chances, verdict);
  if (place == OutboundRules::after_spam) apply_rules(mail, draw, verdict);
  verdict.pool = pool_of(mail, facts, found);  // spam is not blocked (S4-38)
  return verdict;
}

OutboundPool Chain::pool(const Mail& mail, const OutboundFacts& facts, Draw& draw) const {
  Verdict verdict;
  return pool_of(mail, facts, grade_outbound(mail, take(draw), verdict));
}

Grade Chain::grade_outbound(const Mail& mail, const Chances& chances, Verdict& verdict) const {
  const bool missed = mail.content.spam && chances.missed < config_.params.outbound_missed.value;
  return grade(missed ? Content{} : mail.content, 0, chances.level, verdict);
}

/// The malware filter: S4-17 to S4-24.
void Chain::scan(const Mail& mail, double chance, Verdict& verdict) const {
  const FilterParams& p = config_.params;
  if (!mail.content.malware) return;
  if (mail.content.locked && chance >= p.trivial_password.value) return;
  verdict.admin_notice = config_.admin_notice;
  if (p.malware_action == MalwareAction::quarantine) {
    end(Disposition::quarantine, Stage::malware, verdict);
  } else {
    verdict.stripped = true;
  }
}

void Chain::apply_rules(const Mail& mail, Draw& draw, Verdict& verdict) const {
  for (const std::uint32_t index : order_) {
    const Rule& rule = config_.rules[index];
    const bool rest = rule.params.share.value >= 1.0 || draw.happens(rule.params.share);
    if (!rest || !rule.applies(mail, verdict.scl, config_.registered)) continue;
    rule.act(index, verdict);
    if (verdict.ends() || rule.params.afterwards == Afterwards::stop) return;
  }
}

/// S4-26 to S4-29. What a rule set from the threshold up stands; below, the filter judges.
Grade Chain::grade(const Content& content, int raise, double chance, Verdict& verdict) const {
  const FilterParams& p = config_.params;
  if (verdict.scl == -1) return Grade::clean;
  if (verdict.scl >= p.spam_level) return grade_of(p, verdict.scl);
  const int level = level_of(p, content, raise, chance);
  const Grade grade = grade_of(p, level);
  verdict.scl = stamp_of(grade, level);
  return grade;
}

/// S4-30 to S4-36.
void Chain::act_on(Grade grade, Verdict& verdict) const {
  if (grade == Grade::clean) return;
  const FilterParams& p = config_.params;
  const SpamAction action = grade == Grade::spam ? p.spam_action : p.high_confidence_action;
  end(disposition_of(action), Stage::spam, verdict);
  if (action == SpamAction::header) verdict.mark = Mark::header;
  if (action == SpamAction::subject) verdict.mark = Mark::subject;
  if (action == SpamAction::redirect) verdict.redirect_to = config_.redirect_to;
  if (action == SpamAction::erase) verdict.reply = Reply::erased;
  verdict.user_notice = action == SpamAction::quarantine && p.user_notice;
}

OutboundPool pool_of(const Mail& mail, const OutboundFacts& facts, Grade grade) {
  if (grade != Grade::clean || mail.notice || !facts.sender_resolvable)
    return OutboundPool::high_risk;
  if (facts.forwarded && !facts.sender_accepted && !facts.authenticated) return OutboundPool::relay;
  return OutboundPool::normal;
}

}  // namespace weir::filter
