#pragma once
/// A lane: what is queued and throttled together, the mail of one address for one hop.
///
/// A hop is a site, or several that stand in for each other; each connection goes to one of them.

#include <memory>

#include "models/control/controller.h"
#include "models/delivery/message.h"
#include "models/retry/schedule.h"
#include "sim/kernel.h"
#include "sim/params.h"

namespace weir {

/// How long the sender's side of an attempt takes. What may start at all is the controller's
/// affair.
struct LaneParams {
  Duration connect_time{150ms};
  Duration transaction_time{150ms};
  Duration transfer_time{80ms};

  static void describe(auto field) {
    field("connect_time", &LaneParams::connect_time,
          "From opening a connection to the end of greeting and TLS.", Bounds<Duration>{0s, 1h},
          Source{"assumption: five round trips of 30 ms"});
    field("transaction_time", &LaneParams::transaction_time,
          "Round trips of one transaction beside the site's own times.", Bounds<Duration>{0s, 1h},
          Source{"assumption: five round trips of 30 ms"});
    field("transfer_time", &LaneParams::transfer_time, "Time to send one megabyte.",
          Bounds<Duration>{0s, 1h}, Source{"assumption: 100 Mbit/s"});
  }
};

struct Lane {
  std::uint32_t address = 0;
  std::uint32_t hop = 0;
  LaneParams params;
  std::unique_ptr<control::Controller> control;
  const retry::Schedule* schedule = nullptr;
  Duration lifetime{};  // the schedule's

  std::uint32_t head = Id<Message>::kNone;  // of the queue; cells of the message table
  std::uint32_t tail = Id<Message>::kNone;
  std::uint64_t queued = 0;
  std::uint64_t messages = 0;       // on this lane in any state
  std::uint64_t released = 0;       // to this lane so far
  std::int64_t connections = 0;     // open or being opened
  Reply refusal = Reply::accepted;  // the last one that the controller was told of
  bool pumping = false;             // the world is taking mail off the queue just now
  TimerId ready_timer;
  SimTime ready_at{};  // when that is due

  void push(MessageTable& messages_in_flight, Id<Message> id);

  /// REQUIRES: the queue is not empty.
  Id<Message> pop(MessageTable& messages_in_flight);
};

}  // namespace weir
