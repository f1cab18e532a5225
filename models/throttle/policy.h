#pragma once
/// What a receiving site decides about a connection or an attempt before it looks at the message.
///
/// A policy hears of every attempt at its site in the order of simulated time and answers at once.
/// It owns no generator and no timer and knows no world: what it must be woken for it returns as
/// `wake_at`. One policy serves all addresses, by their index in the scenario. A site asks all its
/// policies before it counts: admit() decides, accepted() counts what every policy let pass.
/// Add one: write models/throttle/<name>.cc, name it in models/throttle/CMakeLists.txt.

#include "models/entry.h"
#include "models/reply.h"
#include "models/throttle/ceiling.h"
#include "sim/calendar.h"
#include "sim/random.h"

namespace weir::throttle {

/// Who keeps a list of addresses that are refused.
enum class BlockList : std::uint8_t { microsoft, spamhaus, outlook };

constexpr std::array<EnumWord<BlockList>, 3> words_of(BlockList) {
  return {{{BlockList::microsoft, "microsoft"},
           {BlockList::spamhaus, "spamhaus"},
           {BlockList::outlook, "outlook"}}};
}

/// What a site knows of a sending address; `subnet` and `domain` number its /24 and the sender
/// domain it sends for, so that equal numbers are one group.
struct AddressInfo {
  static constexpr std::uint32_t kNobody = 0xffff'ffff;

  std::uint32_t subnet = 0;
  std::uint32_t domain = 0;
  bool reverse = true;            // has a matching reverse DNS entry (S1-14)
  bool open_relay = false;        // passes on mail of strangers (S4-44)
  bool outdated = false;          // its software is no longer supported
  std::array<bool, 3> blocked{};  // by BlockList: on it for reasons outside the scenario
  // As a client that submits mail (S1-03, S1-04, S1-13):
  std::uint32_t user = kNobody;  // that it logs in as; equal numbers are one mailbox
  bool mailbox = true;           // that user has one
  bool may_send_as = true;       // the user, as the sender that its mail names
  bool tls = true;
  std::uint16_t port = 25;
};

/// One attempt, as a policy sees it.
struct Attempt {
  SimTime now{};
  std::uint32_t address = 0;  // index of the sending address
  std::uint32_t number = 1;   // 1 for the first attempt of the message
  std::uint32_t recipients = 1;
  std::uint64_t message = 0;  // stable name
  SimTime first_attempt{};    // of this message
  bool exempt = false;        // by an inbound connector of the organization type (S4-58, S4-61)
  bool allowed = false;       // by the allow list of the recipients' organisation (S4-13, S4-47)
  std::uint32_t on_connection = 1;  // which message of its connection
};

struct Verdict {
  Reply reply = Reply::accepted;
  SimTime retry_at{};        // of a deferral: the earliest instant at which it could be accepted
  SimTime wake_at = kNever;  // when the policy wants wake() to be called
  Duration slow_by{};        // the reply comes so much later than the site's other replies

  bool accepts() const { return reply == Reply::accepted; }
};

/// What became of accepted mail, as far as reputation goes; counts of recipients.
struct Evidence {
  std::uint32_t recipients = 0;  // judged by this evidence: 0 for complaints, which come later
  std::uint32_t unknown = 0;
  std::uint32_t spam = 0;
  std::uint32_t traps = 0;
  std::uint32_t complaints = 0;

  bool operator==(const Evidence&) const = default;
};

enum class AddressState : std::uint8_t { fresh, known, throttled, listed };

constexpr std::array<EnumWord<AddressState>, 4> words_of(AddressState) {
  return {{{AddressState::fresh, "new"},
           {AddressState::known, "known"},
           {AddressState::throttled, "throttled"},
           {AddressState::listed, "listed"}}};
}

/// How an address stands with the site; reputation NaN where the policy keeps none.
struct Standing {
  AddressState state = AddressState::known;
  double reputation = std::numeric_limits<double>::quiet_NaN();
  std::uint32_t windows = 0;   // opened so far
  Duration throttled{};        // spent in windows up to `now`
  std::uint32_t listings = 0;  // so far
  /// Largest volume over its limit so far, at most 1 while nothing was refused for its volume; NaN
  /// where the policy limits none.
  double margin = std::numeric_limits<double>::quiet_NaN();
};

/// How near an address has come to the limits on its volume, as shares of them: to its own, and to
/// those that it has in common with others, such as a /24's.
struct Margin {
  double own = 0.0;
  double shared = 0.0;
};

class Policy {
 public:
  virtual ~Policy() = default;

  /// Told once, before prepare(): the calendar of the run, for limits that follow the clock.
  virtual void set_calendar(const Calendar&) {}

  /// Told once, before any connection or attempt.
  virtual void prepare(std::span<const AddressInfo>) {}

  /// Whether `address` may open another connection.
  virtual Verdict connect(SimTime, std::uint32_t /*address*/) { return {}; }
  virtual void disconnected(SimTime, std::uint32_t /*address*/) {}

  /// An attempt of `address` is about to come: has what is known of it on its way.
  virtual void fetch(std::uint32_t /*address*/) const {}

  /// Decides one attempt. REQUIRES: `attempt.now` is not earlier than in any previous call.
  virtual Verdict admit(const Attempt& attempt, Draw& draw) = 0;

  /// The attempt was let through by every policy and `recipients` of it were accepted.
  virtual void accepted(const Attempt&, std::uint32_t /*recipients*/) {}

  virtual void judged(SimTime, std::uint32_t /*address*/, const Evidence&) {}

  /// Mail of others by the same address, which only its count stands for: admits and counts single
  /// recipients one after the other at one instant, and returns how many. Mail of before the run,
  /// at full hours below zero, is counted and never refused: so an address comes with a past.
  /// A policy that keeps no such count lets all of it pass. wake() may be wanted earlier after it.
  virtual std::uint32_t background(SimTime, std::uint32_t /*address*/, std::uint32_t recipients) {
    return recipients;
  }

  /// Counts recipients of the address whatever the limits say: what would be sent if nothing were
  /// refused. Returns the largest so far, above 1 where something would have been; `own` infinite
  /// while reputation alone would get it refused. Nothing when the policy limits no volume.
  virtual std::optional<Margin> unopposed(SimTime, std::uint32_t /*address*/,
                                          std::uint32_t /*recipients*/) {
    return std::nullopt;
  }

  /// Does what is due at `now`; returns when it wants to be woken next.
  virtual SimTime wake(SimTime) { return kNever; }

  /// What it lets pass in the long run; empty when that cannot be said without a run.
  virtual std::vector<Ceiling> ceilings() const { return {}; }

  /// Null when the policy keeps no standing.
  virtual std::optional<Standing> standing(std::uint32_t /*address*/, SimTime) const {
    return std::nullopt;
  }
};

using Entry = EntryOf<Policy>;

template <class Model>
constexpr Entry entry(std::string_view name, std::string_view summary) {
  return make_entry<Policy, Model>(name, summary);
}

std::span<const Entry* const> catalogue();

}  // namespace weir::throttle
