#pragma once
/// A lane: what is queued and throttled together, the mail of one address for one hop.
///
/// A hop is a site, or several that stand in for each other; each connection goes to one of them.

#include <memory>
#include <optional>

#include "models/delivery/message.h"
#include "models/retry/schedule.h"
#include "sim/kernel.h"
#include "sim/params.h"

namespace weir {

/// The sender's settings for a lane.
struct LaneParams {
  std::int64_t connection_limit = 20;
  std::int64_t messages_per_connection = 20;
  std::optional<Rate<Message>> message_rate;
  Duration connect_time{150ms};
  Duration transaction_time{150ms};
  Duration transfer_time{80ms};
  Duration pause{15min};

  static void describe(auto field) {
    field("connection_limit", &LaneParams::connection_limit, "Connections open at once.",
          Bounds<std::int64_t>{1, 100'000},
          Source{"Exchange Server: MaxPerDomainOutboundConnections 20 (facts 2.2)"});
    field("messages_per_connection", &LaneParams::messages_per_connection,
          "Messages sent over one connection before it is closed.", Bounds<std::int64_t>{1, 65'535},
          Source{"Exchange Server send connector: 20 (facts 2.2)"});
    field("message_rate", &LaneParams::message_rate,
          "Attempts are started no faster than this, at even distances.",
          Source{"off unless set, as in Postfix (facts 4.1)"});
    field("connect_time", &LaneParams::connect_time,
          "From opening a connection to the end of greeting and TLS.", Bounds<Duration>{0s, 1h},
          Source{"assumption: five round trips of 30 ms"});
    field("transaction_time", &LaneParams::transaction_time,
          "Round trips of one transaction beside the site's own times.", Bounds<Duration>{0s, 1h},
          Source{"assumption: five round trips of 30 ms"});
    field("transfer_time", &LaneParams::transfer_time, "Time to send one megabyte.",
          Bounds<Duration>{0s, 1h}, Source{"assumption: 100 Mbit/s"});
    field("pause", &LaneParams::pause,
          "Back-off: after a deferral that concerns the address, the lane starts nothing for this "
          "long and then tries with one connection until something is accepted.",
          Bounds<Duration>{0s, 720h},
          Source{"KumoMTA community shaping: 15 min to 1 h for these replies (facts 4.1)"});
  }
};

struct Lane {
  std::uint32_t address = 0;
  std::uint32_t hop = 0;
  LaneParams params;
  const retry::Schedule* schedule = nullptr;

  std::uint32_t head = Id<Message>::kNone;  // of the queue; cells of the message table
  std::uint32_t tail = Id<Message>::kNone;
  std::uint64_t queued = 0;
  std::uint64_t messages = 0;    // on this lane in any state
  std::uint64_t released = 0;    // to this lane so far
  std::int64_t connections = 0;  // open or being opened
  SimTime next_start{};          // by the message rate
  SimTime paused_until{};
  bool probing = false;  // one connection only, until something is accepted
  bool pumping = false;  // the world is taking mail off the queue just now
  TimerId ready_timer;

  std::int64_t allowed_connections() const { return probing ? 1 : params.connection_limit; }

  void push(MessageTable& messages_in_flight, Id<Message> id);

  /// REQUIRES: the queue is not empty.
  Id<Message> pop(MessageTable& messages_in_flight);
};

}  // namespace weir
