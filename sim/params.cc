#include "sim/params.h"

namespace weir {

void ParamsPlace::report(std::string_view key, std::string message) const {
  const Setting* given = table.find(key);
  const std::string full = path.empty() ? std::string(key) : path + "." + std::string(key);
  problems.push_back({given != nullptr ? given->place : table.place, full,
                      given != nullptr ? given->text() : "", std::move(message)});
}

void report_unknown_keys(const ParamsPlace& at, const std::vector<std::string>& known) {
  for (const auto& [key, value] : *at.table.table()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    at.report(key, "no such parameter" + suggestion(key, known));
  }
}

}  // namespace weir
