#pragma once
/// A scenario as it runs: every name an index, every distribution a value, every model built.

#include <memory>
#include <string>
#include <vector>

#include "experiments/ensemble/distribution.h"
#include "experiments/scenario/address_params.h"
#include "models/delivery/config.h"

namespace weir::system {
struct Landscape;
}

namespace weir::experiments {

/// What a run is called and how long it takes.
struct FrameParams {
  std::string title = "untitled";
  std::string start;
  std::string utc_offset = "+00:00";
  Duration horizon{24h};
  Duration grid{1h};
  std::string report;
  std::string label = "scenario";
  std::string extends;

  static void describe(auto field) {
    field("title", &FrameParams::title, "What the scenario asks, in a line.");
    field(
        "start", &FrameParams::start,
        "Local date or date and time at which the run begins, such as \"2026-03-02\"; when empty, "
        "the start of the first trace that is replayed, else 2026-01-05, a Monday.");
    field("utc_offset", &FrameParams::utc_offset,
          "Local time minus UTC, such as \"+09:00\"; hours of the day are local.");
    field("horizon", &FrameParams::horizon, "Simulated time after which the run ends.",
          Bounds<Duration>{1s, 36'500 * 24h});
    field("grid", &FrameParams::grid, "Distance of the points of the time series in the result.",
          Bounds<Duration>{1s, 720h});
    field("report", &FrameParams::report,
          "The source whose delivery by day is reported; when empty, the first.");
    field("label", &FrameParams::label,
          "What the scenario itself is called in a table beside its variants.");
    field("extends", &FrameParams::extends, "A scenario file that this one builds on.");
  }
};

/// Links of a source to the rest of the scenario.
struct SourceLinks {
  std::string pool;
  std::string site;
  std::string from;
  std::vector<std::string> to;
  std::vector<double> shares;
  bool together = false;
  std::string system;
  std::string organisation;
  std::string plan;
  std::string after;

  static void describe(auto field) {
    field("pool", &SourceLinks::pool, "The pool that sends it; when empty, the only one.");
    field(
        "site", &SourceLinks::site,
        "The site it is sent to; when empty, the mail exchangers of `to`, or else the only site.");
    field("from", &SourceLinks::from, "Domain of its senders.");
    field("to", &SourceLinks::to,
          "Domains it is for, or groups such as \"sales@contoso.example\"; each message is for one "
          "of them.");
    field("shares", &SourceLinks::shares,
          "How much of it is for each of `to`, relative to each other; when empty, the same.");
    field("together", &SourceLinks::together,
          "Each message is for all of `to` in one envelope, its recipients spread over them.");
    field("system", &SourceLinks::system,
          "The system whose users write it: it begins inside and needs no pool.");
    field("organisation", &SourceLinks::organisation,
          "The organisation of these users; when empty, that which has `from`.");
    field("plan", &SourceLinks::plan, "The plan that holds it; when empty, nothing is held.");
    field("after", &SourceLinks::after,
          "Begins when the plan of this source is through; when empty, at the start.");
  }
};

/// Links of a site to the rest of the scenario.
struct SiteLinks {
  std::string system;
  std::string forest;

  static void describe(auto field) {
    field("system", &SiteLinks::system,
          "The system that takes over what the site accepts; when empty, it is delivered there.");
    field("forest", &SiteLinks::forest,
          "The forest of the servers that receive there; when empty, that of the recipients.",
          Source{"S4-71; facts 2.3"});
  }
};

struct PoolParams {
  std::vector<std::string> addresses;

  static void describe(auto field) {
    field("addresses", &PoolParams::addresses,
          "Names of the addresses that are used alike; when empty, all of them.");
  }
};

struct NoticeParams {
  std::string to = "local";
  std::string pool;
  Bytes size{4'000};

  static void describe(auto field) {
    field(
        "to", &NoticeParams::to,
        "Where bounce messages go: \"local\", on the sender's own system, or the name of a site.");
    field("pool", &NoticeParams::pool, "The pool that sends them to a site; empty: the first.");
    field("size", &NoticeParams::size, "Size of a bounce message.", Bounds<Bytes>{{1}, {1'000'000}},
          Source{"assumption: the returned headers, RFC 3464"});
  }
};

struct EnsembleParams {
  std::vector<std::string> between;
  double correlation = 0.0;

  static void describe(auto field) {
    field("between", &EnsembleParams::between,
          "Paths of two unknowns that depend on each other, such as a receiver's probation and "
          "growth.");
    field("correlation", &EnsembleParams::correlation,
          "Correlation of the normals behind the two (a Gaussian copula).",
          Bounds<double>{-1.0, 1.0}, Source{"DESIGN 5: 0, and 0.7 reported beside it"});
  }
};

/// A scenario built, or the problems that prevent it.
struct Scenario {
  FrameParams frame;
  WorldConfig world;
  std::uint32_t report = 0;                            // index of the source that is reported
  std::shared_ptr<const system::Landscape> landscape;  // null after a problem
  std::vector<std::unique_ptr<source::ArrivalFeed>> feeds;
  Setting effective = make_table();  // every parameter with the value it has
  Problems remarks;                  // what was read and has no effect; it prevents nothing
};

/// How thoroughly traces are read before the run.
enum class TraceCheck : std::uint8_t { header, whole };

/// Builds the scenario of `root`, whose distributions are resolved. Problems are added to
/// `problems`; the scenario may run only when there are none.
Scenario build_scenario(const Setting& root, const StreamKey& key, TraceCheck traces,
                        Problems& problems);

/// The dependence of the unknowns, from [ensemble].
Dependence read_dependence(const Setting& root, Problems& problems);

/// Checks everything there is to check in `root`, distributions included: at the receiver in the
/// middle, and every value a distribution is made of.
void check_document(const Setting& root, Problems& problems);

/// The names of the tables under [variant], in the order of the file.
std::vector<std::string> variant_names(const Setting& root);

/// `root` with the overrides of one variant applied. REQUIRES: the variant exists.
Setting apply_variant(const Setting& root, const std::string& name);

}  // namespace weir::experiments
