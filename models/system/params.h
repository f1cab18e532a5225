#pragma once
/// What a mail system is built of, beside its rules: servers, their service time, its pools.

#include <string>

#include "sim/params.h"

namespace weir::system {

enum class ServiceTimes : std::uint8_t { fixed, exponential };

constexpr std::array<EnumWord<ServiceTimes>, 2> words_of(ServiceTimes) {
  return {{{ServiceTimes::fixed, "fixed"}, {ServiceTimes::exponential, "exponential"}}};
}

struct SystemParams {
  std::int64_t servers = 1;
  Duration service_time{0s};
  ServiceTimes service_times = ServiceTimes::fixed;
  std::int64_t hop_limit = 20;

  static void describe(auto field) {
    field("servers", &SystemParams::servers,
          "Messages that its filters and categorizer work on at once.",
          Bounds<std::int64_t>{1, 1'000'000},
          Source{"facts 5.5: a filter farm of four servers is M/M/4; one unless set"});
    field("service_time", &SystemParams::service_time,
          "Time that one of them works on a message (mean); 0 s: none at all.",
          Bounds<Duration>{0s, 24h}, Source{"assumption: off unless measured; facts 5.5: 6 s"});
    field("service_times", &SystemParams::service_times,
          "Whether that time is constant or exponentially distributed.",
          Source{"facts 5.5: exponential agrees with monitored queue lengths"});
    field("hop_limit", &SystemParams::hop_limit,
          "Systems a message may pass before it bounces as looping.", Bounds<std::int64_t>{1, 255},
          Source{"facts 2.5: 5.4.14, 20 iterations"});
  }
};

}  // namespace weir::system
