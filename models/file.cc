#include "models/file.h"

#include <filesystem>

namespace weir {

std::string named_file(const ParamsPlace& at, std::string_view key) {
  namespace fs = std::filesystem;
  const Setting* given = at.table.find(key);
  if (given == nullptr || given->string() == nullptr || given->string()->empty()) return "";
  // With line 0 the place is no file but, say, a --set: then the current folder counts.
  const fs::path folder =
      given->place.line > 0 ? fs::path(given->place.file).parent_path() : fs::path();
  std::string path = (folder / *given->string()).lexically_normal().string();
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored)) return path;
  at.report(key, "there is no file " + path +
                     "; write a path from the folder of the scenario file, or an absolute one");
  return "";
}

}  // namespace weir
