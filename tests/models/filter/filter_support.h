#pragma once
/// Filters of one organisation and mail for them, with one thing different at a time.

#include <gtest/gtest.h>

#include "models/filter/chain.h"

namespace weir::filter::testing {

inline constexpr std::uint32_t kOwn = 0;      // a domain of the organisation
inline constexpr std::uint32_t kForeign = 1;  // one that is not
inline constexpr std::uint32_t kAddress = 7;  // that hands mail over

inline constexpr Content kSpam{.spam = true};
inline constexpr Content kSure{.spam = true, .high_confidence = true};
inline constexpr Content kMalware{.malware = true};

inline Mail mail(const Content& content = {}) {
  return {.now = SimTime{24h},
          .key = 1,
          .address = kAddress,
          .sender_domain = kForeign,
          .recipient_domain = kOwn,
          .content = content};
}

inline Mail sent(const Content& content = {}) {
  Mail m = mail(content);
  m.direction = Direction::outbound;
  m.sender_domain = kOwn;
  m.recipient_domain = kForeign;
  m.address = Mail::kNone;
  return m;
}

inline Draw draw(std::uint64_t message = 1) { return {1, Purpose{250}, message, 0}; }

inline FilterConfig config() {
  FilterConfig c;
  c.registered = {kOwn};
  return c;
}

inline FilterConfig with_rule(const Rule& rule, FilterConfig c = config()) {
  c.rules.push_back(rule);
  return c;
}

inline Rule rule(RuleAction action) {
  Rule r;
  r.params.action = action;
  return r;
}

inline Verdict in(const FilterConfig& c, const Mail& m, const InboundFacts& facts = {}) {
  Draw d = draw(m.key);
  return Chain(c).inbound(m, facts, d);
}

inline Verdict out(const FilterConfig& c, const Mail& m, const OutboundFacts& facts = {}) {
  Draw d = draw(m.key);
  return Chain(c).outbound(m, facts, d);
}

}  // namespace weir::filter::testing
