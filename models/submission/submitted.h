#pragma once
/// Mail that a user hands over to be sent, as the limits of its organisation see it.

#include "sim/quantity.h"

namespace weir::submission {

/// One message. Recipients are counted after groups are expanded; `user` numbers the mailboxes.
struct Submitted {
  SimTime now{};
  std::uint32_t user = 0;
  std::uint32_t external = 0;   // recipients outside the organisation
  std::uint32_t internal = 0;   // and inside
  bool default_domain = false;  // sent from the organisation's onmicrosoft.com domain
};

}  // namespace weir::submission
