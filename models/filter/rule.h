#pragma once
/// A transport rule: what an administrator wants done with mail of some kind (S4-10, S4-25).
///
/// All conditions that are given must hold. Rules are tried by priority; what decides a message's
/// end also ends the trying.

#include <vector>

#include "models/filter/verdict.h"
#include "sim/params.h"
#include "sim/random.h"

namespace weir::filter {

/// Whether a domain must be one of the organisation's own.
enum class Registered : std::uint8_t { any, yes, no };

constexpr std::array<EnumWord<Registered>, 3> words_of(Registered) {
  return {{{Registered::any, "any"},
           {Registered::yes, "registered"},
           {Registered::no, "unregistered"}}};
}

enum class Ways : std::uint8_t { both, inbound, outbound };

constexpr std::array<EnumWord<Ways>, 3> words_of(Ways) {
  return {{{Ways::both, "both"}, {Ways::inbound, "inbound"}, {Ways::outbound, "outbound"}}};
}

enum class Attachment : std::uint8_t { any, locked };

constexpr std::array<EnumWord<Attachment>, 2> words_of(Attachment) {
  return {{{Attachment::any, "any"}, {Attachment::locked, "locked"}}};
}

enum class RuleAction : std::uint8_t {
  mark,              // prepends text or adds a header: no effect on the way of the message
  skip_spam_filter,  // SCL -1
  set_scl,
  route,  // by a named outbound connector
  redirect,
  quarantine,
  erase,
  reject,
};

constexpr std::array<EnumWord<RuleAction>, 8> words_of(RuleAction) {
  return {{{RuleAction::mark, "mark"},
           {RuleAction::skip_spam_filter, "skip-spam-filter"},
           {RuleAction::set_scl, "set-scl"},
           {RuleAction::route, "route"},
           {RuleAction::redirect, "redirect"},
           {RuleAction::quarantine, "quarantine"},
           {RuleAction::erase, "delete"},
           {RuleAction::reject, "reject"}}};
}

enum class Afterwards : std::uint8_t { go_on, stop };

constexpr std::array<EnumWord<Afterwards>, 2> words_of(Afterwards) {
  return {{{Afterwards::go_on, "go-on"}, {Afterwards::stop, "stop"}}};
}

struct RuleParams {
  std::int64_t priority = 0;
  Ways direction = Ways::both;
  std::vector<std::string> from;
  std::vector<std::string> to;
  std::vector<std::string> except_from;
  std::vector<std::string> except_to;
  Registered sender = Registered::any;
  Registered recipient = Registered::any;
  std::vector<std::string> addresses;
  std::optional<Bytes> larger_than;
  std::optional<std::int64_t> scl_at_least;
  Attachment attachment = Attachment::any;
  Probability share{1.0};
  RuleAction action = RuleAction::mark;
  std::optional<std::int64_t> scl;
  std::optional<std::string> redirect_to;
  std::optional<std::string> connector;
  Afterwards afterwards = Afterwards::go_on;

  static void describe(auto field) {
    describe_conditions(field);
    describe_action(field);
  }

  static void describe_conditions(auto& field) {
    field("priority", &RuleParams::priority, "Rules are tried from the lowest number up.");
    field("direction", &RuleParams::direction, "Whether it is for mail received, sent or both.",
          Source{"S4-25: both"});
    field("from", &RuleParams::from, "Domains of senders; none given: all.");
    field("to", &RuleParams::to, "Domains of recipients; none given: all.");
    field("except_from", &RuleParams::except_from, "Domains of senders it is not for.");
    field("except_to", &RuleParams::except_to, "Domains of recipients it is not for.");
    field("sender", &RuleParams::sender,
          "Whether the sender's domain must be one of the organisation's, or none of them.");
    field("recipient", &RuleParams::recipient,
          "Whether the recipient's domain must be one of the organisation's, or none of them.",
          Source{"S2-06: such a rule blocks what a connector attracts"});
    field("addresses", &RuleParams::addresses, "Names of sending addresses; none given: all.");
    field("larger_than", &RuleParams::larger_than, "Only messages larger than this.");
    field("scl_at_least", &RuleParams::scl_at_least,
          "Only messages that an earlier stage or rule gave at least this level.");
    field("attachment", &RuleParams::attachment,
          "Whether the attachment must be an archive behind a password.");
    field("share", &RuleParams::share,
          "Share of such messages that fulfil what else the rule asks for and is not simulated.");
  }

  static void describe_action(auto& field) {
    field("action", &RuleParams::action, "What is done.", Source{"S4-25, S4-78"});
    field("scl", &RuleParams::scl, "The level that action \"set-scl\" gives, -1 to 9.");
    field("redirect_to", &RuleParams::redirect_to, "The domain that action \"redirect\" names.");
    field("connector", &RuleParams::connector,
          "The outbound connector that action \"route\" names.");
    field("afterwards", &RuleParams::afterwards, "Whether later rules are still tried.");
  }

  static void check(const RuleParams& p, const ParamsPlace& at);
};

/// A rule with its names resolved to indices.
struct Rule {
  RuleParams params;
  std::vector<std::uint32_t> from, to, except_from, except_to;
  std::vector<std::uint32_t> addresses;
  std::uint32_t redirect_to = kNone;
  std::uint32_t connector = kNone;

  /// Whether all conditions but `share` hold. `registered`: the organisation's domains.
  bool applies(const Mail& mail, std::int8_t scl,
               const std::vector<std::uint32_t>& registered) const;

  /// Does the action. `index`: of this rule.
  void act(std::uint32_t index, Verdict& verdict) const;
};

/// The order in which rules are tried: by priority, then as they were given.
std::vector<std::uint32_t> in_order(const std::vector<Rule>& rules);

}  // namespace weir::filter
