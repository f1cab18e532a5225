#include "experiments/sweep/run_id.h"

#include <fstream>
#include <sstream>

#include <fmt/core.h>

#include "experiments/ensemble/distribution.h"
#include "experiments/sweep/sha256.h"

namespace weir::experiments {
namespace {

constexpr std::size_t kIdDigits = 32;  // 128 bits: no two of 10^12 runs share one by chance

/// Takes the names of files out: what stands in them counts, not where they lie.
void forget_files(Setting& setting) {
  SettingTable* table = setting.table();
  if (table == nullptr) return;
  std::erase_if(*table, [](const auto& entry) { return entry.first == kFileKey; });
  for (auto& [key, value] : *table) forget_files(value);
}

/// Adds a line for each file that the setting names.
void add_files(const Setting& setting, const std::string& path, FileDigests& files,
               std::string& content) {
  if (setting.table() == nullptr) return;
  for (const auto& [key, value] : *setting.table()) {
    add_files(value, joined(path, key), files, content);
    if (key == kFileKey && value.string() != nullptr)
      content += fmt::format("file {} {}\n", path, files.of(file_named_by(value)));
  }
}

}  // namespace

std::filesystem::path file_named_by(const Setting& value) {
  return std::filesystem::path(value.place.file).parent_path() / *value.string();
}

const std::string& FileDigests::of(const std::filesystem::path& path) {
  const auto [known, is_new] = known_.try_emplace(path.string());
  std::error_code error;
  if (is_new && std::filesystem::is_regular_file(path, error)) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    known->second = sha256(bytes.str());
  }
  return known->second;
}

std::string content_digest(const Setting& scenario, FileDigests& files) {
  Problems none;
  Setting effective =
      build_scenario(median_receiver(scenario), {}, TraceCheck::header, none).effective;
  std::erase_if(*effective.table(),
                [](const auto& entry) { return entry.first == "title" || entry.first == "label"; });
  forget_files(effective);
  std::string content = to_toml(effective);
  for (const Unknown& unknown : find_unknowns(scenario, none))
    content += fmt::format("unknown {} {}\n", unknown.path, scenario.at_path(unknown.path)->text());
  const Dependence dependence = read_dependence(scenario, none);
  content += fmt::format("dependence {} {} {}\n", dependence.driver, dependence.follower,
                         dependence.correlation);
  add_files(scenario, "", files, content);
  return sha256(content);
}

std::string run_id(std::string_view content, const RunKey& key, std::string_view sources) {
  return sha256(fmt::format("weir run\nsources {}\ncontent {}\nseed {}\nreceiver {}\ntraffic {}\n",
                            sources, content, key.seed, key.receiver, key.traffic))
      .substr(0, kIdDigits);
}

}  // namespace weir::experiments
