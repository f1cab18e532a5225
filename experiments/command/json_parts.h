#pragma once
/// What the files that print JSON share.

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace weir::experiments {

using Json = nlohmann::ordered_json;

/// Texts of the user's may be no UTF-8: what is not is replaced, never thrown about.
std::string dump(const Json& json);

/// `null` for nothing, infinity and NaN.
Json number(std::optional<double> value);

}  // namespace weir::experiments
