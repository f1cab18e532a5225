#pragma once
/// Where a scenario says what limits its mail: dotted paths, as after --set.

#include <string>

#include "models/delivery/config.h"
#include "sim/setting.h"

namespace weir::experiments {

class SettingNames {
 public:
  /// `root` may be an empty table: settings are called as if they stood in the usual place.
  explicit SettingNames(const Setting& root) : root_(root) {}

  /// "pool.news.lane.connection_limit" where the pool says it itself, else "lane.connection_limit".
  std::string lane(const std::string& pool, const std::string& key) const;

  /// "plan.warm-up", that the source names; "plan" when it names none.
  std::string plan(const std::string& source) const;

 private:
  const Setting& root_;
};

}  // namespace weir::experiments
