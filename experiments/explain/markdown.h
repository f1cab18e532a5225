#pragma once
/// The whole reference as one Markdown document: docs/reference/parameters.md.

#include <string>

namespace weir::experiments {

std::string reference_markdown();

}  // namespace weir::experiments
