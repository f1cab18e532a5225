#pragma once
/// How a sending system paces one lane: connections, rates, and what it does when it is refused.
///
/// A controller is the state of one lane. A scenario makes a prototype, clone() gives each lane its
/// own. It decides and answers, and owns no timer and no generator: the world asks before it starts
/// anything, waits as long as it is told, and reports what happened in the order of simulated time.
/// Every message_started() is followed by exactly one of succeeded(), refused() and unreachable().
/// Add one: write models/control/<name>.cc, name it in models/control/CMakeLists.txt.

#include <vector>

#include "models/entry.h"
#include "models/reply.h"
#include "sim/quantity.h"

namespace weir::control {

/// How far an attempt came before it was refused.
enum class Stage : std::uint8_t {
  connection,   // greeting or handshake: no message was heard
  transaction,  // the session stood; the refusal is about what was sent
};

struct Refusal {
  SimTime now{};
  Reply reply = Reply::accepted;
  Stage stage = Stage::transaction;
  std::int64_t busy = 1;  // connections open or being opened, that of the attempt included
};

/// What becomes of the mail that waits in a lane.
enum class Waiting : std::uint8_t {
  kept,      // it waits
  deferred,  // it goes back to its retry schedule, as after a deferral, without an attempt
  bounced,   // it is returned to its senders
};

/// A limit that holds in the long run, whatever the site answers.
struct Ceiling {
  enum class Of : std::uint8_t { connections, messages, connects };

  std::string_view parameter;  // that makes it, such as "connection_limit"
  Of of = Of::connections;
  double count = 0.0;  // open at once; or started in `span`
  Duration span{1s};
  double ahead = 0.0;  // that may start besides, once
};

class Controller {
 public:
  virtual ~Controller() = default;

  /// The most it lets start when nothing is refused.
  virtual std::vector<Ceiling> ceilings() const { return {}; }

  /// One for another lane, in the state of this one.
  virtual std::unique_ptr<Controller> clone() const = 0;

  /// How many connections may be open at once, those being opened included; at least 1.
  virtual std::int64_t connection_limit(SimTime now) const = 0;

  /// How many messages a connection carries before it is closed; at least 1.
  virtual std::int64_t messages_per_connection(SimTime now) const = 0;

  /// Nothing starts before this instant; one that is not later than the present holds nothing.
  virtual SimTime held_until() const { return SimTime::min(); }

  /// What becomes of the mail that waits at `now`, and of mail that comes then.
  virtual Waiting waiting(SimTime) const { return Waiting::kept; }

  /// The earliest instants at which the rates allow another message and another connection; not
  /// later than `now` when they do so at once.
  virtual SimTime next_message(SimTime) const { return SimTime::min(); }
  virtual SimTime next_connection(SimTime) const { return SimTime::min(); }

  /// A connection is being opened for the message that message_started() tells of next.
  virtual void connection_started(SimTime) {}
  virtual void message_started(SimTime) {}

  /// A message was accepted.
  virtual void succeeded(SimTime now, std::int64_t busy) = 0;
  virtual void refused(const Refusal& refusal) = 0;

  /// The site did not answer, or no connection came about.
  virtual void unreachable(SimTime now, std::int64_t busy) = 0;

  /// The lane has run out of mail and of connections.
  virtual void emptied(SimTime) {}
};

using Entry = EntryOf<Controller>;

template <class Model>
constexpr Entry entry(std::string_view name, std::string_view summary) {
  return make_entry<Controller, Model>(name, summary);
}

std::span<const Entry* const> catalogue();

}  // namespace weir::control
