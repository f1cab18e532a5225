#pragma once
/// SHA-256 (FIPS 180-4): what names a run by its content.

#include <string>
#include <string_view>

namespace weir::experiments {

/// 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace weir::experiments
