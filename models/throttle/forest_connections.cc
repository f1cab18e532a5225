/// Forest connections: the connections that a whole resource forest of Exchange Online holds open.
///
/// All addresses count together, and with them the connections of everybody else, which are a
/// parameter: the number that a forest allows is not disclosed, only that there is one. Like any
/// full server it cannot say when a place will be free: the earliest retry is the refusal itself.
///
/// Source: `421 4.3.2 ... per resource forest`, facts 2.1.

#include "models/throttle/policy.h"
#include "sim/check.h"

namespace weir::throttle {
namespace {

class ForestConnections final : public Policy {
 public:
  struct Params {
    std::int64_t connections = 5000;
    std::int64_t others = 4000;

    static void describe(auto field) {
      field("connections", &Params::connections, "Connections that the forest holds open.",
            Bounds<std::int64_t>{1, 1'000'000'000},
            Source{"assumption: undisclosed; Exchange Server takes 5,000, facts 2.2"});
      field("others", &Params::others, "How many of them other senders hold.",
            Bounds<std::int64_t>{0, 1'000'000'000}, Source{"assumption: undisclosed; 80 %"});
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.others >= p.connections) at.report("others", "must leave one of the connections");
    }
  };

  explicit ForestConnections(const Params& p) : free_(p.connections - p.others) {}

  Verdict connect(SimTime now, std::uint32_t) override {
    if (open_ >= free_) return {.reply = Reply::forest_connections, .retry_at = now};
    ++open_;
    return {};
  }

  void disconnected(SimTime, std::uint32_t) override {
    WEIR_CHECK(open_ > 0, "a connection was closed that was not open");
    --open_;
  }

  Verdict admit(const Attempt&, Draw&) override { return {}; }

  std::vector<Ceiling> ceilings() const override {
    return {{.parameter = "connections",
             .of = Ceiling::Of::connections,
             .scope = Ceiling::Scope::site,
             .count = static_cast<double>(free_)}};
  }

 private:
  std::int64_t free_;
  std::int64_t open_ = 0;
};

}  // namespace

extern const Entry forest_connections;
constinit const Entry forest_connections = entry<ForestConnections>(
    "forest-connections", "So many connections at once, those of other senders included.");

}  // namespace weir::throttle
