#pragma once
/// All that a world is built from: the scenario with every name resolved to an index.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/control/pause.h"
#include "models/delivery/lane.h"
#include "models/filter/content.h"
#include "models/plan/pacer.h"
#include "models/recipients/sampler.h"
#include "models/routing/hop.h"
#include "models/selection/selection.h"
#include "models/site/site.h"
#include "models/size/sampler.h"
#include "models/source/source.h"
#include "models/system/params.h"
#include "models/system/transport.h"
#include "models/tenants/tenants.h"

namespace weir {

/// Parameters of a source beside its arrival process.
struct SourceParams {
  Probability unknown;
  Probability traps;
  Probability complaints;
  Duration complaint_delay{12h};

  static void describe(auto field) {
    field("unknown", &SourceParams::unknown, "Share of recipients that do not exist.");
    field("traps", &SourceParams::traps, "Share of recipients that are spam traps.");
    field("complaints", &SourceParams::complaints,
          "Share of delivered recipients who report the message as spam.");
    field("complaint_delay", &SourceParams::complaint_delay,
          "Mean time from delivery to complaint, exponentially distributed.",
          Bounds<Duration>{0s, 720h}, Source{"assumption: read within the day"});
  }
};

/// One way of a source's mail: whom it is for, and where the sender's own system sends it.
struct SourceRoute {
  std::uint32_t destination = Message::kNone16;  // index of WorldConfig::destinations; or none
  std::uint32_t hop = 0;                         // of mail that starts at a pool
  double share = 1.0;                            // of the source's messages, relative
};

/// Mail of a source may begin inside a system, as if its users had written it there.
struct SourceStart {
  std::uint32_t system = 0;
  std::uint32_t organisation = Mail::kNone;
};

struct SourceConfig {
  std::string name;
  std::unique_ptr<source::Source> arrivals;
  std::unique_ptr<size::Sampler> size;
  std::unique_ptr<recipients::Sampler> recipients;
  SourceParams params;
  filter::ContentParams content;
  std::uint32_t pool = 0;
  std::vector<SourceRoute> routes{{}};        // not empty
  std::optional<SourceStart> start;           // nothing: at its pool
  std::uint32_t from = Mail::kNone;           // domain of the sender
  std::uint32_t reply_to = Message::kNone16;  // destination of notices about its mail
  std::vector<plan::Pacer> pacers;     // one for each address of the pool; empty: nothing is held
  std::optional<std::uint32_t> after;  // begins when the plan of this source is through
};

struct AddressConfig {
  std::string name;
  throttle::AddressInfo info;
};

struct PoolConfig {
  std::string name;
  std::vector<std::uint32_t> addresses;
  std::vector<std::uint32_t> warm;  // of these: no plan holds them
  std::unique_ptr<selection::Selection> selection;
  LaneParams lane;
  std::unique_ptr<control::Controller> control = control::make_pause({});
  std::unique_ptr<retry::Schedule> schedule;
};

/// Where bounce messages go. They are a source of their own, after all sources of the scenario.
struct NoticeConfig {
  struct Route {
    std::uint32_t pool = 0;
    std::uint32_t hop = 0;
  };
  std::optional<Route> route;  // nothing: they are delivered on the sender's own system, at once
  Bytes size{4'000};
};

/// A hop that is more than one site. The first hops are the sites themselves, in their order.
struct HopConfig {
  std::string name;
  routing::Hop hop;
};

/// A system: what takes over mail that its sites accept.
struct SystemConfig {
  std::string name;
  system::SystemParams params;
  std::unique_ptr<system::Transport> transport;
  std::vector<std::uint32_t> pools;  // that it may send by
  std::vector<std::uint32_t> hops;   // that it may send to
};

/// Mail of other tenants at one site, which is only counted.
struct TenantsConfig {
  std::string name;
  tenants::Tenants tenants;
  std::uint32_t site = 0;
};

struct WorldConfig {
  StreamKey key;
  Duration horizon{24h};
  Calendar calendar;
  std::vector<SourceConfig> sources;
  std::vector<AddressConfig> addresses;
  std::vector<PoolConfig> pools;
  std::vector<Site> sites;
  std::vector<HopConfig> hops;  // numbered on from the sites
  std::vector<SystemConfig> systems;
  std::vector<std::string> organisations;  // names
  std::vector<system::Destination> destinations;
  NoticeConfig notices;
  std::vector<TenantsConfig> tenants;
};

}  // namespace weir
