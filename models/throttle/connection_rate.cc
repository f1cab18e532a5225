/// Connection rate: a site that lets an address open so many connections in any span.
///
/// Beside concurrency_cap.cc, which counts what is open at once: short sessions pass that one and
/// fail here. A connection that another policy refuses afterwards counts all the same, as servers
/// that count connects do. A refusal names the instant at which the next one is let in.
///
/// Source: facts 2.3 (421 RP-002 of consumer Outlook); KumoMTA's max_connection_rate is the
/// sender's side of it, facts 4.1.

#include "models/rolling_count.h"
#include "models/throttle/voice.h"

namespace weir::throttle {
namespace {

class ConnectionRate final : public Policy {
 public:
  struct Params {
    Rate<Connection> limit{100, 1min};
    Voice voice = Voice::plain;

    static void describe(auto field) {
      field("limit", &Params::limit, "Connections of one address in any span.",
            Source{"assumption: what KumoMTA does not exceed by default, facts 4.1"});
      field("voice", &Params::voice, kVoiceWords, Source{kVoiceSource});
    }
  };

  explicit ConnectionRate(const Params& p) : params_(p) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    opened_.assign(addresses.size(), RollingCount(params_.limit.period));
  }

  Verdict connect(SimTime now, std::uint32_t address) override {
    RollingCount& opened = opened_[address];
    opened.roll_to(now);
    if (opened.sum() >= params_.limit.count)
      return {.reply = over_connection_rate(params_.voice),
              .retry_at = opened.falls_to(params_.limit.count - 1)};
    opened.add(now, 1);
    return {};
  }

  Verdict admit(const Attempt&, Draw&) override { return {}; }

  std::vector<Ceiling> ceilings() const override {
    return {{.parameter = "limit",
             .of = Ceiling::Of::connects,
             .count = static_cast<double>(params_.limit.count),
             .span = params_.limit.period,
             .ahead = static_cast<double>(params_.limit.count)}};
  }

 private:
  Params params_;
  std::vector<RollingCount> opened_;
};

}  // namespace

extern const Entry connection_rate;
constinit const Entry connection_rate =
    entry<ConnectionRate>("connection-rate", "So many connections of one address in any span.");

}  // namespace weir::throttle
