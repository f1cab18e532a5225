#include "experiments/command/catalogue_index.h"

#include "experiments/scenario/network_params.h"
#include "experiments/scenario/scenario.h"
#include "experiments/scenario/system_links.h"
#include "experiments/shaping/shaping.h"
#include "experiments/sweep/design.h"
#include "experiments/tune/tune_params.h"
#include "models/filter/params.h"
#include "models/filter/rule.h"
#include "models/group/group.h"
#include "models/retry/schedule.h"
#include "models/submission/tenant_limits.h"
#include "models/submission/user_limits.h"

namespace weir::experiments {
namespace {

template <class Entry>
void add_family(std::vector<ModelInfo>& all, const std::string& family,
                std::span<const Entry* const> catalogue) {
  for (const Entry* entry : catalogue)
    all.push_back(
        {family, std::string(entry->name), std::string(entry->summary), entry->describe()});
}

template <class... Params>
std::vector<ParameterInfo> described() {
  std::vector<ParameterInfo> all;
  (
      [&] {
        for (ParameterInfo& info : describe_params<Params>()) all.push_back(std::move(info));
      }(),
      ...);
  return all;
}

/// Where KumoMTA's own files are read, their keys stand among the controller's.
void add_shaping(std::vector<ModelInfo>& all) {
  for (ModelInfo& model : all)
    if (model.family == "control" && model.name == "kumomta")
      for (ParameterInfo& info : described<ShapingParams>())
        model.params.push_back(std::move(info));
}

}  // namespace

std::vector<FamilyInfo> all_families() {
  return {{"source", "when mail arrives"},
          {"size", "how large a message is"},
          {"recipients", "how many recipients a message has"},
          {"plan", "how many recipients go on each day"},
          {"selection", "which address of a pool sends"},
          {"retry", "when a deferred message is tried again"},
          {"control", "how a sender paces a lane and what it does when it is refused"},
          {"throttle", "what a receiving site lets through"}};
}

std::vector<ModelInfo> all_models() {
  std::vector<ModelInfo> all;
  add_family(all, "source", source::catalogue());
  add_family(all, "size", size::catalogue());
  add_family(all, "recipients", recipients::catalogue());
  add_family(all, "plan", plan::catalogue());
  add_family(all, "selection", selection::catalogue());
  add_family(all, "retry", retry::catalogue());
  add_family(all, "control", control::catalogue());
  add_shaping(all);
  add_family(all, "throttle", throttle::catalogue());
  return all;
}

namespace {

std::vector<TableInfo> sender_tables() {
  return {
      {"", "the run as a whole", described<FrameParams>(), {}},
      {"source.NAME",
       "mail of one kind: when it comes, for whom, and what its recipients do",
       described<SourceLinks, SourceParams, filter::ContentParams>(),
       {{"arrivals", "source"}, {"size", "size"}, {"recipients", "recipients"}}},
      {"plan.NAME",
       "how held mail is let go; the plan's model and its own parameters stand in the same table",
       described<plan::PacerParams>(),
       {{"", "plan"}}},
      {"address.NAME", "a sending IP address", described<AddressParams>(), {}},
      {"pool.NAME",
       "addresses used alike; a table [pool.NAME.lane] overrides [lane]",
       described<PoolParams>(),
       {{"selection", "selection"}}},
      {"lane",
       "the sender's settings for each (address, site)",
       described<control::PauseParams, LaneParams>(),
       {{"control", "control"}, {"retry", "retry"}},
       {"pool.NAME.lane"}},
      {"notices", "bounce messages, from the null sender", described<NoticeParams>(), {}},
      {"ensemble",
       "how the unknowns of the scenario depend on each other",
       described<EnsembleParams>(),
       {}},
      {"experiment",
       "what `weir sweep` runs: factors by replications",
       described<ExperimentParams>(),
       {}},
      {"experiment.replications",
       "in the place of a number: as many as each point takes to be known to a precision",
       described<PrecisionParams>(),
       {}},
      {"tune", "what `weir tune` makes small, and what must hold", described<TuneParams>(), {}},
      {"experiment.factors.NAME",
       "what a sweep varies; besides these keys `values`, a list, or `from`, `to` and `step`",
       described<FactorParams>(),
       {}},
  };
}

std::vector<TableInfo> receiver_tables() {
  return {
      {"site.NAME",
       "a receiving system",
       described<SiteParams, SiteLinks>(),
       {{"throttle", "throttle", true}}},
      {"site.NAME.connector.NAME",
       "an inbound connector at the site, without its organisation",
       described<ConnectorParams>(),
       {}},
      {"site.NAME.outage.NAME", "when the site does not answer", described<OutageParams>(), {}},
      {"system.NAME",
       "what takes over mail that sites accept",
       described<SystemLinks, system::SystemParams, routing::RoutingParams>(),
       {}},
      {"system.NAME.route.NAME",
       "where a system without organisations sends mail",
       described<routing::OutboundConnectorParams>(),
       {}},
      {"tenants.NAME",
       "what strangers send by shared addresses, as counts by the hour",
       described<tenants::TenantsParams>(),
       {}},
      {"domain.NAME", "what DNS says of a domain", described<DomainParams>(), {}},
  };
}

std::vector<TableInfo> organisation_tables() {
  return {
      {"organisation.NAME", "a tenant of a system", described<OrganisationParams>(), {}},
      {"organisation.NAME.inbound.NAME",
       "an inbound connector",
       described<routing::InboundConnectorParams>(),
       {}},
      {"organisation.NAME.outbound.NAME",
       "an outbound connector",
       described<routing::OutboundConnectorParams>(),
       {}},
      {"organisation.NAME.filter", "its filters", described<filter::FilterParams>(), {}},
      {"organisation.NAME.rule.NAME", "a transport rule", described<filter::RuleParams>(), {}},
      {"organisation.NAME.group.NAME", "a group", described<group::GroupParams>(), {}},
      {"organisation.NAME.user_limits",
       "what one user of it may send",
       described<submission::UserParams>(),
       {}},
      {"organisation.NAME.tenant_limits",
       "what its users together may send to the outside",
       described<submission::TenantParams>(),
       {}},
  };
}

}  // namespace

std::vector<TableInfo> all_tables() {
  std::vector<TableInfo> all = sender_tables();
  for (TableInfo& table : receiver_tables()) all.push_back(std::move(table));
  for (TableInfo& table : organisation_tables()) all.push_back(std::move(table));
  return all;
}

}  // namespace weir::experiments
