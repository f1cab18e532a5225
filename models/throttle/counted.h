#pragma once
/// What a limit counts.

#include "models/throttle/policy.h"

namespace weir::throttle {

enum class Counted : std::uint8_t { recipients, messages };

constexpr std::array<EnumWord<Counted>, 2> words_of(Counted) {
  return {{{Counted::recipients, "recipients"}, {Counted::messages, "messages"}}};
}

constexpr Ceiling::Of unit_of(Counted counted) {
  return counted == Counted::recipients ? Ceiling::Of::recipients : Ceiling::Of::messages;
}

/// What `recipients` of one message are in this unit. A message without any is none.
constexpr std::int64_t amount(Counted counted, std::uint32_t recipients) {
  return counted == Counted::recipients ? recipients : std::min<std::int64_t>(recipients, 1);
}

}  // namespace weir::throttle
