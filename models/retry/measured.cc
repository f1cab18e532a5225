/// Measured: when five large providers came back to a server that deferred them for six hours.
///
/// These are observations of one message each, not rules: they stand for remote senders whose
/// software nobody describes. Where the observation ends with a delivery, the last wait is repeated
/// (assumption); AOL gave up.
///
/// Source: Pagani et al., "Measuring the role of greylisting and nolisting in fighting spam",
/// DSN 2016, table of the slides.
/// Left out: that some of them retry from several addresses.

#include <array>
#include <span>

#include "models/retry/schedule.h"
#include "models/retry/waits.h"

namespace weir::retry {
namespace {

enum class Provider { hotmail, yahoo, gmail, gmx, aol };

constexpr std::array<EnumWord<Provider>, 5> words_of(Provider /*any*/) {
  return {{{Provider::hotmail, "hotmail"},
           {Provider::yahoo, "yahoo"},
           {Provider::gmail, "gmail"},
           {Provider::gmx, "gmx"},
           {Provider::aol, "aol"}}};
}

/// Retries counted from the first attempt, in seconds; then one every `last_wait`, if any.
struct Observation {
  std::span<const std::int32_t> instants;
  Duration last_wait;
};

constexpr std::int32_t kHotmail[] = {61, 123, 184, 306, 487, 728, 970};
constexpr std::int32_t kYahoo[] = {127, 339, 778, 1636, 3313, 6575, 13007, 25836};
constexpr std::int32_t kGmail[] = {362, 1742, 3396, 5924, 9723, 13784, 18545, 26086};
constexpr std::int32_t kGmx[] = {302, 757, 1439, 2463, 3998, 6301, 9755, 14936, 22708};
constexpr std::int32_t kAol[] = {332, 692, 1292, 1892};

Observation observed(Provider provider) {
  switch (provider) {
    case Provider::hotmail:
      return {kHotmail, 4min};
    case Provider::yahoo:
      return {kYahoo, 12'829s};
    case Provider::gmail:
      return {kGmail, 7'541s};
    case Provider::gmx:
      return {kGmx, 7'772s};
    case Provider::aol:
      break;
  }
  return {kAol, Duration::max()};
}

class Measured final : public Schedule {
 public:
  struct Params {
    Provider provider = Provider::gmail;
    Duration lifetime = 120h;

    static void describe(auto field) {
      field("provider", &Params::provider, "Whose retries were observed.",
            Source{"Pagani et al., DSN 2016"});
      field("lifetime", &Params::lifetime, "Age at which a message is returned as undeliverable.",
            kLifetimes,
            Source{"assumption: RFC 5321, 4.5.4.1; the observation ended after six hours"});
    }
  };

  explicit Measured(const Params& p) : observed_(observed(p.provider)), lifetime_(p.lifetime) {}

  SimTime next_attempt(const Deferred& deferred, Draw& /*draw*/) const override {
    const std::size_t made = deferred.attempts - 1;  // retries
    if (made >= observed_.instants.size()) return later(deferred.now, observed_.last_wait);
    const std::int32_t before = made == 0 ? 0 : observed_.instants[made - 1];
    return later(deferred.now, std::chrono::seconds(observed_.instants[made] - before));
  }

  Duration lifetime() const override { return lifetime_; }

 private:
  Observation observed_;
  Duration lifetime_;
};

}  // namespace

extern const Entry measured;
constinit const Entry measured =
    entry<Measured>("measured", "As a large provider was seen to retry while it was greylisted.");

}  // namespace weir::retry
