#include "experiments/scenario/document.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

#include "models/entry.h"

namespace weir::experiments {
namespace {

constexpr int kDeepest = 16;  // files that extend each other

Place place_of(const toml::source_region& source, const std::string& file) {
  return {file, static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

std::string text_of(const toml::node& node) {
  std::ostringstream out;
  if (const auto* date = node.as_date()) out << date->get();
  if (const auto* time = node.as_date_time()) out << time->get();
  if (const auto* clock = node.as_time()) out << clock->get();
  return out.str();
}

Setting convert(const toml::node& node, const std::string& file) {
  Setting setting;
  setting.place = place_of(node.source(), file);
  if (const auto* flag = node.as_boolean()) {
    setting.value = flag->get();
  } else if (const auto* whole = node.as_integer()) {
    setting.value = whole->get();
  } else if (const auto* real = node.as_floating_point()) {
    setting.value = real->get();
  } else if (const auto* text = node.as_string()) {
    setting.value = text->get();
  } else if (const auto* array = node.as_array()) {
    SettingList items;
    for (const toml::node& item : *array) items.push_back(convert(item, file));
    setting.value = std::move(items);
  } else if (const auto* table = node.as_table()) {
    SettingTable entries;
    for (const auto& [key, value] : *table)
      entries.emplace_back(std::string(key.str()), convert(value, file));
    // toml++ sorts keys; people expect the order they wrote.
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
      const Place& p = a.second.place;
      const Place& q = b.second.place;
      return std::pair(p.line, p.column) < std::pair(q.line, q.column);
    });
    setting.value = std::move(entries);
  } else {
    setting.value = text_of(node);  // a date: written without quotes, meant as one
  }
  return setting;
}

constexpr const char* kScenario = "scenario";
constexpr const char* kRemedy = "name a scenario file, or make one with `weir init > my.toml`";

std::optional<std::string> read_file(const std::string& path, Problems& problems,
                                     const std::string& what = kScenario,
                                     const std::string& remedy = kRemedy) {
  std::error_code ignored;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!std::filesystem::is_directory(path, ignored) && in) {
    text << in.rdbuf();
    if (in) return text.str();
  }
  const int error = std::filesystem::is_directory(path, ignored) ? EISDIR : errno;
  problems.push_back(
      {{path, 0, 0},
       what,
       "",
       std::string("cannot be read: ") + std::strerror(error == 0 ? EIO : error) + "; " + remedy});
  return std::nullopt;
}

std::optional<Setting> parse(const std::string& text, const std::string& name, Problems& problems) {
  try {
    return convert(toml::parse(text, name), name);
  } catch (const toml::parse_error& error) {
    problems.push_back(
        {place_of(error.source(), name), "TOML", "", std::string(error.description())});
    return std::nullopt;
  }
}

/// `root` on top of the files it extends.
Setting with_base(Setting root, const std::string& name, Problems& problems, int depth) {
  const Setting* extends = root.find("extends");
  if (extends == nullptr) return root;
  if (extends->string() != nullptr && extends->string()->empty()) return root;
  if (extends->string() == nullptr || depth == 0) {
    problems.push_back({extends->place, "extends", extends->text(),
                        depth == 0 ? "files extend each other in a circle"
                                   : "expected the name of a scenario file in quotes"});
    return root;
  }
  const auto path = std::filesystem::path(name).parent_path() / *extends->string();
  const auto text = read_file(path.string(), problems);
  if (!text) return root;
  auto base = parse(*text, path.string(), problems);
  if (!base) return root;
  Setting whole = with_base(std::move(*base), path.string(), problems, depth - 1);
  merge(whole, root);
  return whole;
}

/// A value on the command line: TOML where it is TOML, else the text itself ("24 h" needs no quotes
/// there).
Setting value_of(const std::string& text, const std::string& name) {
  Setting value;
  try {
    const toml::table table = toml::parse("value = " + text);
    value = convert(*table.get("value"), name);
  } catch (const toml::parse_error&) {
    value.value = text;
  }
  value.place = {name, 0, 0};
  return value;
}

void assign_text(Setting& root, const std::string& assignment, std::size_t number,
                 Problems& problems) {
  const std::string name = "--set #" + std::to_string(number);
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) {
    problems.push_back({{name, 0, 0},
                        assignment,
                        "",
                        "expected path=value, such as "
                        "lane.connection_limit=5"});
    return;
  }
  std::string path = assignment.substr(0, equals);
  while (path.ends_with(' ')) path.pop_back();
  merge(root, patch_of(path, value_of(assignment.substr(equals + 1), name)));
}

}  // namespace

void merge(Setting& base, const Setting& over) {
  const Setting* model = over.find(kModelKey);
  const Setting* old_model = base.find(kModelKey);
  const bool other_model =
      model != nullptr && old_model != nullptr && model->text() != old_model->text();
  if (base.table() == nullptr || over.table() == nullptr || other_model ||
      over.find("dist") != nullptr) {
    base = over;
    return;
  }
  for (const auto& [key, value] : *over.table()) {
    if (Setting* old = base.find(key)) {
      merge(*old, value);
    } else {
      base.set(key, value);
    }
  }
}

std::vector<std::string> keys_of(const std::string& path) {
  std::vector<std::string> keys(1);
  bool quoted = false;
  for (const char c : path) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '.' && !quoted) {
      keys.emplace_back();
    } else {
      keys.back() += c;
    }
  }
  return keys;
}

Setting patch_of(const std::string& path, Setting value) {
  const std::vector<std::string> keys = keys_of(path);
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    Setting table = make_table();
    table.place = value.place;
    table.set(*key, std::move(value));
    value = std::move(table);
  }
  return value;
}

Document parse_document(const std::string& text, const std::string& name,
                        std::span<const std::string> assignments) {
  Document document;
  document.text = text;
  if (auto root = parse(text, name, document.problems))
    document.root = with_base(std::move(*root), name, document.problems, kDeepest);
  document.whole = document.problems.empty();
  for (std::size_t i = 0; i < assignments.size(); ++i)
    assign_text(document.root, assignments[i], i + 1, document.problems);
  return document;
}

std::optional<Setting> load_toml(const std::string& path, const std::string& what,
                                 const std::string& remedy, Problems& problems) {
  const auto text = read_file(path, problems, what, remedy);
  return text ? parse(*text, path, problems) : std::nullopt;
}

Document load_document(const std::string& path, std::span<const std::string> assignments) {
  Problems problems;
  const auto text = read_file(path, problems);
  if (text) return parse_document(*text, path, assignments);
  Document document;
  document.problems = std::move(problems);
  document.whole = false;
  return document;
}

}  // namespace weir::experiments
