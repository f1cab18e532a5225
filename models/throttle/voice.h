#pragma once
/// In whose words a limit refuses: the same rule stands at many sites, each with its own replies.

#include "models/throttle/policy.h"

namespace weir::throttle {

enum class Voice : std::uint8_t { plain, outlook, gmail, yahoo };

constexpr std::array<EnumWord<Voice>, 4> words_of(Voice) {
  return {{{Voice::plain, "plain"},
           {Voice::outlook, "outlook"},
           {Voice::gmail, "gmail"},
           {Voice::yahoo, "yahoo"}}};
}

constexpr std::string_view kVoiceWords =
    "In whose words it refuses: plain ones, or those of consumer Outlook, Gmail or Yahoo.";
constexpr std::string_view kVoiceSource = "assumption: facts 2.5, 3.2 know the other three";

/// Too much mail in a time.
constexpr Reply over_rate(Voice voice) {
  constexpr std::array kReply{Reply::rate_limited, Reply::consumer_rate, Reply::gmail_rate,
                              Reply::yahoo_volume};
  return kReply[static_cast<std::size_t>(voice)];
}

/// Too many connections at once.
constexpr Reply over_connections(Voice voice) {
  return voice == Voice::outlook ? Reply::consumer_connections : Reply::concurrency_limited;
}

/// Too many connections in a time.
constexpr Reply over_connection_rate(Voice voice) {
  return voice == Voice::outlook ? Reply::consumer_connection_rate : Reply::connection_rate_limited;
}

}  // namespace weir::throttle
