#pragma once
/// Where a result comes from: what every result file says of itself.

#include <string>
#include <string_view>

#include "analysis/file/result_file.h"
#include "sim/random.h"

namespace weir::experiments {

/// The program's version, such as "0.1.0".
std::string_view program_version();

/// The compiler that built it.
std::string compiler_version();

/// The format of result files; the major number changes when names or meanings do.
inline constexpr std::string_view kResultFormat = "weir-result";
inline constexpr std::string_view kResultFormatVersion = "1.0";

/// Writes the provenance attributes, and the scenario as given and as it ran.
void write_provenance(analysis::ResultFile& file, const StreamKey& key, std::uint64_t fingerprint,
                      std::string_view scenario_as_given, std::string_view effective);

}  // namespace weir::experiments
