#pragma once
/// What a message is, as far as a rule about mail may know: the view that filters, routing and
/// submission decide on. The world fills it in; nobody keeps one.

#include <cstdint>
#include <limits>

#include "sim/quantity.h"

namespace weir {

/// What is in a message. A function of the message alone: every filter on its way sees the same.
struct Content {
  bool spam = false;             // a filter takes it for spam
  bool high_confidence = false;  // and is sure of it; implies spam
  bool malware = false;          // in an attachment
  bool locked = false;           // the attachment is an archive behind a password
};

/// Whether a message comes to an organisation or leaves it.
enum class Direction : std::uint8_t { inbound, outbound };

struct Mail {
  static constexpr std::uint32_t kNone = 0xffff'ffff;

  SimTime now{};
  std::uint64_t key = 0;  // stable name: message_key(source, serial)
  std::uint32_t source = 0;
  std::uint32_t site = kNone;              // at whose door it came in; kNone: it began inside
  std::uint32_t address = kNone;           // that handed it over; kNone: it began inside
  std::uint32_t address_before = kNone;    // that handed it to the system that handed it over
  std::uint32_t organisation = kNone;      // whose transport handles it
  std::uint32_t sender_domain = kNone;     // envelope sender; kNone: null sender, or none is named
  std::uint32_t recipient_domain = kNone;  // kNone: the scenario names none
  std::uint32_t group = kNone;             // of the recipient's organisation, when it is one
  std::uint32_t recipients = 1;
  std::uint32_t size = 0;  // bytes
  // Of the address that answers for it, at its site; NaN where none is kept.
  double reputation = std::numeric_limits<double>::quiet_NaN();
  Direction direction = Direction::inbound;
  Content content{};
  bool notice = false;    // a bounce message, from the null sender
  bool filtered = false;  // its system's filters have let the whole pass that it is a part of
};

}  // namespace weir
