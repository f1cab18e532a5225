#include "experiments/scenario/table_reader.h"

#include <algorithm>

namespace weir::experiments {
namespace {

/// Puts `values` at a dotted path of `root`, making tables on the way.
void put(Setting& root, const std::string& path, Setting values) {
  Setting* here = &root;
  std::string rest = path;
  for (std::size_t dot = rest.find('.'); dot != std::string::npos; dot = rest.find('.')) {
    const std::string key = rest.substr(0, dot);
    rest.erase(0, dot + 1);
    if (here->find(key) == nullptr) here->set(key, make_table());
    here = here->find(key);
  }
  if (Setting* old = here->find(rest)) {
    for (auto& [key, value] : *values.table()) old->set(key, std::move(value));
  } else {
    here->set(rest, std::move(values));
  }
}

}  // namespace

Setting TableReader::named_model(const Setting& table, std::string_view key,
                                 std::string_view fallback) const {
  const Setting* given = table.find(key);
  if (given != nullptr && given->table() != nullptr) return *given;
  Setting named = make_table();
  named.place = given != nullptr ? given->place : table.place;
  Setting word;
  word.value = std::string(fallback);
  word.place = named.place;
  if (given != nullptr && given->string() != nullptr) word.value = *given->string();
  named.set(kModelKey, word);
  return named;
}

std::uint32_t TableReader::index_of(const ParamsPlace& at, std::string_view key,
                                    const std::string& name, const Names& names,
                                    std::string_view kind) {
  if (name.empty() && names.size() == 1) return 0;
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
  const std::string what(kind);
  at.report(key, name.empty() ? "name one of the " + what + "s" + suggestion("", names)
                              : "no such " + what + suggestion(name, names));
  return 0;
}

TableReader::Tables TableReader::tables(const std::string& key) {
  Tables found;
  const Setting* group = root_.find(key);
  if (group == nullptr) return found;
  if (group->table() == nullptr) {
    place("", root_).report(key, "expected tables such as [" + key + ".NAME]");
    return found;
  }
  for (const auto& [name, table] : *group->table()) {
    if (table.table() == nullptr) {
      place(key, *group).report(name, "expected a table [" + joined(key, name) + "]");
    } else {
      found.emplace_back(name, &table);
    }
  }
  return found;
}

TableReader::Tables TableReader::inner_tables(const std::string& path, const Setting& table,
                                              const std::string& key) {
  Tables found;
  const Setting* group = table.find(key);
  if (group == nullptr) return found;
  if (group->table() == nullptr) {
    place(path, table).report(key, "expected tables [" + joined(path, key) + ".NAME]");
    return found;
  }
  const std::string inner = joined(path, key);
  for (const auto& [name, given] : *group->table()) {
    if (given.table() == nullptr) {
      place(inner, *group).report(name, "expected a table");
    } else {
      found.emplace_back(joined(inner, name), &given);
    }
  }
  return found;
}

void TableReader::echo(const std::string& path, Setting values) {
  if (path.empty()) {
    for (auto& [key, value] : *values.table()) effective_.set(key, std::move(value));
  } else {
    put(effective_, path, std::move(values));
  }
}

}  // namespace weir::experiments
