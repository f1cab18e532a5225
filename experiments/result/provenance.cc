#include "experiments/result/provenance.h"

#include <fmt/core.h>

namespace weir::experiments {

std::string_view program_version() { return WEIR_VERSION; }

std::string compiler_version() {
#ifdef __clang__
  return std::string("clang++ ") + __clang_version__;
#else
  return std::string("g++ ") + __VERSION__;
#endif
}

void write_provenance(analysis::ResultFile& file, const StreamKey& key, std::uint64_t fingerprint,
                      std::string_view scenario_as_given, std::string_view effective) {
  const auto put = [&](std::string_view name, const analysis::AttributeValue& value) {
    file.attribute("", name, value);
  };
  put("format", std::string(kResultFormat));
  put("format_version", std::string(kResultFormatVersion));
  put("software", std::string("weir"));
  put("software_version", std::string(program_version()));
  put("compiler", compiler_version());
  put("seed", static_cast<std::int64_t>(key.seed));
  put("receiver", static_cast<std::int64_t>(key.receiver));
  put("replication", static_cast<std::int64_t>(key.traffic));
  put("fingerprint", fmt::format("{:016x}", fingerprint));
  file.text("config/scenario_toml", scenario_as_given);
  file.text("config/effective_toml", effective);
}

}  // namespace weir::experiments
