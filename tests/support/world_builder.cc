#include "tests/support/world_builder.h"

namespace weir::testing {

WorldBuilder::WorldBuilder() {
  config.sources.reserve(16);
  config.horizon = 1000 * 24h;
  config.calendar = *Calendar::parse("2026-03-02", Duration{});
  PoolConfig& pool = config.pools.emplace_back();
  pool.name = "all";
  pool.selection = make_model(selection::catalogue(), "round-robin");
  lane_.connect_time = 1s;
  lane_.transaction_time = 1s;
  lane_.transfer_time = 0s;
  retry("fixed-list");
  site.envelope_time = site.acceptance_time = 0s;
  add_address({});
}

SourceConfig& WorldBuilder::add_source(std::string_view model, const Keys& keys) {
  EXPECT_LT(config.sources.size(), config.sources.capacity());
  SourceConfig& source = config.sources.emplace_back();
  source.name = "s" + std::to_string(config.sources.size());
  source.arrivals = make_model(source::catalogue(), model, keys);
  source.size = make_model(size::catalogue(), "fixed", {{"size", "10 kB"}});
  source.recipients = make_model(recipients::catalogue(), "fixed");
  return source;
}

void WorldBuilder::plan(std::string_view model, const Keys& keys, const plan::PacerParams& params) {
  plans_.push_back({config.sources.size() - 1, std::string(model), keys, params});
}

void WorldBuilder::add_address(const throttle::AddressInfo& info) {
  const auto index = static_cast<std::uint32_t>(config.addresses.size());
  config.addresses.push_back({"a" + std::to_string(index), info});
  config.pools[0].addresses.push_back(index);
}

void WorldBuilder::throttle(std::string_view model, const Keys& keys) {
  throttle(make_model(throttle::catalogue(), model, keys));
}

void WorldBuilder::throttle(std::unique_ptr<throttle::Policy> policy) {
  policies_.push_back({"t" + std::to_string(policies_.size()), std::move(policy)});
}

void WorldBuilder::retry(std::string_view model, const Keys& keys) {
  config.pools[0].schedule = make_model(retry::catalogue(), model, keys);
}

void WorldBuilder::control(std::string_view model, const Keys& keys) {
  control_ = make_model(control::catalogue(), model, keys);
}

WorldConfig WorldBuilder::take() {
  config.pools[0].lane = lane_;
  config.pools[0].control = control_ ? std::move(control_) : control::make_pause(lane_);
  for (const PlanOfSource& plan : plans_)
    for (std::size_t i = 0; i < config.addresses.size(); ++i)
      config.sources[plan.source].pacers.emplace_back(
          make_model(plan::catalogue(), plan.model, plan.keys), plan.params);
  config.sites.emplace_back("site", site, std::move(policies_), connectors);
  return std::move(config);
}

throttle::Verdict ScriptedPolicy::connect(SimTime now, std::uint32_t address) {
  if (connection_) {
    const Reply reply = connection_({.now = now, .address = address});
    if (reply != Reply::accepted) return {.reply = reply, .retry_at = now};
  }
  ++seen_.opened;
  seen_.most_open = std::max(seen_.most_open, ++seen_.open);
  return {};
}

throttle::Verdict ScriptedPolicy::admit(const throttle::Attempt& attempt, Draw&) {
  seen_.exempt = attempt.exempt;
  return {.reply = decide_ ? decide_(attempt) : Reply::accepted, .retry_at = attempt.now};
}

void ScriptedPolicy::judged(SimTime, std::uint32_t, const throttle::Evidence& evidence) {
  seen_.judged.recipients += evidence.recipients;
  seen_.judged.unknown += evidence.unknown;
  seen_.judged.spam += evidence.spam;
  seen_.judged.traps += evidence.traps;
  seen_.judged.complaints += evidence.complaints;
}

SourceTotals sum_of(const std::vector<SourceTotals>& totals) {
  SourceTotals sum;
  for (const SourceTotals& t : totals) {
    sum.messages += t.messages;
    sum.submitted += t.submitted;
    sum.expanded += t.expanded;
    for (std::size_t i = 0; i < kOutcomes; ++i) sum.finished[i] += t.finished[i];
    sum.held += t.held;
    sum.in_flight += t.in_flight;
  }
  return sum;
}

}  // namespace weir::testing
