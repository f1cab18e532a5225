#include "experiments/tune/outlook.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/core.h>

#include "experiments/capacity/load.h"

namespace weir::experiments {
namespace {

/// Recipients of one lane and hour, as means.
struct Mean {
  double released = 0.0;
  double accepted = 0.0;
  double unknown = 0.0;
  double spam = 0.0;
  double traps = 0.0;
  double complaints = 0.0;
};

using Lanes = std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Mean>>;

/// Releases hour by hour what the plan of each address lets go.
class HourlyRelease {
 public:
  HourlyRelease(const SourceConfig& source, const PoolConfig& pool, const SourceLoad& load)
      : source_(source), pool_(pool), load_(load) {}

  /// Recipients of each address of the pool in hour `h`; hours ascend.
  std::vector<double> in_hour(std::size_t h) {
    const double arrived = load_.profile.messages[h] * load_.recipients;
    const std::size_t count = pool_.addresses.size();
    if (source_.pacers.empty())
      return std::vector<double>(count, arrived / static_cast<double>(count));
    held_ += arrived;
    std::vector<double> shares;
    for (const plan::Pacer& pacer : source_.pacers)
      shares.push_back(plan_volume(pacer, 1h * static_cast<std::int64_t>(h), 1h));
    const double wanted = std::accumulate(shares.begin(), shares.end(), 0.0);
    const double go = std::min(held_, wanted);
    held_ -= go;
    for (double& share : shares)
      share = std::isinf(wanted) ? (std::isinf(share) ? go : 0.0)
                                 : share * (wanted > 0 ? go / wanted : 0.0);
    return shares;
  }

 private:
  const SourceConfig& source_;
  const PoolConfig& pool_;
  const SourceLoad& load_;
  double held_ = 0.0;
};

class Foresight {
 public:
  Foresight(WorldConfig& config, std::uint32_t source)
      : config_(config), loads_(read_loads(config)), asked_(source) {}

  Outlook look() {
    for (std::uint32_t i = 0; i < loads_.size(); ++i) add_source(i);
    for (const AddressConfig& address : config_.addresses)
      outlook_.addresses.push_back(address.info);
    for (const auto& [party, hours] : lanes_) join(party.first, party.second, whole(hours));
    return std::move(outlook_);
  }

 private:
  void join(std::uint32_t address, std::uint32_t site, std::vector<OutlookHour> hours) {
    const auto group_of = [&](std::uint32_t a) {
      return std::pair(outlook_.addresses[a].subnet, outlook_.addresses[a].domain);
    };
    for (OutlookLane& lane : outlook_.lanes)
      if (lane.site == site && group_of(lane.address) == group_of(address) && lane.hours == hours) {
        lane.alike = address;
        ++lane.count;
        return;
      }
    outlook_.lanes.push_back(
        {.address = address, .alike = address, .site = site, .hours = std::move(hours)});
  }

  void add_source(std::uint32_t index) {
    const SourceConfig& source = config_.sources[index];
    const SourceLoad& load = loads_[index];
    const PoolConfig& pool = config_.pools[source.pool];
    HourlyRelease release(source, pool, load);
    double shares = 0.0;
    for (const SourceRoute& route : source.routes) shares += route.share;
    for (std::size_t h = 0; h < load.profile.messages.size(); ++h) {
      const std::vector<double> released = release.in_hour(h);
      for (std::size_t a = 0; a < released.size(); ++a)
        for (const SourceRoute& route : source.routes)
          add_hour(source, {pool.addresses[a], route.hop}, h, released[a] * route.share / shares);
      if (index != asked_) continue;
      outlook_.submitted.push_back(load.profile.messages[h] * load.recipients);
      outlook_.released.push_back(std::accumulate(released.begin(), released.end(), 0.0));
    }
    if (index == asked_)
      outlook_.deliverable =
          (1.0 - source.params.unknown.value) * (1.0 - source.content.spam.value);
  }

  void add_hour(const SourceConfig& source, std::pair<std::uint32_t, std::uint32_t> party,
                std::size_t h, double released) {
    std::vector<Mean>& hours = lanes_[party];
    hours.resize(loads_.front().profile.messages.size());
    Mean& mean = hours[h];
    const double accepted = released * (1.0 - source.params.unknown.value);
    const double spam = accepted * source.content.spam.value;
    mean.released += released;
    mean.accepted += accepted;
    mean.unknown += released * source.params.unknown.value;
    mean.spam += spam;
    mean.traps += accepted * source.params.traps.value;
    const auto later = static_cast<std::size_t>(source.params.complaint_delay / 1h);
    if (h + later < hours.size())
      hours[h + later].complaints += (accepted - spam) * source.params.complaints.value;
  }

  /// Whole numbers whose sums stay within one of the means' sums.
  static std::vector<OutlookHour> whole(const std::vector<Mean>& means) {
    std::vector<OutlookHour> hours;
    Mean carry;
    const auto take = [](double& rest, double mean) {
      rest += mean;
      const double now = std::floor(rest + 1e-9);
      rest -= now;
      return static_cast<std::uint32_t>(std::min(now, 4e9));
    };
    for (const Mean& mean : means)
      hours.push_back({take(carry.accepted, mean.accepted),
                       {.recipients = take(carry.released, mean.released),
                        .unknown = take(carry.unknown, mean.unknown),
                        .spam = take(carry.spam, mean.spam),
                        .traps = take(carry.traps, mean.traps),
                        .complaints = take(carry.complaints, mean.complaints)}});
    return hours;
  }

  WorldConfig& config_;
  std::vector<SourceLoad> loads_;
  std::uint32_t asked_;
  Lanes lanes_;
  Outlook outlook_;
};

/// Where within hours `sums`, which ascend, `wanted` is reached; beyond them at their mean rate.
double reached(const std::vector<double>& sums, double wanted) {
  const auto at = std::lower_bound(sums.begin(), sums.end(), wanted);
  const auto hours = static_cast<double>(sums.size());
  if (at == sums.end()) {
    const double got = sums.empty() ? 0.0 : sums.back();
    return hours * (2.0 - got / wanted);
  }
  const double before = at == sums.begin() ? 0.0 : *std::prev(at);
  const double share = *at > before ? (wanted - before) / (*at - before) : 1.0;
  return static_cast<double>(at - sums.begin()) + share;
}

std::vector<double> summed(const std::vector<double>& values, double factor) {
  std::vector<double> sums;
  double sum = 0.0;
  for (const double value : values) sums.push_back(sum += factor * value);
  return sums;
}

}  // namespace

OutlookHour OutlookHour::times(std::uint32_t count) const {
  return {accepted * count,
          {.recipients = evidence.recipients * count,
           .unknown = evidence.unknown * count,
           .spam = evidence.spam * count,
           .traps = evidence.traps * count,
           .complaints = evidence.complaints * count}};
}

double Outlook::hours_to_deliver(double volume) const {
  return reached(summed(released, deliverable), volume);
}

/// First in, first out: between the two sums lies what is held.
double Outlook::hours_held() const {
  const std::vector<double> in = summed(submitted, 1.0);
  const std::vector<double> out = summed(released, 1.0);
  double held = 0.0;
  for (std::size_t h = 0; h < in.size(); ++h) held += in[h] - out[h];
  return in.empty() || in.back() == 0.0 ? 0.0 : held / in.back();
}

double Outlook::hours_held(double q) const {
  const std::vector<double> in = summed(submitted, 1.0);
  if (in.empty() || in.back() == 0.0) return 0.0;
  const double wanted = q * in.back();
  return std::max(0.0, reached(summed(released, 1.0), wanted) - reached(in, wanted));
}

std::string cannot_foresee(const WorldConfig& config) {
  if (config.horizon > 8760h) return "the horizon is longer than a year";
  for (const SourceConfig& source : config.sources) {
    if (source.start) return fmt::format("source {} begins inside a system", source.name);
    for (const SourceRoute& route : source.routes)
      if (route.hop >= config.sites.size())
        return fmt::format("source {} goes to several sites that stand in for each other",
                           source.name);
  }
  return "";
}

Outlook foresee(WorldConfig& config, std::uint32_t source) {
  return Foresight(config, source).look();
}

}  // namespace weir::experiments
