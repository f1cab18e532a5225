#pragma once
/// A hop: where a system sends next, and how it goes about it.
///
/// Equal hops are one hop: they share a lane, a turn and what is known of their hosts. `<=>` gives
/// an order for std::map that is the same in every run.

#include <array>
#include <compare>
#include <vector>

#include "sim/value_type.h"

namespace weir::routing {

/// Whether a hop may go without TLS (S4-84).
enum class Tls : std::uint8_t { opportunistic, forced };

constexpr std::array<EnumWord<Tls>, 2> words_of(Tls) {
  return {{{Tls::opportunistic, "opportunistic"}, {Tls::forced, "forced"}}};
}

/// What a 4xx to MAIL, RCPT or DATA does: defers, or tries the next host in the same attempt.
enum class On4xx : std::uint8_t { defer, next_host };

constexpr std::array<EnumWord<On4xx>, 2> words_of(On4xx) {
  return {{{On4xx::defer, "defer"}, {On4xx::next_host, "next_host"}}};
}

/// Whose choice of a host passes the turn on: each connection's or each message's.
enum class Turn : std::uint8_t { connection, message };

constexpr std::array<EnumWord<Turn>, 2> words_of(Turn) {
  return {{{Turn::connection, "connection"}, {Turn::message, "message"}}};
}

/// Where the first round begins.
enum class Start : std::uint8_t { random, first };

constexpr std::array<EnumWord<Start>, 2> words_of(Start) {
  return {{{Start::random, "random"}, {Start::first, "first"}}};
}

/// The order among hosts of one group: in turn, always as listed, or shuffled for every choice.
enum class HostOrder : std::uint8_t { round_robin, listed, random };

constexpr std::array<EnumWord<HostOrder>, 3> words_of(HostOrder) {
  return {{{HostOrder::round_robin, "round_robin"},
           {HostOrder::listed, "listed"},
           {HostOrder::random, "random"}}};
}

/// How a hop picks among its hosts and treats them.
struct HopManner {
  HostOrder order = HostOrder::round_robin;
  Turn turn = Turn::connection;
  Start start = Start::random;
  Tls tls = Tls::opportunistic;
  On4xx on_4xx = On4xx::defer;
  Duration dead_for{0s};  // a host that did not answer is left out this long
  Duration connect_timeout{30s};

  friend auto operator<=>(const HopManner&, const HopManner&) = default;
};

/// Mail exchangers: random within a preference (facts 4.1).
inline constexpr HopManner kMxManner{.order = HostOrder::random};

struct Hop {
  /// Candidate sites; those of a group are tried only when none of the groups before answered.
  /// No group is empty.
  std::vector<std::vector<std::uint32_t>> groups;
  HopManner manner;

  friend auto operator<=>(const Hop&, const Hop&) = default;
};

}  // namespace weir::routing
