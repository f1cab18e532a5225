#pragma once
/// What the world tells of itself while it runs: plain records and the interface that takes them.
///
/// The sender's log and the receiver's trace are both made of AttemptRecord: the log has every
/// attempt, the trace only those that reached the receiver's transport (S4-16, S4-53). Indices are
/// those of the scenario; a message is named by its source and serial number, never by an id.

#include "models/reply.h"
#include "sim/quantity.h"

namespace weir {

/// How a message x recipient ends. One counter each; see the conservation law in DESIGN 4.
enum class Outcome : std::uint8_t {
  refused,
  delivered,
  junked,
  quarantined,
  deleted,
  redirected,
  bounced,
  expired,
};
inline constexpr std::size_t kOutcomes = 8;

struct ReleaseRecord {
  SimTime now;
  std::uint32_t source;
  std::uint32_t lane;
  std::uint32_t recipients;
  Duration held;  // between arrival and release
};

struct AttemptRecord {
  SimTime started;  // when the lane took the message up
  SimTime replied;  // when the sender had the reply
  std::uint32_t source;
  std::uint64_t serial;
  std::uint32_t lane;
  std::uint32_t number;  // 1 for the first attempt
  std::uint32_t recipients;
  std::uint32_t size;
  Reply reply;
  SimTime next;  // of a deferral: when it is tried again or expires
};

struct FinishRecord {
  SimTime now;
  std::uint32_t source;
  std::uint64_t serial;
  std::uint32_t lane;
  std::uint32_t recipients;
  Outcome outcome;
  Reply reply;
  Duration delay;  // since release
};

class Recorder {
 public:
  virtual ~Recorder() = default;

  virtual void arrived(SimTime now, std::uint32_t source, std::uint64_t recipients) = 0;
  virtual void released(const ReleaseRecord&) = 0;
  virtual void attempted(const AttemptRecord&) = 0;
  virtual void finished(const FinishRecord&) = 0;
};

}  // namespace weir
