#pragma once
/// What the world tells of itself while it runs: plain records and the interface that takes them.
///
/// The sender's log and the receiver's trace are both made of AttemptRecord: the log has every
/// attempt, the trace only those that reached the receiver's transport (S4-16, S4-53). Indices are
/// those of the scenario; a message is named by its source and serial number, never by an id.

#include "models/filter/verdict.h"
#include "models/reply.h"
#include "sim/quantity.h"
#include "sim/value_type.h"

namespace weir {

/// A message that is a part or a copy of another carries the number of the part from here on in its
/// serial; below stands the serial of the message that it was made of. 255 parts have names.
inline constexpr std::uint64_t kPart = 1ULL << 40;
inline constexpr std::uint64_t kNamedParts = 255;

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
  SimTime next;  // of a deferral: when it is tried again or expires; `replied`: at the next host
  std::uint32_t site;  // that answered
};

/// What a system's message trace tells of one step.
enum class TransportEvent : std::uint8_t {
  received,
  delivered,
  junked,
  quarantined,
  deleted,
  redirected,
  sent,
  passed_on,
  expanded,
  failed,
};

constexpr std::array<EnumWord<TransportEvent>, 10> words_of(TransportEvent) {
  using enum TransportEvent;
  return {{{received, "received"},
           {delivered, "delivered"},
           {junked, "junked"},
           {quarantined, "quarantined"},
           {deleted, "deleted"},
           {redirected, "redirected"},
           {sent, "sent"},
           {passed_on, "passed-on"},
           {expanded, "expanded"},
           {failed, "failed"}}};
}
inline constexpr std::size_t kTransportEvents = 10;

/// What the filters of an organisation say of a message, as its message trace tells it.
struct FilterRemark {
  std::int8_t scl = filter::Verdict::kNoScl;  // as stamped on it
  filter::Stage stage = filter::Stage::none;  // that decided what becomes of it
  filter::Mark mark = filter::Mark::none;     // written on it (S4-31, S4-32)
  bool stripped = false;                      // its malware was replaced by a text (S4-20)
};

/// One line of the message trace of an organisation, or of a system that has none.
struct TransportRecord {
  static constexpr std::uint32_t kNone = 0xffff'ffff;

  SimTime now;
  std::uint32_t system;
  std::uint32_t organisation;  // kNone where the system has none
  std::uint32_t source;
  std::uint64_t serial;
  std::uint32_t recipients;
  TransportEvent event;
  Reply reply;         // of a failure or a deletion
  std::uint32_t pool;  // of mail that is sent: the pool it leaves by; else kNone
  bool bypassed;       // delivered past a pre-stage filter (S0-11)
  bool misplaced;      // delivered where the domain no longer is (S0-03)
  FilterRemark filters{};
};

struct FinishRecord {
  SimTime now;
  std::uint32_t source;
  std::uint64_t serial;
  std::uint32_t lane;  // kNoLane of mail that never was on one
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
  virtual void transported(const TransportRecord&) {}
  virtual void finished(const FinishRecord&) = 0;
};

}  // namespace weir
