#pragma once
/// A stretch of time in which a site does not do its work, and what a sender meets then.

#include <optional>
#include <string>

#include "models/reply.h"
#include "sim/params.h"

namespace weir {

struct OutageParams {
  Duration from{0s};
  Duration until{1h};
  std::string answer = "none";

  static void describe(auto field) {
    field("from", &OutageParams::from, "When it begins, counted from the start of the run.",
          Bounds<Duration>{0s, 36'500 * 24h});
    field("until", &OutageParams::until, "When it is over, counted from the start of the run.",
          Bounds<Duration>{0s, 36'500 * 24h});
    field("answer", &OutageParams::answer,
          "\"none\": connections time out; \"refused\": they are refused at once; or the code of "
          "the reply to every recipient, such as \"451 4.7.500\" (a 421: at the greeting).");
  }

  static void check(const OutageParams& p, const ParamsPlace& at);
};

/// What a connection to a host meets before anything is said.
enum class Contact : std::uint8_t { answers, silent, refused };

struct Outage {
  SimTime from{};
  SimTime until{};
  Contact contact = Contact::answers;
  Reply reply = Reply::accepted;  // while it answers

  static Outage from_params(const OutageParams& params);

  bool holds(SimTime now) const { return from <= now && now < until; }

  /// Whether it answers every recipient with its reply.
  bool replies() const { return reply != Reply::accepted && !at_greeting(); }

  /// Whether the reply comes at the greeting, before any recipient is named.
  bool at_greeting() const {
    return reply != Reply::accepted && info(reply).code.starts_with("421");
  }
};

}  // namespace weir
