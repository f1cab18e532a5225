#pragma once
/// All that a world is built from: the scenario with every name resolved to an index.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/delivery/lane.h"
#include "models/plan/pacer.h"
#include "models/recipients/sampler.h"
#include "models/selection/selection.h"
#include "models/site/site.h"
#include "models/size/sampler.h"
#include "models/source/source.h"

namespace weir {

/// Parameters of a source beside its arrival process.
struct SourceParams {
  Probability unknown;
  Probability spam;
  Probability traps;
  Probability complaints;
  Duration complaint_delay{12h};

  static void describe(auto field) {
    field("unknown", &SourceParams::unknown, "Share of recipients that do not exist.");
    field(
        "spam", &SourceParams::spam,
        "Share of recipients whose filter takes the message for spam; it lands in the junk folder.",
        Source{"S4-30: the default action"});
    field("traps", &SourceParams::traps, "Share of recipients that are spam traps.");
    field("complaints", &SourceParams::complaints,
          "Share of delivered recipients who report the message as spam.");
    field("complaint_delay", &SourceParams::complaint_delay,
          "Mean time from delivery to complaint, exponentially distributed.",
          Bounds<Duration>{0s, 720h}, Source{"assumption: read within the day"});
  }
};

struct SourceConfig {
  std::string name;
  std::unique_ptr<source::Source> arrivals;
  std::unique_ptr<size::Sampler> size;
  std::unique_ptr<recipients::Sampler> recipients;
  SourceParams params;
  std::uint32_t pool = 0;
  std::uint32_t site = 0;
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
  std::unique_ptr<selection::Selection> selection;
  LaneParams lane;
  std::unique_ptr<retry::Schedule> schedule;
};

/// Where bounce messages go. They are a source of their own, after all sources of the scenario.
struct NoticeConfig {
  struct Route {
    std::uint32_t pool = 0;
    std::uint32_t site = 0;
  };
  std::optional<Route> route;  // nothing: they are delivered on the sender's own system, at once
  Bytes size{4'000};
};

struct WorldConfig {
  StreamKey key;
  Duration horizon{24h};
  Calendar calendar;
  std::vector<SourceConfig> sources;
  std::vector<AddressConfig> addresses;
  std::vector<PoolConfig> pools;
  std::vector<Site> sites;
  NoticeConfig notices;
};

}  // namespace weir
