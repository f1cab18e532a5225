#pragma once
/// A KumoMTA sender as its own shaping files describe it.
///
///   control = { model = "kumomta", shaping = ["shaping.toml", "community-shaping.toml"],
///               provider = "outlook" }
///
/// The files are resolved for one destination before the controller is made: default, provider, the
/// provider's source, site, domain, the site's source, the domain's source, each on top of the one
/// before; automation rules of all of them. Keys of the scenario go on top of the files'.

#include <string>
#include <vector>

#include "sim/params.h"

namespace weir::experiments {

/// Which files, and for which destination.
struct ShapingParams {
  std::vector<std::string> shaping;
  std::string provider;
  std::string domain;
  std::vector<std::string> mx;
  std::string source;

  static void describe(auto field) {
    field("shaping", &ShapingParams::shaping,
          "KumoMTA's shaping files, later ones on top; beside the scenario unless absolute.");
    field("provider", &ShapingParams::provider,
          "The provider whose settings and rules apply, by its name in the files.");
    field("domain", &ShapingParams::domain,
          "The recipients' domain: its own section, and providers that match its end.");
    field("mx", &ShapingParams::mx,
          "The domain's MX hosts: providers that match all of them apply.");
    field("source", &ShapingParams::source,
          "The egress source that sends, by its name in the files.");
  }
};

/// Whether `control` names shaping files.
inline bool names_shaping(const Setting& control) { return control.find("shaping") != nullptr; }

/// `control` with the settings of its shaping files in place of the keys of ShapingParams. What the
/// files say that has no meaning here becomes a remark.
/// REQUIRES: `control` is a table.
Setting resolve_shaping(const Setting& control, const std::string& path, Problems& problems,
                        Problems& remarks);

}  // namespace weir::experiments
