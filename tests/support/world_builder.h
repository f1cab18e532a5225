#pragma once
/// Small worlds for tests: one address, one pool and one site that limits nothing, until a test
/// says otherwise. An attempt takes one second, and one more when it opens a connection.

#include <functional>
#include <string>

#include "models/delivery/world.h"
#include "tests/models/make_model.h"
#include "tests/support/recording.h"

namespace weir::testing {

class WorldBuilder {
 public:
  WorldBuilder();

  /// With messages of one recipient and 10 kB. At most 16 of them.
  SourceConfig& add_source(std::string_view model, const Keys& keys = {});

  /// Holds the mail of the source that was added last.
  void plan(std::string_view model, const Keys& keys, const plan::PacerParams& params = {});

  /// One more address for the pool.
  void add_address(const throttle::AddressInfo& info);

  void throttle(std::string_view model, const Keys& keys = {});
  void throttle(std::unique_ptr<throttle::Policy> policy);
  void retry(std::string_view model, const Keys& keys = {});
  void control(std::string_view model, const Keys& keys = {});

  /// Times of a lane, and limits for as long as control() was not called.
  struct LaneSettings : LaneParams, control::PauseParams {};
  LaneSettings& lane() { return lane_; }
  void route_notices() { config.notices.route = NoticeConfig::Route{0, 0}; }

  WorldConfig config;
  SiteParams site;
  std::vector<Connector> connectors;

  /// The configuration; the builder is used up.
  WorldConfig take();

 private:
  struct PlanOfSource {
    std::size_t source;
    std::string model;
    Keys keys;
    plan::PacerParams params;
  };
  LaneSettings lane_;
  std::unique_ptr<control::Controller> control_;
  std::vector<PlanOfSource> plans_;
  std::vector<NamedPolicy> policies_;
};

/// A throttle that does what the test says. Connections are counted.
class ScriptedPolicy final : public throttle::Policy {
 public:
  using Decide = std::function<Reply(const throttle::Attempt&)>;

  struct Seen {
    std::int64_t opened = 0;
    std::int64_t open = 0;
    std::int64_t most_open = 0;
    std::uint64_t accepted = 0;  // recipients
    throttle::Evidence judged;   // summed up
    bool exempt = false;         // the latest attempt
  };

  /// `connection` is asked with an attempt that has only instant and address.
  explicit ScriptedPolicy(Seen& seen, Decide decide = {}, Decide connection = {})
      : seen_(seen), decide_(std::move(decide)), connection_(std::move(connection)) {}

  throttle::Verdict connect(SimTime now, std::uint32_t address) override;
  void disconnected(SimTime, std::uint32_t) override { --seen_.open; }
  throttle::Verdict admit(const throttle::Attempt& attempt, Draw&) override;
  void accepted(const throttle::Attempt&, std::uint32_t recipients) override {
    seen_.accepted += recipients;
  }
  void judged(SimTime, std::uint32_t, const throttle::Evidence& evidence) override;

 private:
  Seen& seen_;
  Decide decide_;
  Decide connection_;
};

/// A world, what it recorded, and the clock.
struct TestRun {
  explicit TestRun(WorldConfig config) : world(std::move(config), record) {}

  TestRun& until(Duration end) {
    world.run_until(at(end));
    return *this;
  }
  TestRun& finish_at(Duration end) {
    until(end);
    world.finish();
    return *this;
  }
  const SourceTotals& totals(std::size_t source = 0) const { return world.totals()[source]; }
  const SourceTotals& notices() const { return world.totals().back(); }

  Recording record;
  World world;
};

/// All sources of a world together.
SourceTotals sum_of(const std::vector<SourceTotals>& totals);

}  // namespace weir::testing
