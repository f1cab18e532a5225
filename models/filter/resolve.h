#pragma once
/// From the names in an organisation's tables to indices of the scenario.

#include <span>
#include <string>

#include "models/filter/chain.h"

namespace weir::filter {

/// What there is to name. Indices count from 0 in each.
struct KnownNames {
  std::span<const std::string> domains;
  std::span<const std::string> addresses;
  std::span<const std::string> connectors;  // of the organisation, outbound
};

/// The lists and domains of [organisation.NAME.filter]; rules and registered domains are left
/// empty. Unknown names become problems at `at`.
FilterConfig resolve(FilterParams params, const ParamsPlace& at, const KnownNames& known);

/// A rule of [organisation.NAME.rule.NAME].
Rule resolve(RuleParams params, const ParamsPlace& at, const KnownNames& known);

}  // namespace weir::filter
