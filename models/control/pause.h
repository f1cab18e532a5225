#pragma once
/// The settings of the controller `pause`, which a scenario may write in [lane] itself.

#include "models/control/controller.h"
#include "models/control/limit.h"

namespace weir::control {

struct PauseParams {
  std::int64_t connection_limit = 20;
  std::int64_t messages_per_connection = 20;
  std::optional<Rate<Message>> message_rate;
  Duration pause{15min};

  static void describe(auto field) {
    field("connection_limit", &PauseParams::connection_limit, "Connections open at once.",
          kConnections, Source{"Exchange Server: MaxPerDomainOutboundConnections 20 (facts 2.2)"});
    field("messages_per_connection", &PauseParams::messages_per_connection,
          "Messages sent over one connection before it is closed.", kMessagesPerConnection,
          Source{"Exchange Server send connector: 20 (facts 2.2)"});
    field("message_rate", &PauseParams::message_rate,
          "Attempts are started no faster than this, at even distances.",
          Source{"off unless set, as in Postfix (facts 4.1)"});
    field("pause", &PauseParams::pause,
          "Back-off: after a deferral that concerns the address, the lane starts nothing for this "
          "long and then tries with one connection until something is accepted.",
          kPauses,
          Source{"KumoMTA community shaping: 15 min to 1 h for these replies (facts 4.1)"});
  }
};

/// What `params` make.
std::unique_ptr<Controller> make_pause(const PauseParams& params);

}  // namespace weir::control
