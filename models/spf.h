#pragma once
/// What SPF says of the connecting address for the domain of the envelope sender (S3-06; RFC 7208).

#include <array>

#include "sim/value_type.h"

namespace weir {

enum class Spf : std::uint8_t { none, pass, neutral, softfail, fail };

constexpr std::array<EnumWord<Spf>, 5> words_of(Spf) {
  return {{{Spf::none, "none"},
           {Spf::pass, "pass"},
           {Spf::neutral, "neutral"},
           {Spf::softfail, "softfail"},
           {Spf::fail, "fail"}}};
}

}  // namespace weir
