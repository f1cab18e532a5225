#pragma once
/// A mail system that does what the test says.

#include <functional>
#include <memory>

#include "tests/support/world_builder.h"

namespace weir::testing {

class ScriptedTransport final : public system::Transport {
 public:
  using Admit = std::function<system::Admission(const Mail&, std::uint32_t unknown)>;
  using Decide = std::function<system::Decision(const Mail&)>;

  explicit ScriptedTransport(Decide decide, Admit admit = {})
      : decide_(std::move(decide)), admit_(std::move(admit)) {}

  system::Admission admit(const Mail& mail, const system::Destination&, std::uint32_t unknown,
                          Draw&) const override {
    return admit_ ? admit_(mail, unknown) : system::Admission{};
  }
  system::Decision decide(const Mail& mail, const system::Destination&, std::uint32_t unknown,
                          Draw&) override {
    system::Decision decision = decide_(mail);
    if (decision.act == system::Act::deliver) decision.unknown = unknown;
    return decision;
  }

 private:
  Decide decide_;
  Admit admit_;
};

/// A world whose only site belongs to a system that sends by the world's only pool; the hop from
/// the system is a second site, an end point.
struct SystemBuilder : WorldBuilder {
  explicit SystemBuilder(ScriptedTransport::Decide decide, ScriptedTransport::Admit admit = {}) {
    SystemConfig& system = config.systems.emplace_back();
    system.name = "system";
    system.transport = std::make_unique<ScriptedTransport>(std::move(decide), std::move(admit));
    system.pools = {0};
    system.hops = {kBeyond};
    config.destinations = {{.domains = {0}}, {.domains = {1}}};
  }

  static constexpr std::uint32_t kBeyond = 1;  // the hop, and the site

  system::SystemParams& params() { return config.systems[0].params; }

  /// A source whose mail begins inside the system.
  SourceConfig& add_inside(std::string_view model, const Keys& keys) {
    SourceConfig& source = add_source(model, keys);
    source.start = SourceStart{};
    return source;
  }

  WorldConfig take() {
    WorldConfig taken = WorldBuilder::take();
    taken.sites[0].set_system(0);
    taken.sites.emplace_back("beyond", site, std::vector<NamedPolicy>{}, std::vector<Connector>{});
    return taken;
  }
};

}  // namespace weir::testing
