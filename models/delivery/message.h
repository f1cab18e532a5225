#pragma once
/// A message in flight, and the table that holds all of them.
///
/// Memory is proportional to what is in flight: a cell is used again once its message is finished.
/// An Id names cell and generation, so that an id that outlives its message is noticed.

#include <vector>

#include "models/reply.h"
#include "sim/check.h"
#include "sim/quantity.h"

namespace weir {

/// The states of a message, and who enters them.
enum class MessageState : std::uint8_t {
  finished,    // not in flight; the state of a free cell
  queued,      // in its lane's queue
  connecting,  // its connection is being opened
  sending,     // its envelope and data are under way, or the reply
  waiting,     // deferred: the retry schedule's wait runs
  in_system,   // accepted by a system that has yet to deliver it or send it on
};

struct Message {
  static constexpr std::uint16_t kNone16 = 0xffff;
  static constexpr std::uint32_t kNoLane = 0xffff'ffff;

  std::uint64_t serial = 0;           // within its source; copies carry their part above bit 40
  SimTime released{};                 // by its plan; delays count from here
  SimTime queued{};                   // on its present lane; from here on it ages and expires
  SimTime first_attempt{};            // on its present lane
  SimTime started{};                  // of the current attempt
  std::uint32_t next = 0;             // in the queue of its lane or system: index of the one behind
  std::uint32_t size = 0;             // bytes
  std::uint32_t lane = kNoLane;       // kNoLane: it has not been on any yet
  std::uint32_t from_lane = kNoLane;  // the one before, on which its present system received it
  std::uint16_t source = 0;
  std::uint16_t recipients = 1;
  std::uint16_t unknown = 0;        // of the recipients, in the current attempt
  std::uint16_t attempts = 0;       // on its present lane; stops counting at 65,535
  std::uint16_t on_connection = 0;  // how many messages this connection has carried, with this one
  std::uint16_t site = 0;           // the host it is talking to, or last did
  std::uint16_t destination = kNone16;   // where its recipients are; none: wherever its lane leads
  std::uint16_t system = kNone16;        // that has it, or sends it; none: the sender's own
  std::uint16_t organisation = kNone16;  // whose transport has it, or sends it
  std::uint16_t next_organisation = kNone16;  // as the site admitted it in the current attempt
  std::uint8_t hops = 0;                      // systems passed
  std::uint8_t tried = 0;                     // hosts tried in the current attempt
  std::uint8_t passed = 0;                    // hosts of its hop gone through with that
  bool known = false;                         // recipients that do not exist have been taken out
  bool checked = false;           // they will have been, once the present attempt is accepted
  bool filtered = false;          // see Mail
  bool looks_behind = false;      // its system holds the address before the last to account
  Reply reply = Reply::accepted;  // of the current attempt
  MessageState state = MessageState::finished;

  /// The only way to change the state; checks that the transition is one there is.
  void enter(MessageState to);
};

class MessageTable {
 public:
  /// A new message, in state `finished` until it enters another.
  Id<Message> create();

  /// REQUIRES: `id` is not stale.
  Message& operator[](Id<Message> id) {
    WEIR_CHECK(is_live(id), "an event names a message that is gone");
    return cells_[id.index];
  }

  /// By cell, for the queues inside a lane, whose members are live.
  Message& cell(std::uint32_t index) { return cells_[index]; }
  Id<Message> id_of(std::uint32_t index) const { return {index, generations_[index]}; }

  /// Frees the cell. REQUIRES: the message is in state `finished` and no event names it.
  void remove(Id<Message> id);

  bool is_live(Id<Message> id) const {
    return id.index < cells_.size() && generations_[id.index] == id.generation;
  }

  std::size_t size() const { return live_; }

  /// Visits every message that is not finished.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const Message& message : cells_)
      if (message.state != MessageState::finished) visit(message);
  }

  /// Cells made from here on start at this generation; for tests of wrapping.
  void start_generations_at(std::uint32_t generation) { first_generation_ = generation; }

 private:
  std::vector<Message> cells_;
  std::vector<std::uint32_t> generations_;
  std::vector<std::uint32_t> free_;
  std::uint32_t first_generation_ = 0;
  std::size_t live_ = 0;
};

}  // namespace weir
