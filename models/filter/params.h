#pragma once
/// What an organisation sets about its filters: one described table, [organisation.NAME.filter].

#include <optional>
#include <string>
#include <vector>

#include "sim/params.h"

namespace weir::filter {

/// What becomes of a message with malware in it.
enum class MalwareAction : std::uint8_t { quarantine, default_text, custom_text };

constexpr std::array<EnumWord<MalwareAction>, 3> words_of(MalwareAction) {
  return {{{MalwareAction::quarantine, "quarantine"},
           {MalwareAction::default_text, "default-text"},
           {MalwareAction::custom_text, "custom-text"}}};
}

/// What becomes of spam (S4-30 to S4-35).
enum class SpamAction : std::uint8_t { junk, header, subject, redirect, erase, quarantine };

constexpr std::array<EnumWord<SpamAction>, 6> words_of(SpamAction) {
  return {{{SpamAction::junk, "junk"},
           {SpamAction::header, "header"},
           {SpamAction::subject, "subject"},
           {SpamAction::redirect, "redirect"},
           {SpamAction::erase, "delete"},
           {SpamAction::quarantine, "quarantine"}}};
}

/// Where transport rules stand on the way out.
enum class OutboundRules : std::uint8_t { before_malware, after_malware, after_spam };

constexpr std::array<EnumWord<OutboundRules>, 3> words_of(OutboundRules) {
  return {{{OutboundRules::before_malware, "before-malware"},
           {OutboundRules::after_malware, "after-malware"},
           {OutboundRules::after_spam, "after-spam"}}};
}

struct FilterParams {
  std::vector<std::string> allow;
  std::vector<std::string> block;
  std::optional<Duration> allow_registered;
  std::optional<Duration> block_registered;
  Duration propagation{1h};

  MalwareAction malware_action = MalwareAction::quarantine;
  std::optional<std::string> admin_notice;
  Probability trivial_password;

  std::int64_t spam_level = 5;
  std::int64_t high_confidence_level = 7;
  SpamAction spam_action = SpamAction::junk;
  SpamAction high_confidence_action = SpamAction::junk;
  std::optional<std::string> redirect_to;
  bool user_notice = false;
  std::vector<double> clean_levels{60, 30, 6, 3, 1};
  std::int64_t spf_fail_levels = 5;
  std::int64_t spf_softfail_levels = 2;
  std::int64_t high_risk_levels = 2;
  double poor_reputation = 50.0;
  std::int64_t poor_reputation_levels = 2;

  OutboundRules outbound_rules = OutboundRules::after_malware;
  Probability outbound_missed;

  static void describe(auto field) {
    describe_connection(field);
    describe_malware(field);
    describe_spam(field);
    describe_levels(field);
    describe_outbound(field);
  }

  static void describe_connection(auto& field) {
    field("allow", &FilterParams::allow,
          "Names of addresses whose mail passes block lists and skips the spam filter.");
    field("block", &FilterParams::block, "Names of addresses that are refused.");
    field(
        "allow_registered", &FilterParams::allow_registered,
        "When the allow list is saved, counted from the start of the run; \"none\": long before.");
    field(
        "block_registered", &FilterParams::block_registered,
        "When the block list is saved, counted from the start of the run; \"none\": long before.");
    field("propagation", &FilterParams::propagation,
          "How long after it is saved a list takes effect.", Bounds<Duration>{0s, 720h},
          Source{"S4-49: about one hour"});
  }

  static void describe_malware(auto& field) {
    field("malware_action", &FilterParams::malware_action,
          "Whether a message with malware is kept whole, or delivered with a text in its place.",
          Source{"S4-18 to S4-21; rules.md 1.6, 1: the whole message"});
    field("admin_notice", &FilterParams::admin_notice,
          "Domain of the administrator who is told of each; \"none\": nobody is.",
          Source{"S4-22: by default nobody"});
    field("trivial_password", &FilterParams::trivial_password,
          "Share of archives with a password that is guessed, so that they are looked into.",
          Source{"S4-24: reportedly some; assumption: off unless measured"});
  }

  static void describe_spam(auto& field) {
    constexpr Bounds<std::int64_t> kLevel{1, 9};
    field("spam_level", &FilterParams::spam_level, "The level from which on a message is spam.",
          kLevel, Source{"S4-27, S4-28"});
    field("high_confidence_level", &FilterParams::high_confidence_level,
          "The level from which on it is spam of high confidence.", kLevel,
          Source{"S4-29; rules.md 1.6, 7"});
    field("spam_action", &FilterParams::spam_action, "What becomes of spam.", Source{"S4-30"});
    field("high_confidence_action", &FilterParams::high_confidence_action,
          "What becomes of spam of high confidence.", Source{"S4-30"});
    field("redirect_to", &FilterParams::redirect_to, "Domain that redirected spam goes to.");
    field("user_notice", &FilterParams::user_notice,
          "Whether recipients are told of what is quarantined as spam: one mail for each.",
          Source{"S4-35, S4-36"});
  }

  static void describe_levels(auto& field) {
    constexpr Bounds<std::int64_t> kRaise{0, 9};
    field("clean_levels", &FilterParams::clean_levels,
          "Five weights: how often mail that is no spam is found at level 0, 1, 2, 3, 4.",
          Source{"assumption: little comes near the threshold; 2 to 4 are stamped as 1"});
    field("spf_fail_levels", &FilterParams::spf_fail_levels,
          "What a failed check of the sender's SPF record adds to the level.", kRaise,
          Source{"assumption: S3-07 judges it spoofing, which is spam"});
    field("spf_softfail_levels", &FilterParams::spf_softfail_levels, "What a soft failure adds.",
          kRaise, Source{"assumption: doubt, not a judgement"});
    field("high_risk_levels", &FilterParams::high_risk_levels,
          "What coming from another system's high-risk pool adds.", kRaise,
          Source{"S4-39; facts 2.4"});
    field("poor_reputation", &FilterParams::poor_reputation,
          "Below this reputation at the site, where it keeps one, an address is poor.",
          Bounds<double>{0.0, 100.0},
          Source{"assumption: what 10 % spam verdicts lead to; facts 3.2"});
    field("poor_reputation_levels", &FilterParams::poor_reputation_levels,
          "What coming from a poor address adds.", kRaise,
          Source{"S4-26 has the source count; assumption: as a high-risk pool"});
  }

  static void describe_outbound(auto& field) {
    field("outbound_rules", &FilterParams::outbound_rules,
          "Where transport rules stand on the way out.",
          Source{"S4-11 does not say; assumption: rules.md 1.6, 2"});
    field("outbound_missed", &FilterParams::outbound_missed,
          "Share of spam that the outbound spam filter lets pass as clean.",
          Source{"assumption: as sharp as the receivers'"});
  }

  static void check(const FilterParams& p, const ParamsPlace& at);
};

}  // namespace weir::filter
