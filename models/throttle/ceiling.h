#pragma once
/// What a throttle lets pass in the long run, as far as that can be said without a run.

#include <cstdint>
#include <string_view>

#include "sim/quantity.h"

namespace weir::throttle {

struct Ceiling {
  enum class Of : std::uint8_t { recipients, messages, connections, connects };

  /// Whose mail is counted together: of an address, of its group, or of all that come.
  enum class Scope : std::uint8_t { address, subnet, domain, site };

  /// Whether volume that has grown slowly may pass it.
  enum class Holds : std::uint8_t { always, while_new };

  std::string_view parameter;  // that makes it, such as "limit"
  Of of = Of::recipients;
  Scope scope = Scope::address;
  Holds holds = Holds::always;
  double count = 0.0;  // that may pass in `span`; of connections: open at once
  Duration span{1s};
  double ahead = 0.0;      // that may pass besides, once
  bool for_exempt = true;  // whether exempt addresses (S4-58) are held to it too
};

}  // namespace weir::throttle
