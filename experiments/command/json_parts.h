#pragma once
/// What the files that print JSON share.

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/record/steady_figure.h"

namespace weir::experiments {

using Json = nlohmann::ordered_json;

/// Texts of the user's may be no UTF-8: what is not is replaced, never thrown about.
std::string dump(const Json& json);

/// `null` for nothing, infinity and NaN.
Json number(std::optional<double> value);

/// What a series comes to in the steady state; docs/json.md lists the keys.
Json steady_json(const SteadyFigure& figure);

}  // namespace weir::experiments
