#include "experiments/tune/panel.h"

#include <algorithm>
#include <cmath>

#include "models/purpose.h"
#include "sim/check.h"
#include "sim/quasi_random.h"

namespace weir::experiments {
namespace {

using Policies = std::vector<std::unique_ptr<throttle::Policy>>;

Setting resolved(const Setting& root, const Dependence& dependence,
                 const std::vector<std::string>& unknowns, const std::vector<double>& point) {
  return resolve(root, dependence, [&](const std::string& path) {
    const auto at = std::find(unknowns.begin(), unknowns.end(), path);
    return point[static_cast<std::size_t>(at - unknowns.begin())];
  });
}

/// The part of a scenario that makes its receivers.
Setting sites_of(const Setting& root) {
  Setting part = make_table();
  if (const Setting* sites = root.find("site")) part.set("site", *sites);
  return part;
}

/// The policies of a site, as the reader of scenarios makes them. Tables were checked before.
Policies make_policies(const SettingTable& throttle,
                       const std::vector<throttle::AddressInfo>& addresses) {
  Problems problems;
  Policies policies;
  for (const auto& [name, table] : throttle) {
    const auto* entry = find_entry(throttle::catalogue(), *table.find(kModelKey)->string());
    auto policy = entry->make({table, name, problems});
    WEIR_CHECK(policy != nullptr && problems.empty(),
               problems.empty() ? "" : problems.front().text());
    policy->prepare(addresses);
    policies.push_back(std::move(policy));
  }
  return policies;
}

/// A throttle may be but the word that names its model.
SettingTable with_models(SettingTable throttle) {
  for (auto& [name, given] : throttle) {
    if (given.table() != nullptr) continue;
    Setting table = make_table();
    table.set(kModelKey, given);
    given = std::move(table);
  }
  return throttle;
}

/// One hour of one address at its site: counted first, judged afterwards, as in a run.
std::optional<throttle::Margin> spend_hour(const Policies& policies, SimTime now,
                                           std::uint32_t address, const OutlookHour& hour) {
  std::optional<throttle::Margin> most;
  for (const auto& policy : policies) {
    const auto margin = policy->unopposed(now, address, hour.accepted);
    if (!margin) continue;
    if (!most) most.emplace();
    most->own = std::max(most->own, margin->own);
    most->shared = std::max(most->shared, margin->shared);
  }
  for (const auto& policy : policies) policy->judged(now, address, hour.evidence);
  return most;
}

}  // namespace

Panel::Panel(const Setting& root, std::size_t receivers, std::uint64_t seed, std::uint64_t number,
             bool robust, std::optional<std::size_t> known) {
  Problems problems;
  dependence_ = read_dependence(root, problems);
  for (const Unknown& unknown : find_unknowns(root, problems)) unknowns_.push_back(unknown.path);
  if (!robust || unknowns_.empty()) receivers = 1;
  SobolPoints points(std::max<std::size_t>(1, unknowns_.size()));
  const Chance chance(StreamKey{seed, number, 0});
  std::vector<double> shift;
  for (std::size_t d = 0; d < unknowns_.size(); ++d)
    shift.push_back(chance.draw(purpose::panel, d).uniform());
  const Setting sites = sites_of(root);
  for (std::size_t i = 0; i < receivers; ++i) {
    std::vector<double>& point = points_.emplace_back(unknowns_.size(), 0.5);
    const auto even = points.next();
    for (std::size_t d = 0; robust && d < point.size(); ++d)
      point[d] = std::clamp(std::fmod(even[d] + shift[d], 1.0), 0x1.0p-53, 1.0 - 0x1.0p-53);
    if (known) point[*known] = 0.5;
    const Setting drawn = resolved(sites, dependence_, unknowns_, point);
    auto& by_site = throttles_.emplace_back();
    const Setting* table = drawn.find("site");
    if (table == nullptr) continue;
    for (const auto& [name, site] : *table->table()) {
      const Setting* group = site.find("throttle");
      by_site.push_back(group != nullptr ? with_models(*group->table()) : SettingTable{});
    }
  }
}

Setting Panel::scenario(std::size_t i, const Setting& root) const {
  return resolved(root, dependence_, unknowns_, points_[i]);
}

std::optional<throttle::Margin> Panel::margin(std::size_t i, const Outlook& outlook) const {
  std::vector<Policies> sites;
  for (const SettingTable& throttle : throttles_[i])
    sites.push_back(make_policies(throttle, outlook.addresses));
  std::optional<throttle::Margin> most;
  const std::size_t hours = outlook.lanes.empty() ? 0 : outlook.lanes.front().hours.size();
  for (std::size_t h = 0; h < hours; ++h) {
    const SimTime now{1h * static_cast<std::int64_t>(h)};
    for (const OutlookLane& lane : outlook.lanes) {
      const OutlookHour& hour = lane.hours[h];
      // What the others send bears on the limits in common; their own are as those of the first.
      if (lane.count > 1) spend_hour(sites[lane.site], now, lane.alike, hour.times(lane.count - 1));
      const auto margin = spend_hour(sites[lane.site], now, lane.address, hour);
      if (!margin) continue;
      if (!most) most.emplace();
      most->own = std::max(most->own, margin->own);
      most->shared = std::max(most->shared, margin->shared);
    }
  }
  return most;
}

std::vector<double> Panel::margins(const Outlook& outlook) const {
  std::vector<double> margins;
  for (std::size_t i = 0; i < size(); ++i) margins.push_back(largest(margin(i, outlook)));
  return margins;
}

double largest(const std::optional<throttle::Margin>& margin) {
  return margin ? std::max(margin->own, margin->shared) : 0.0;
}

double upper_quantile(std::vector<double> margins, double share) {
  WEIR_CHECK(!margins.empty(), "a quantile needs values");
  const auto above = static_cast<std::size_t>(share * static_cast<double>(margins.size()));
  const auto at =
      margins.end() - 1 - static_cast<std::ptrdiff_t>(std::min(above, margins.size() - 1));
  std::nth_element(margins.begin(), at, margins.end());
  return *at;
}

std::uint64_t exceeding(const std::vector<double>& margins) {
  return static_cast<std::uint64_t>(
      std::count_if(margins.begin(), margins.end(), [](double m) { return m > 1.0; }));
}

}  // namespace weir::experiments
