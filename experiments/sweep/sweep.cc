#include "experiments/sweep/sweep.h"

#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/core.h>
#include <unistd.h>

#include "experiments/scenario/document.h"
#include "experiments/sweep/sha256.h"

namespace weir::experiments {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSweepFile = "sweep.toml";
constexpr std::string_view kShapingKey = "shaping";

/// Makes the names of files under `key` relative to `folder`.
void move_files(Setting& setting, std::string_view key, const fs::path& folder) {
  if (SettingTable* table = setting.table()) {
    for (auto& [name, value] : *table) move_files(value, name, folder);
  } else if (key == kFileKey && setting.string() != nullptr && !setting.string()->empty()) {
    setting.value = fs::proximate(fs::absolute(file_named_by(setting)), folder).string();
  } else if (SettingList* list = std::get_if<SettingList>(&setting.value)) {
    const std::string_view inner = key == kShapingKey ? kFileKey : key;
    for (Setting& item : *list) move_files(item, inner, folder);
  }
}

/// The values of a factor over names of files as well.
void move_factor_files(Setting& factors, const fs::path& folder) {
  if (factors.table() == nullptr) return;
  for (auto& [name, factor] : *factors.table()) {
    const Setting* path = factor.find("path");
    const std::string leads = path != nullptr && path->string() != nullptr ? *path->string() : name;
    const std::string key = keys_of(leads).back();
    Setting* values = factor.table() != nullptr ? factor.find("values") : &factor;
    if (values != nullptr) move_files(*values, key, folder);
  }
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// In one step: who reads sees the old file or the new one.
void replace_file(const fs::path& path, const std::string& text) {
  const fs::path part = path.string() + fmt::format(".{}.part", getpid());
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) throw std::runtime_error(fmt::format("{}: cannot be written", part.string()));
  fs::rename(part, path);
}

}  // namespace

Sweep::Sweep(Setting root, Design design) : root_(std::move(root)), design_(std::move(design)) {}

const Setting& Sweep::scenario_of(std::uint64_t number) {
  const std::size_t index = point_of(number);
  if (last_.index != index) last_ = {index, scenario_at(root_, design_, index), ""};
  return last_.scenario;
}

const std::string& Sweep::content_of(std::uint64_t number) {
  const Setting& scenario = scenario_of(number);
  if (last_.content.empty()) last_.content = content_digest(scenario, files_);
  return last_.content;
}

RunKey Sweep::key_of(std::uint64_t number) {
  RunKey key{.seed = design_.seed, .receiver = receiver_of(number), .traffic = traffic_of(number)};
  if (!design_.common_random_numbers) {
    const std::string& content = content_of(number);
    std::uint64_t own = 0;
    std::from_chars(content.data(), content.data() + 16, own, 16);
    key.seed = mix64(design_.seed ^ own);
  }
  return key;
}

std::string Sweep::id_of(std::uint64_t number) {
  return run_id(content_of(number), key_of(number));
}

Sweep make_sweep(const Setting& root, std::optional<std::uint64_t> seed, Problems& problems) {
  Setting whole = root;
  if (seed) {
    Setting number;
    number.value = static_cast<std::int64_t>(*seed);
    merge(whole, patch_of("experiment.seed", number));
  }
  Design design = read_design(whole, problems);
  if (problems.empty()) check_points(whole, design, problems);
  return {std::move(whole), std::move(design)};
}

bool save_sweep(const Sweep& sweep, const fs::path& folder) {
  fs::create_directories(folder / "journal");
  Setting root = sweep.root();
  const fs::path home = fs::absolute(folder);
  move_files(root, "", home);
  if (Setting* experiment = root.find("experiment"))
    if (Setting* factors = experiment->find("factors")) move_factor_files(*factors, home);
  const std::string text =
      "# Written by `weir sweep`: the scenario and its experiment, complete.\n" + to_toml(root);
  const fs::path path = folder / kSweepFile;
  const std::string before = text_of(path);
  if (before != text) replace_file(path, text);
  return before.empty() || before == text;
}

std::string sweep_digest(const fs::path& folder) { return sha256(text_of(folder / kSweepFile)); }

Sweep load_sweep(const fs::path& folder) {
  const fs::path path = folder / kSweepFile;
  if (!fs::exists(path))
    throw std::runtime_error(
        fmt::format("{}: there is no sweep: begin one with `weir sweep SCENARIO -o {}`",
                    folder.string(), folder.string()));
  Document document = load_document(path.string());
  Design design = read_design(document.root, document.problems);
  if (!document.problems.empty())
    throw std::runtime_error(
        fmt::format("{}; begin the sweep anew with `weir sweep SCENARIO -o {}`",
                    document.problems.front().text(), folder.string()));
  return {std::move(document.root), std::move(design)};
}

}  // namespace weir::experiments
