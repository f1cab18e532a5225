#pragma once
/// The name of a run: a digest of all that decides what it comes to. The same id, the same result.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "experiments/run/simulate.h"

namespace weir::experiments {

/// Of the program's sources that decide results, taken at build by cmake/SourceDigest.cmake.
std::string_view source_digest();

/// The key under which a scenario names a file: a trace, a table of days.
inline constexpr std::string_view kFileKey = "file";

/// The file that a text of the scenario names: beside the file in which the text stands, unless
/// absolute.
std::filesystem::path file_named_by(const Setting& value);

/// Digests of files, each read once.
class FileDigests {
 public:
  /// Empty when there is no such file.
  const std::string& of(const std::filesystem::path& path);

 private:
  std::map<std::string, std::string> known_;
};

/// A digest of a scenario as it runs: every parameter with its value, each unknown with its
/// distribution, and the content of the files that it names. What it is called plays no part, nor
/// how it is written. REQUIRES: the scenario is sound. Costs as much as building it.
std::string content_digest(const Setting& scenario, FileDigests& files);

/// 32 hexadecimal digits.
std::string run_id(std::string_view content, const RunKey& key,
                   std::string_view sources = source_digest());

}  // namespace weir::experiments
