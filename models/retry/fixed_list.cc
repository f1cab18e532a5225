/// Fixed list: the waits as the scenario gives them, the last repeated.
///
/// The plainest schedule, for systems that no other file here describes.
///
/// Source of the defaults: RFC 5321, 4.5.4.1: retry at least 30 minutes apart, give up after 4 to
/// 5 days.

#include "models/retry/schedule.h"
#include "models/retry/waits.h"

namespace weir::retry {
namespace {

class FixedList final : public Schedule {
 public:
  struct Params {
    std::vector<Duration> waits{30min};
    Duration lifetime = 120h;

    static void describe(auto field) {
      constexpr Source kSource{"RFC 5321, 4.5.4.1"};
      field("waits", &Params::waits,
            "Waits after the first, second, ... deferral; the last is repeated.", kSource);
      field("lifetime", &Params::lifetime, "Age at which a message is returned as undeliverable.",
            kLifetimes, kSource);
    }

    static void check(const Params& p, const ParamsPlace& at) { check_waits(p.waits, "waits", at); }
  };

  explicit FixedList(Params p) : p_(std::move(p)) {}

  SimTime next_attempt(const Deferred& deferred, Draw& /*draw*/) const override {
    return later(deferred.now, wait_after(p_.waits, deferred.attempts));
  }

  Duration lifetime() const override { return p_.lifetime; }

 private:
  Params p_;
};

}  // namespace

extern const Entry fixed_list;
constinit const Entry fixed_list =
    entry<FixedList>("fixed-list", "The waits as given, the last of them repeated.");

}  // namespace weir::retry
