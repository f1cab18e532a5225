/// Concurrency cap: a site that serves so many connections of one address, or of all, at once.
///
/// A connection beyond the cap is refused with 421 before any message is heard. When the next one
/// will close is not known to the site, so the refusal can promise nothing: its earliest retry is
/// the instant of the refusal, and the sender's own back-off decides.
/// Never more open connections than the cap, tests/models/throttle/limits_test.cc.
///
/// Left out: what other senders hold open; see forest_connections.cc.

#include "models/throttle/voice.h"
#include "sim/check.h"

namespace weir::throttle {
namespace {

class ConcurrencyCap final : public Policy {
 public:
  struct Params {
    std::int64_t connections = 50;
    std::optional<std::int64_t> total;
    Voice voice = Voice::plain;

    static void describe(auto field) {
      field("connections", &Params::connections, "Open connections of one address.",
            Bounds<std::int64_t>{1, 1'000'000},
            Source{"Postfix: smtpd_client_connection_count_limit 50"});
      field("total", &Params::total, "Open connections of all addresses; none: no cap.",
            Source{"off unless set"});
      field("voice", &Params::voice, kVoiceWords, Source{kVoiceSource});
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.total && *p.total < 1) at.report("total", "must be at least 1, or \"none\"");
    }
  };

  explicit ConcurrencyCap(const Params& p) : params_(p) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    open_.assign(addresses.size(), 0);
  }

  Verdict connect(SimTime now, std::uint32_t address) override {
    if (open_[address] >= params_.connections || (params_.total && all_open_ >= *params_.total))
      return {.reply = over_connections(params_.voice), .retry_at = now};
    ++open_[address];
    ++all_open_;
    return {};
  }

  void disconnected(SimTime, std::uint32_t address) override {
    WEIR_CHECK(open_[address] > 0, "a connection was closed that was not open");
    --open_[address];
    --all_open_;
  }

  Verdict admit(const Attempt&, Draw&) override { return {}; }

  std::vector<Ceiling> ceilings() const override {
    std::vector<Ceiling> ceilings{{.parameter = "connections",
                                   .of = Ceiling::Of::connections,
                                   .count = static_cast<double>(params_.connections)}};
    if (params_.total)
      ceilings.push_back({.parameter = "total",
                          .of = Ceiling::Of::connections,
                          .scope = Ceiling::Scope::site,
                          .count = static_cast<double>(*params_.total)});
    return ceilings;
  }

 private:
  Params params_;
  std::vector<std::int64_t> open_;  // connections of each address
  std::int64_t all_open_ = 0;
};

}  // namespace

extern const Entry concurrency_cap;
constinit const Entry concurrency_cap =
    entry<ConcurrencyCap>("concurrency-cap", "So many connections of one address at once.");

}  // namespace weir::throttle
