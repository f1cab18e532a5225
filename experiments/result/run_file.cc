#include "experiments/result/run_file.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "experiments/result/provenance.h"

namespace weir::experiments {
namespace {

using analysis::Kind;
using analysis::Meaning;

constexpr std::size_t kLanes = 0, kAddresses = 1, kSources = 3;  // groups, as SeriesOf

Meaning state_meaning(std::string words) {
  return {.units = "1", .long_name = std::move(words), .cell_methods = "time: point"};
}

std::chrono::sys_seconds start_of(const RunFileHead& head) {
  return std::chrono::sys_seconds(std::chrono::seconds(head.calendar.start()));
}

/// About a day, so that a run that is killed leaves nearly all of it; and enough rows to be worth
/// compressing together.
std::uint64_t rows_of_block(Duration grid) {
  const auto rows_a_day = static_cast<std::uint64_t>(24h / grid);
  return std::clamp<std::uint64_t>(std::bit_ceil(rows_a_day), 32, 4096);
}

/// A name that may stand in a path of the file.
std::string path_part(std::string name) {
  std::replace(name.begin(), name.end(), '/', '_');
  return name.empty() ? "_" : name;
}

}  // namespace

RunFile::RunFile(const RunFileHead& head)
    : head_(head),
      file_(head.path, {.title = head.title, .history = head.command}),
      time_(file_.time_axis("time", {.start = start_of(head),
                                     .utc_offset = std::chrono::duration_cast<std::chrono::minutes>(
                                         head.calendar.utc_offset()),
                                     .kind = Kind::kReal,
                                     .block_rows = rows_of_block(head.grid)})),
      row_(shape_of(head.names, head.lanes)) {
  for (std::size_t of = 0; of < kSeriesOf; ++of)
    groups_.push_back(
        make_group(std::string(kSeriesOfNames[of]), row_.labels(static_cast<SeriesOf>(of))));
  const Meaning reputation{"1", "reputation from 0 to 100", "time: point"};
  const std::string states = "state: 0 new, 1 known, 2 throttled, 3 listed, -1 not kept";
  lane_reputation_ =
      file_.series("lane_reputation", {time_, groups_[kLanes].axis}, Kind::kReal, reputation);
  lane_state_ = file_.series("lane_state", {time_, groups_[kLanes].axis}, Kind::kInteger,
                             state_meaning("throttling " + states));
  address_reputation_ =
      file_.series("address_reputation", {time_, groups_[kAddresses].axis}, Kind::kReal,
                   {"1", "lowest reputation at any site", "time: point"});
  address_state_ = file_.series("address_state", {time_, groups_[kAddresses].axis}, Kind::kInteger,
                                state_meaning("worst " + states));
  source_held_ = file_.series("source_held", {time_, groups_[kSources].axis}, Kind::kInteger,
                              {"1", "recipients held by plans", "time: point"});
  refresh();
}

void RunFile::refresh() {
  if (head_.readable == Readable::at_the_end) return;
  const auto began = Clock::now();
  if (began < next_refresh_) return;
  file_.publish();
  next_refresh_ = began + std::max<Clock::duration>(1s, 20 * (Clock::now() - began));
}

RunFile::Group RunFile::make_group(const std::string& name,
                                   const std::vector<std::string>& labels) {
  Group group{name, file_.label_axis(name, labels, name), {}, {}};
  for (const CountSeries& count : kCountSeries)
    group.counts.emplace_back(
        file_.series(name + "_" + std::string(count.name), {time_, group.axis}, Kind::kInteger,
                     {"1", std::string(count.words) + " since the last row", "time: sum"}),
        count.member);
  group.queue = file_.series(
      name + "_queue", {time_, group.axis}, Kind::kInteger,
      {"1", name == "source" ? "recipients in flight" : "messages in flight", "time: point"});
  return group;
}

void RunFile::write_counts(const Group& group, const std::vector<IntervalCounts>& counts) {
  values_.resize(counts.size());
  for (const auto& [series, member] : group.counts) {
    for (std::size_t i = 0; i < counts.size(); ++i) values_[i] = counts[i].*member;
    file_.append(series, values_);
  }
}

void RunFile::write_row(const World& world, const SeriesTally& tally) {
  file_.append_time(time_, world.now().time_since_epoch());
  row_.read(world, tally);
  for (std::size_t of = 0; of < kSeriesOf; ++of) {
    write_counts(groups_[of], row_.counts(static_cast<SeriesOf>(of)));
    file_.append(groups_[of].queue, row_.queue(static_cast<SeriesOf>(of)));
  }
  file_.append(source_held_, row_.held());
  write_standings(world);
  refresh();
}

void RunFile::write_standings(const World& world) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  reputations_.assign(head_.lanes.size(), kNone);
  lowest_.assign(head_.names.addresses.size(), kNone);
  values_.assign(head_.lanes.size(), -1);
  address_values_.assign(head_.names.addresses.size(), -1);
  for (std::size_t i = 0; i < head_.lanes.size(); ++i) {
    const auto [address, hop] = head_.lanes[i];
    const auto standing = world.standing(address, hop);
    if (!standing) continue;
    reputations_[i] = standing->reputation;
    values_[i] = static_cast<std::int64_t>(standing->state);
    double& lowest = lowest_[address];
    if (standing->reputation < lowest || std::isnan(lowest)) lowest = standing->reputation;
    address_values_[address] = std::max(address_values_[address], values_[i]);
  }
  file_.append(lane_reputation_, reputations_);
  file_.append(lane_state_, values_);
  file_.append(address_reputation_, lowest_);
  file_.append(address_state_, address_values_);
}

void RunFile::write_summary(const Summary& s) {
  const auto count = [&](const std::string& name, std::uint64_t n, const std::string& words) {
    file_.scalar("summary/" + name, static_cast<std::int64_t>(n),
                 Meaning{.units = "1", .long_name = words});
  };
  count("messages", s.messages, "messages submitted");
  count("submitted", s.recipients.submitted, "recipients submitted");
  constexpr std::string_view kOutcomeNames[kOutcomes] = {"refused",     "delivered", "junked",
                                                         "quarantined", "deleted",   "redirected",
                                                         "bounced",     "expired"};
  for (std::size_t i = 0; i < kOutcomes; ++i)
    count(std::string(kOutcomeNames[i]), s.recipients.finished[i],
          "recipients " + std::string(kOutcomeNames[i]));
  count("held", s.recipients.held, "recipients held by plans at the end");
  count("in_flight", s.recipients.in_flight, "recipients in flight at the end");
  count("attempts", s.attempts.total, "attempts");
  count("attempts_accepted", s.attempts.accepted, "attempts accepted");
  count("attempts_deferred", s.attempts.deferred, "attempts deferred");
  count("attempts_rejected", s.attempts.rejected, "attempts rejected");
  count("windows_opened", s.windows_opened, "throttling windows opened");
  count("listings", s.listings, "listings on the receiver's block list");
  count("events", s.events, "events of the simulation");
  const auto real = [&](const std::string& name, std::optional<double> value,
                        const std::string& units, const std::string& words) {
    file_.scalar("summary/" + name, value.value_or(std::numeric_limits<double>::quiet_NaN()),
                 Meaning{.units = units, .long_name = words});
  };
  real("window_hours", s.window_hours, "h", "time in throttling windows");
  real("delay_mean", s.delay.mean, "s", "mean delay of what was delivered");
  real("delay_p50", s.delay.p50, "s", "median delay; missing when not delivered");
  real("delay_p90", s.delay.p90, "s", "90 % quantile of the delay; missing when not delivered");
  real("delay_p99", s.delay.p99, "s", "99 % quantile of the delay; missing when not delivered");
  real("delay_max", s.delay.max, "s", "longest delay of what was delivered");
  real("held_mean", s.held.mean, "s", "mean time held by plans");
  real("held_max", s.held.max, "s", "longest time held by plans");
}

void RunFile::write_delays(const Summary& summary, const SeriesTally& tally) {
  for (std::size_t i = 0; i < tally.sources().size(); ++i) {
    std::vector<double> lower;
    std::vector<std::int64_t> counts;
    for (const auto& bucket : tally.sources()[i].delay.buckets()) {
      lower.push_back(bucket.lower);
      counts.push_back(static_cast<std::int64_t>(bucket.count));
    }
    if (lower.empty()) continue;
    const std::string group = "latency/" + path_part(head_.names.sources[i]);
    const auto axis = file_.number_axis(group + "/bucket_lower", lower,
                                        {"s", "lower bound of the delay bucket", ""});
    file_.array(group + "/recipients", {axis}, counts,
                {"1", "recipients delivered after a delay in the bucket", ""});
    const SourceTotals& totals = summary.sources[i].totals;
    const std::uint64_t released = totals.submitted - totals.held;
    file_.scalar(group + "/never_delivered",
                 static_cast<std::int64_t>(released - tally.sources()[i].delay.finite_count()),
                 Meaning{.units = "1", .long_name = "recipients released and not delivered"});
    file_.scalar(group + "/relative_error", tally.sources()[i].delay.accuracy().relative_error,
                 Meaning{.units = "1", .long_name = "guaranteed relative error of quantiles"});
  }
}

void RunFile::finish(const Summary& summary, const SeriesTally& tally,
                     const IntervalDigests* digests, std::string_view scenario_as_given,
                     std::string_view effective) {
  write_summary(summary);
  write_delays(summary, tally);
  if (digests != nullptr && !digests->digests().empty()) {
    std::vector<std::int64_t> values;
    std::vector<double> begins;
    for (const Fingerprint& digest : digests->digests()) {
      begins.push_back(to_seconds(digests->interval()) * static_cast<double>(begins.size()));
      values.push_back(static_cast<std::int64_t>(digest.value()));
    }
    const auto axis = file_.number_axis("digest/interval_begin", begins,
                                        {"s", "begin of the interval since the start", ""});
    file_.array("digest/digest", {axis}, values,
                {"1", "fingerprint of the interval's domain events", ""});
  }
  write_provenance(file_, summary.key, summary.fingerprint, scenario_as_given, effective);
  if (summary.interrupted) file_.attribute("", "interrupted", std::int64_t{1});
  file_.finish();
}

}  // namespace weir::experiments
