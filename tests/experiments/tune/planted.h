#pragma once
/// Warm-up problems whose best plan is known.

#include <string>

#include "experiments/scenario/document.h"
#include "experiments/tune/study.h"

namespace weir::experiments {

/// A receiver that opens a window if and only if more than `probation` come on the first day or a
/// day's volume is more than `growth` times that of the day before: its baseline is, but for one
/// part in 2^24, the volume of the last day. So the best plan begins at `probation` and grows by
/// `growth` each day.
inline std::string planted(const std::string& probation, const std::string& growth,
                           const std::string& more = "", int domain_factor = 1000) {
  return "horizon = \"20 d\"\n"
         "[source.campaign]\narrivals = { model = \"campaign\", messages = 20000 }\n"
         "plan = \"ramp\"\n"
         "[plan.ramp]\nmodel = \"flat\"\nvolume = 20000\ndays = 20\n"
         "[address.new]\nip = \"192.0.2.1\"\ndomain = \"a.example\"\n"
         "[lane]\nretry = \"postfix\"\n"
         "[site.there.throttle.ip]\nmodel = \"history-window\"\nhalf_life = \"1 h\"\n"
         "domain_factor = " +
         std::to_string(domain_factor) +
         "\n"
         "probation = " +
         probation + "\ngrowth = " + growth + "\n" + more;
}

inline Setting planted_root(const std::string& probation, const std::string& growth,
                            const std::string& more = "", int domain_factor = 1000) {
  return parse_document(planted(probation, growth, more, domain_factor), "planted.toml").root;
}

}  // namespace weir::experiments
