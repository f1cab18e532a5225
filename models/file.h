#pragma once
/// Files that a model's parameters name.

#include <string>
#include <string_view>

#include "sim/params.h"

namespace weir {

/// The path of the file that the text parameter `key` names, taken from the folder of the file in
/// which it was written. Empty when the key is absent or empty; a file that does not exist is
/// reported, and "" returned.
std::string named_file(const ParamsPlace& at, std::string_view key);

}  // namespace weir
