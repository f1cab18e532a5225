#pragma once
/// Closed forms for queues: how busy servers are, how long the line is, how long one waits.
///
/// Arrivals are Poisson throughout, times in seconds. A queue that gets at least as much as it can
/// serve grows without bound: its figures are infinite. Any other argument outside the domain
/// stated throws std::domain_error. Same input, same bits (with one C library).

#include <cstdint>

namespace weir::analysis {

/// Servers' worth of work that arrives, divided by `servers`. REQUIRES: servers > 0, others >= 0.
double utilisation(double arrivals_per_second, double service_seconds, std::uint64_t servers);

/// Erlang's B: the chance that all of `servers` without a line are busy at `offered` servers' worth
/// of work; of any service times (Erlang 1917). offered >= 0; 1 without servers.
double erlang_b(std::uint64_t servers, double offered);

/// Erlang's C: the chance of having to wait at `servers` >= 1 with one line and exponential service
/// times; 1 when `offered` >= servers.
double erlang_c(std::uint64_t servers, double offered);

/// The fewest servers without a line at which no more than `blocked` in (0, 1) finds all busy.
std::uint64_t servers_for(double offered, double blocked);

/// A queue in its steady state.
struct QueueFigures {
  double utilisation = 0.0;
  double waits = 0.0;    // the share of those who find no free server
  double wait = 0.0;     // mean seconds in the line
  double sojourn = 0.0;  // mean seconds in the line and in service
  double waiting = 0.0;  // mean number in the line
  double present = 0.0;  // mean number in the line and in service
};

/// M/M/c: exponential service times. servers >= 1, service > 0, arrivals >= 0.
QueueFigures many_servers(double arrivals_per_second, double service_seconds,
                          std::uint64_t servers);

/// M/G/1: one server, any service times with this mean > 0 and squared coefficient of variation
/// >= 0 (variance over squared mean: 0 for fixed times, 1 for exponential): Pollaczek and
/// Khinchine.
QueueFigures one_server(double arrivals_per_second, double service_seconds, double variation);

/// The wait that a share `p` in [0, 1) of the customers of an M/M/c queue does not exceed.
double wait_quantile(double p, double arrivals_per_second, double service_seconds,
                     std::uint64_t servers);

}  // namespace weir::analysis
