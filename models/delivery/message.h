#pragma once
/// A message in flight, and the table that holds all of them.
///
/// Memory is proportional to what is in flight: a cell is used again once its message is finished.
/// An Id names cell and generation, so that an id that outlives its message is noticed. A message
/// is one cache line: with millions in flight, what an event costs is what it has to fetch.

#include <array>

#include "models/purpose.h"
#include "sim/cells.h"
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

struct alignas(64) Message {
  static constexpr std::uint32_t kNone = 0xffff'ffff;
  static constexpr std::uint16_t kNone16 = 0xffff;
  static constexpr std::uint32_t kNoLane = 0xff'ffff;

  std::uint64_t key = 0;         // stable name; the serials of copies carry their part above bit 40
  SimTime released{};            // by its plan; delays count from here
  SimTime queued{};              // on its present lane; from here on it ages and expires
  SimTime first_attempt{};       // on its present lane
  std::uint32_t link = kNone;    // in a queue, or free: the cell behind; in an attempt: its cell
  std::uint32_t generation = 0;  // of the cell; the table's affair
  std::uint32_t size = 0;        // bytes
  std::uint32_t lane : 24 = kNoLane;       // kNoLane: it has not been on any yet
  std::uint32_t hops : 8 = 0;              // systems passed
  std::uint32_t from_lane : 24 = kNoLane;  // the one before: its present system received it there
  MessageState state : 4 = MessageState::finished;
  bool known : 1 = false;         // recipients that do not exist have been taken out
  bool filtered : 1 = false;      // see Mail
  bool looks_behind : 1 = false;  // its system holds the address before the last to account
  std::uint16_t recipients = 1;
  std::uint16_t attempts = 0;            // on its present lane; stops counting at 65,535
  std::uint16_t site = 0;                // the host it is talking to, or last did
  std::uint16_t destination = kNone16;   // where its recipients are; none: wherever its lane leads
  std::uint16_t system = kNone16;        // that has it, or sends it; none: the sender's own
  std::uint16_t organisation = kNone16;  // whose transport has it, or sends it

  std::uint32_t source() const { return source_of(key); }
  std::uint64_t serial() const { return serial_of(key); }

  /// The only way to change the state; checks that the transition is one there is.
  void enter(MessageState to) {
    WEIR_CHECK(may_enter(to), "a message cannot change to that state from where it is");
    state = to;
  }

  /// Moves on to a lane. REQUIRES: lane < kNoLane.
  void enter_lane(std::uint32_t next) {
    from_lane = lane;
    lane = next & kNoLane;
  }

 private:
  bool may_enter(MessageState to) const;
};

inline bool Message::may_enter(MessageState to) const {
  using enum MessageState;
  const auto any_of = [](auto... states) { return ((1U << static_cast<unsigned>(states)) | ...); };
  // By the state it comes from, in the order of the enum.
  constexpr std::array kAllowed{
      any_of(queued, in_system),                         // finished
      any_of(connecting, sending, waiting, finished),    // queued
      any_of(sending, waiting, finished),                // connecting
      any_of(connecting, waiting, in_system, finished),  // sending
      any_of(queued, finished),                          // waiting
      any_of(queued, finished),                          // in_system
  };
  return (kAllowed[static_cast<std::size_t>(state)] >> static_cast<unsigned>(to) & 1U) != 0;
}

class MessageTable {
 public:
  /// A new message, as given but for its cell's generation.
  Id<Message> create(const Message& message = Message{});

  /// REQUIRES: `id` is not stale.
  Message& operator[](Id<Message> id) {
    WEIR_CHECK(is_live(id), "an event names a message that is gone");
    return cells_[id.index];
  }

  /// By cell, for the queues inside a lane, whose members are live.
  Message& cell(std::uint32_t index) { return cells_[index]; }
  Id<Message> id_of(std::uint32_t index) const { return {index, cells_[index].generation}; }

  /// Frees the cell. REQUIRES: the message is in state `finished` and no event names it.
  void remove(Id<Message> id);

  bool is_live(Id<Message> id) const {
    return id.index < cells_.size() && cells_[id.index].generation == id.generation;
  }

  std::size_t size() const { return live_; }

  /// Has a message's memory on its way; an index that names none is ignored.
  void fetch(std::uint32_t index) const { cells_.fetch(index); }

  /// Visits every message that is not finished.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (cells_[i].state != MessageState::finished) visit(cells_[i]);
  }

  /// Cells made from here on start at this generation; for tests of wrapping.
  void start_generations_at(std::uint32_t generation) { first_generation_ = generation; }

 private:
  Cells<Message> cells_;
  std::uint32_t free_ = Message::kNone;  // the first free cell, if there is one
  std::uint32_t first_generation_ = 0;
  std::size_t live_ = 0;
};

}  // namespace weir
