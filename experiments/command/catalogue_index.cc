#include "experiments/command/catalogue_index.h"

#include "experiments/scenario/scenario.h"
#include "models/retry/schedule.h"

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

}  // namespace

std::vector<FamilyInfo> all_families() {
  return {{"source", "when mail arrives"},
          {"size", "how large a message is"},
          {"recipients", "how many recipients a message has"},
          {"plan", "how many recipients go on each day"},
          {"selection", "which address of a pool sends"},
          {"retry", "when a deferred message is tried again"},
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
  add_family(all, "throttle", throttle::catalogue());
  return all;
}

std::vector<TableInfo> all_tables() {
  return {
      {"", "the run as a whole", described<FrameParams>(), {}},
      {"source.NAME",
       "mail of one kind: when it comes, for whom, and what its recipients do",
       described<SourceLinks, SourceParams>(),
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
       described<LaneParams>(),
       {{"retry", "retry"}},
       {"pool.NAME.lane"}},
      {"site.NAME",
       "a receiving system",
       described<SiteParams>(),
       {{"throttle", "throttle", true}}},
      {"site.NAME.connector.NAME",
       "an inbound connector at the site",
       described<ConnectorParams>(),
       {}},
      {"notices", "bounce messages, from the null sender", described<NoticeParams>(), {}},
      {"ensemble",
       "how the unknowns of the scenario depend on each other",
       described<EnsembleParams>(),
       {}},
  };
}

}  // namespace weir::experiments
