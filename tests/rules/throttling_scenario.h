#pragma once
/// One new address, one receiver of the nominal kind with 2,000 recipients a day for new addresses
/// (500 of them in an hour).

#include "tests/rules/receiver_scenario.h"

namespace weir::testing {

inline const std::string kNewAddress = kInstantReceiver + R"(
retry = "postfix"
[source.mail]
arrivals = { model = "campaign", messages = 5000 }
[site.receiver.throttle.ip]
model = "history-window"
probation = "2000/d"
)";

/// 80 messages an hour for ten days: 1,920 a day, which a new address may send.
inline const std::string kTenQuietDays =
    R"(source.mail.arrivals={ model = "campaign", messages = 19200, rate = "80/h" })";

/// A thousand messages at once, more than a new address may send in an hour.
inline std::string burst_at(const std::string& from) {
  return R"(source.burst.arrivals={ model = "campaign", messages = 1000, from = ")" + from + "\" }";
}

inline const std::string kLittleMail =
    R"(source.mail.arrivals={ model = "campaign", messages = 200, rate = "50/h" })";

}  // namespace weir::testing
