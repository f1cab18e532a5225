#include "analysis/flow/queue.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace weir::analysis {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

void require(bool inside, const char* domain) {
  if (!inside) throw std::domain_error(domain);
}

/// The figures of a queue whose mean wait is known. Little's law does the rest.
QueueFigures figures(double arrivals, double service, double utilisation, double waits,
                     double wait) {
  QueueFigures q{.utilisation = utilisation, .waits = waits, .wait = wait};
  q.sojourn = wait + service;
  q.waiting = arrivals * wait;
  q.present = arrivals * q.sojourn;
  return q;
}

}  // namespace

double utilisation(double arrivals_per_second, double service_seconds, std::uint64_t servers) {
  require(arrivals_per_second >= 0.0 && service_seconds >= 0.0,
          "utilisation: a rate or a time below 0");
  require(servers > 0, "utilisation: no servers");
  return arrivals_per_second * service_seconds / static_cast<double>(servers);
}

double erlang_b(std::uint64_t servers, double offered) {
  require(offered >= 0.0, "erlang_b: offered work below 0");
  double blocked = 1.0;
  for (std::uint64_t n = 1; n <= servers; ++n)
    blocked = offered * blocked / (static_cast<double>(n) + offered * blocked);
  return blocked;
}

double erlang_c(std::uint64_t servers, double offered) {
  require(servers > 0, "erlang_c: no servers");
  const auto c = static_cast<double>(servers);
  if (offered >= c) return 1.0;
  const double blocked = erlang_b(servers, offered);
  return c * blocked / (c - offered * (1.0 - blocked));
}

std::uint64_t servers_for(double offered, double blocked) {
  require(offered >= 0.0 && offered < 1e9, "servers_for: offered work outside [0, 1e9)");
  require(blocked > 0.0 && blocked < 1.0, "servers_for: the share blocked must lie within (0, 1)");
  double b = 1.0;
  std::uint64_t servers = 0;
  while (b > blocked) {
    ++servers;
    b = offered * b / (static_cast<double>(servers) + offered * b);
  }
  return servers;
}

QueueFigures many_servers(double arrivals_per_second, double service_seconds,
                          std::uint64_t servers) {
  require(service_seconds > 0.0, "many_servers: service takes no time");
  const double busy = utilisation(arrivals_per_second, service_seconds, servers);
  const double waits = erlang_c(servers, arrivals_per_second * service_seconds);
  const double wait = busy < 1.0
                          ? waits * service_seconds / (static_cast<double>(servers) * (1.0 - busy))
                          : kInfinite;
  return figures(arrivals_per_second, service_seconds, busy, waits, wait);
}

QueueFigures one_server(double arrivals_per_second, double service_seconds, double variation) {
  require(service_seconds > 0.0, "one_server: service takes no time");
  require(variation >= 0.0, "one_server: variation below 0");
  const double busy = utilisation(arrivals_per_second, service_seconds, 1);
  const double wait =
      busy < 1.0 ? busy * service_seconds * (1.0 + variation) / (2.0 * (1.0 - busy)) : kInfinite;
  return figures(arrivals_per_second, service_seconds, busy, std::min(busy, 1.0), wait);
}

double wait_quantile(double p, double arrivals_per_second, double service_seconds,
                     std::uint64_t servers) {
  require(p >= 0.0 && p < 1.0, "wait_quantile: p outside [0, 1)");
  const QueueFigures q = many_servers(arrivals_per_second, service_seconds, servers);
  if (p <= 1.0 - q.waits) return 0.0;
  if (q.utilisation >= 1.0) return kInfinite;
  // Those who wait do so exponentially, with the mean of all waits over their share.
  return q.wait / q.waits * std::log(q.waits / (1.0 - p));
}

}  // namespace weir::analysis
