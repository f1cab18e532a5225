#pragma once
/// One address, one receiver without any throttle; attempts take no time, so that what begins at an
/// instant is decided at it.

#include <string>

#include "tests/support/scenario_run.h"

namespace weir::testing {

/// The address and the receiver; the table [lane] comes last and may be gone on with.
inline const std::string kInstantReceiver = R"(
horizon = "10 d"
[address.new]
ip = "192.0.2.10"
[site.receiver]
envelope_time = "0 s"
acceptance_time = "0 s"
[lane]
connect_time = "0 s"
transaction_time = "0 s"
transfer_time = "0 s"
)";

inline const std::string kOpenReceiver = kInstantReceiver + R"(
retry = "exchange-online"
[source.mail]
arrivals = { model = "campaign", messages = 200, rate = "50/h" }
)";

/// A throttle of the receiver: throttled_by("model = \"none\"").
inline std::string throttled_by(const std::string& keys) {
  return kOpenReceiver + "[site.receiver.throttle.limit]\n" + keys + "\n";
}

/// The receiver is the front door of an organisation's mail service.
inline const std::string kOrganisation = R"(
[system.service]
[organisation.contoso]
system = "service"
authoritative = ["contoso.example"]
[domain."contoso.example"]
mx = ["10 receiver"]
)";
inline const Assignments kToOrganisation{"site.receiver.system=service",
                                         R"(source.mail.to=["contoso.example"])"};

}  // namespace weir::testing
