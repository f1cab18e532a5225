#pragma once
/// The filters of one organisation, in the order in which mail passes them.
///
/// In: connection filter, malware filter, transport rules, spam filter (S4-09). What the connection
/// filter refuses never reaches the transport and stands in no trace (S4-16), so it is asked apart.
/// Out: malware filter, transport rules, outbound spam filter, pool (S4-11). The malware filter
/// comes before everything that could let a message skip it, and cannot be switched off (S4-23).
///
/// A decision takes its chance from one Draw, three numbers first and then one for each rule whose
/// `share` is below 100 %, so that a rule moves no filter's numbers. Card: docs/models/filter.md.

#include <vector>

#include "models/filter/params.h"
#include "models/filter/rule.h"
#include "models/filter/spam_level.h"
#include "models/filter/verdict.h"
#include "sim/random.h"

namespace weir::filter {

/// The filters of an organisation with every name resolved to an index.
struct FilterConfig {
  FilterParams params;
  std::vector<std::uint32_t> allow, block;  // addresses
  std::uint32_t redirect_to = kNone;        // domain
  std::uint32_t admin_notice = kNone;       // domain
  std::vector<Rule> rules;                  // as given
  std::vector<std::uint32_t> registered;    // the organisation's domains
};

class Chain {
 public:
  explicit Chain(FilterConfig config);

  /// The connection filter: goes on, or refuses. Allow wins over block (facts 2.3).
  Verdict connect(const Mail& mail, const InboundFacts& facts) const;

  /// Whether the allow list lets the message skip the spam filter and the receiving system's own
  /// block list (S4-13, S4-14, S4-47); a system never asks it about Spamhaus (S4-48).
  bool allows(const Mail& mail, const InboundFacts& facts) const;

  /// What becomes of an accepted message. REQUIRES: connect() let it go on.
  Verdict inbound(const Mail& mail, const InboundFacts& facts, Draw& draw) const;

  /// What becomes of a message that leaves, and by which pool.
  Verdict outbound(const Mail& mail, const OutboundFacts& facts, Draw& draw) const;

  /// The pool by which a part leaves of a message that has passed these filters as a whole.
  OutboundPool pool(const Mail& mail, const OutboundFacts& facts, Draw& draw) const;

  const FilterConfig& config() const { return config_; }

 private:
  struct Chances {
    double password, level, missed;
  };
  static Chances take(Draw& draw) { return {draw.uniform(), draw.uniform(), draw.uniform()}; }

  void scan(const Mail& mail, double chance, Verdict& verdict) const;
  void apply_rules(const Mail& mail, Draw& draw, Verdict& verdict) const;
  Grade grade(const Content& content, int raise, double chance, Verdict& verdict) const;
  Grade grade_outbound(const Mail& mail, const Chances& chances, Verdict& verdict) const;
  void act_on(Grade grade, Verdict& verdict) const;

  FilterConfig config_;
  std::vector<std::uint32_t> order_;  // of the rules
};

/// The pool by which a message leaves (S4-38; facts 2.3). `grade`: the outbound filter's.
OutboundPool pool_of(const Mail& mail, const OutboundFacts& facts, Grade grade);

}  // namespace weir::filter
