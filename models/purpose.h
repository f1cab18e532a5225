#pragma once
/// What the draws of a run are for: the list that keeps one model's chance apart from another's.
///
/// A value, once used, keeps its number: a new purpose takes a new one, so that adding a model
/// changes no other model's draws.

#include "sim/random.h"

namespace weir::purpose {

inline constexpr Purpose arrival{1};       // entity: message key of the next message
inline constexpr Purpose recipients{2};    // entity: message key
inline constexpr Purpose size{3};          // entity: message key
inline constexpr Purpose selection{4};     // entity: message key
inline constexpr Purpose unknown{5};       // entity: message key; recipients that do not exist
inline constexpr Purpose spam{6};          // entity: message key; recipients whose filter says spam
inline constexpr Purpose trap{7};          // entity: message key; recipients that are spam traps
inline constexpr Purpose complaint{8};     // entity: message key; recipients who complain
inline constexpr Purpose retry{9};         // entity: message key; ordinal: attempt
inline constexpr Purpose acceptance{10};   // entity: message key; ordinal: attempt
inline constexpr Purpose throttle{11};     // entity: message key; ordinal: attempt
inline constexpr Purpose transient{12};    // entity: message key; ordinal: attempt
inline constexpr Purpose destination{13};  // entity: message key; which of its source's routes
inline constexpr Purpose content{14};      // entity: message key; what filters see in it
inline constexpr Purpose host{15};         // entity: message key; ordinal: attempt; a hop's choice
inline constexpr Purpose service{16};      // entity: message key; ordinal: systems passed
inline constexpr Purpose admission{17};    // entity: message key; ordinal: attempt
inline constexpr Purpose decision{18};     // entity: message key; ordinal: systems passed
inline constexpr Purpose colocation{19};   // entity: pair of organisations
inline constexpr Purpose unknowns{20};  // entity: what a receiver is like; see experiments/ensemble
inline constexpr Purpose panel{21};     // entity: an unknown; see experiments/tune
inline constexpr Purpose search{22};    // entity: generation of a search; see experiments/tune

}  // namespace weir::purpose

namespace weir {

/// A message's stable name: its source in the scenario and its serial number there.
constexpr std::uint64_t message_key(std::uint32_t source, std::uint64_t serial) {
  return static_cast<std::uint64_t>(source) << 48 | serial;
}

/// The source that a message's stable name begins with, and the serial number that it ends with.
constexpr std::uint32_t source_of(std::uint64_t message_key) {
  return static_cast<std::uint32_t>(message_key >> 48);
}
constexpr std::uint64_t serial_of(std::uint64_t message_key) {
  return message_key & ((std::uint64_t{1} << 48) - 1);
}

}  // namespace weir
