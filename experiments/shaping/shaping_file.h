#pragma once
/// KumoMTA's shaping files as written: what they say for each domain and provider, files merged.
///
/// A later file adds to an earlier one, or replaces it for an entry with replace_base = true.
/// Every key is one of KumoMTA's, or a problem. Source: kumo-api-types/src/shaping.rs (2026-08-04).

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/setting.h"

namespace weir::experiments {

/// What is written for one domain or provider.
struct ShapingEntry {
  Setting settings = make_table();  // of the egress path
  Setting sources = make_table();   // the same for each egress source
  SettingList rules;                // tables of automation
  SettingList matches;              // of a provider: { MXSuffix = ... } and the like
};

class ShapingFiles {
 public:
  /// Reads one more file. A file that cannot be read is reported for `named`, where it is named.
  void read(const std::string& path, const Setting& named, Problems& problems);

  const std::vector<std::pair<std::string, ShapingEntry>>& providers() const { return providers_; }
  const ShapingEntry& of_default() const { return default_; }

  /// What is written for all domains that share the MX hosts of `domain`, and for it alone.
  const ShapingEntry& site(std::string_view domain) const { return find(sites_, domain); }
  const ShapingEntry& domain(std::string_view name) const { return find(domains_, name); }

 private:
  using Entries = std::vector<std::pair<std::string, ShapingEntry>>;

  static ShapingEntry& entry_of(Entries& entries, const std::string& name);
  static const ShapingEntry& find(const Entries& entries, std::string_view name);

  ShapingEntry default_;
  Entries sites_;
  Entries domains_;
  Entries providers_;
};

/// Whether KumoMTA knows this setting of an egress path and it has no meaning in a simulation.
bool is_ignored_setting(std::string_view name);

}  // namespace weir::experiments
