#pragma once
/// One new address, one receiver of the nominal kind with 2,000 recipients a day for new addresses
/// (500 of them in an hour). Attempts take no time, so that what begins at an instant is decided at
/// it.

#include <string>

#include "tests/support/scenario_run.h"

namespace weir::testing {

inline const std::string kNewAddress = R"(
horizon = "10 d"
[source.mail]
arrivals = { model = "campaign", messages = 5000 }
[address.new]
ip = "192.0.2.10"
[lane]
retry = "postfix"
connect_time = "0 s"
transaction_time = "0 s"
transfer_time = "0 s"
[site.receiver]
envelope_time = "0 s"
acceptance_time = "0 s"
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
