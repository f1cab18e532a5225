#pragma once
/// What a mail system decides about mail: at its front doors, and once it has taken it over.
///
/// A transport decides and answers; the world queues, moves and ends messages. Mail is first
/// admitted (connectors, relay permission, connection filter), then, when its turn at the system's
/// servers is over, decided on: filters, groups, and where it goes next.

#include <span>
#include <vector>

#include "models/mail.h"
#include "models/recorder.h"
#include "models/reply.h"
#include "models/throttle/policy.h"
#include "sim/random.h"

namespace weir::system {

/// Where the recipients of an envelope are: domains, or one group of an organisation.
struct Destination {
  std::vector<std::uint32_t> domains;  // not empty; several only until a system splits them
  std::uint32_t group = Mail::kNone;   // of the organisation that has the domain
  bool elsewhere = false;              // in mailboxes of the domain that are on another system

  friend auto operator<=>(const Destination&, const Destination&) = default;
};

/// What a front door answers to an envelope.
struct Admission {
  Reply refusal = Reply::accepted;
  std::uint32_t organisation = Mail::kNone;  // whose transport handles the mail; none: by domain
  std::uint32_t unknown = 0;                 // recipients refused, of those that do not exist
  bool checked = false;                      // whether there are such recipients: no more now
  bool exempt = false;                       // from throttling (S4-58)
  bool allowed = false;                      // by the recipients' organisation (S4-13)
  bool looks_behind = false;  // the address before is held to account (enhanced filtering)
};

/// What is to become of mail that a system has.
enum class Act : std::uint8_t {
  deliver,
  junk,
  quarantine,
  erase,
  redirect,
  send,     // on to `hop`, by an address of `pool`
  pass_on,  // to the transport of another organisation on this system (S2-04)
  divide,   // into `shares`: other domains, members of a group
  fail,     // a bounce message to the sender, with `reply`
};

/// Some recipients of a message and where they are: an index of the scenario's destinations.
struct Share {
  std::uint32_t destination = 0;
  std::uint32_t recipients = 0;
};

struct Decision {
  Act act = Act::deliver;
  Reply reply = Reply::accepted;
  std::uint32_t organisation = Mail::kNone;       // whose trace shows it
  std::uint32_t next_organisation = Mail::kNone;  // of pass_on
  std::uint32_t hop = 0;
  std::uint32_t pool = 0;
  std::uint32_t unknown = 0;            // of deliver: recipients that do not exist
  std::uint32_t extra_notices = 0;      // to administrators or recipients (S4-22, S4-35)
  bool bypassed = false;                // a pre-stage filter was left out (S0-11)
  bool spam = false;                    // a filter said so: evidence against the sending address
  bool misplaced = false;               // delivered where the domain no longer is (S0-03)
  FilterRemark filters{};               // for the message trace
  std::uint32_t copy_to = Mail::kNone;  // destination of a copy that the system sends (S4-33)
  bool filtered = false;                // of divide: no part need pass the filters again
  Duration takes{};                     // of divide: until the parts are there
  std::vector<Share> shares{};
};

class Transport {
 public:
  virtual ~Transport() = default;

  /// The answer to an envelope with `destination`, of whose recipients `unknown` do not exist.
  virtual Admission admit(const Mail& mail, const Destination& destination, std::uint32_t unknown,
                          Draw& draw) const = 0;

  /// The next step of mail in its hands. Called once for each organisation it passes.
  virtual Decision decide(const Mail& mail, const Destination& destination, std::uint32_t unknown,
                          Draw& draw) = 0;
};

}  // namespace weir::system
