#pragma once
/// What one run came to, in numbers: the source of the terminal's summary, of the JSON object and
/// of the result file alike. Counts of mail are in message x recipient unless named otherwise.

#include <optional>
#include <string>
#include <vector>

#include "experiments/record/grid_row.h"
#include "experiments/record/steady_figure.h"
#include "experiments/run/profile.h"
#include "experiments/scenario/scenario.h"
#include "models/delivery/world.h"

namespace weir::experiments {

/// Delays in seconds. Nothing where a quantile falls on mail that was never delivered.
struct DelayFigures {
  std::optional<double> mean, p50, p90, p99, max;  // mean and max: of what was delivered
};

DelayFigures delay_figures(const analysis::Sketch& delays);

/// How long plans held mail, over what was released, in seconds.
struct HeldFigures {
  double mean = 0;
  double max = 0;
};

struct SourceFigures {
  std::string name;
  SourceTotals totals;
  DelayFigures delay;
  HeldFigures held;
  std::vector<std::uint64_t> delivered_by_day;  // [d]: on day d + 1
};

/// One address at one hop: a site, or several that stand in for each other.
struct AddressFigures {
  std::string address;
  std::string site;                            // the hop's name
  std::uint64_t messages = 0;                  // released to this lane
  std::optional<throttle::Standing> standing;  // with the first of its sites that keeps one
};

struct SiteFigures {
  std::string name;
  AttemptCounts attempts;
};

/// What passed an organisation's transport, in recipients by event of its trace.
struct OrganisationFigures {
  std::string name;
  TransportCounts counts;
};

/// The servers of a system.
struct SystemFigures {
  std::string name;
  std::uint64_t taken = 0;  // messages
  std::uint64_t waiting = 0;
  std::uint64_t longest_queue = 0;
  double utilisation = 0;
};

/// The clean mail of other tenants, in recipients.
struct TenantsFigures {
  std::string name;
  tenants::Totals totals;
};

struct Summary {
  std::string scenario;
  std::string variant;
  StreamKey key;
  std::uint64_t fingerprint = 0;
  std::uint64_t events = 0;
  double wall_s = 0;
  std::uint64_t peak_rss_bytes = 0;
  bool interrupted = false;
  double simulated_s = 0;

  std::uint64_t messages = 0;
  SourceTotals recipients;  // of all sources and the notices
  AttemptCounts attempts;
  std::array<std::uint64_t, kReplies> replies{};
  std::array<std::uint64_t, kReplies> decisions{};  // of systems, in recipients: failed, deleted
  std::uint64_t windows_opened = 0;
  double window_hours = 0;
  std::uint64_t listings = 0;
  std::uint64_t clamped = 0;
  analysis::Sketch delay_sketch{kDelayAccuracy};  // of all sources without the notices
  analysis::Sketch report_delay{kDelayAccuracy};  // of the reported source
  DelayFigures delay;
  HeldFigures held;
  std::vector<SourceFigures> sources;  // the notices last, named "notices"
  std::vector<AddressFigures> addresses;
  std::vector<SiteFigures> sites;
  std::vector<SystemFigures> systems;
  std::vector<OrganisationFigures> organisations;
  std::vector<TenantsFigures> tenants;
  std::uint32_t report = 0;  // index in sources
  std::optional<ProfileFigures> profile;
  std::vector<SteadyFigure> steady;

  /// Recipients of the reported source delivered in the first `days` days.
  std::uint64_t delivered_by(std::int64_t days) const;
};

/// Reads the books of a finished world. The names come from `scenario`'s world before it moved in.
struct WorldNames {
  std::vector<std::string> sources, addresses, sites;
  std::vector<std::string> hops;  // the sites first
  std::vector<std::string> pools, systems, organisations;
};
WorldNames names_of(const WorldConfig& config);

/// (address, hop) of each lane, in the order of the world's lanes.
std::vector<std::pair<std::uint32_t, std::uint32_t>> lanes_of(const WorldConfig& config);

/// What the time series of a run are of.
GridRow::Shape shape_of(const WorldNames& names,
                        const std::vector<std::pair<std::uint32_t, std::uint32_t>>& lanes);

Summary summarise(const World& world, const Tally& tally, const WorldNames& names,
                  std::uint32_t report);

/// The largest resident size of this process so far; 0 where the system does not tell.
std::uint64_t peak_resident_bytes();

}  // namespace weir::experiments
