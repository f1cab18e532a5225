#pragma once
/// Reads the tables of a scenario: described parameters, models by name, references by name.
///
/// Every value goes to the effective scenario as it is read, every problem to the list of problems.

#include "models/entry.h"
#include "sim/params.h"

namespace weir::experiments {

class TableReader {
 public:
  using Names = std::vector<std::string>;
  using Tables = std::vector<std::pair<std::string, const Setting*>>;

  TableReader(const Setting& root, Setting& effective, Problems& problems)
      : root_(root), effective_(effective), problems_(problems) {}

  const Setting& root() const { return root_; }
  Problems& problems() { return problems_; }
  ParamsPlace place(const std::string& path, const Setting& table) {
    return {table, path, problems_};
  }

  /// The described parameters at `path`, echoed into the effective scenario.
  template <class P>
  P params(const std::string& path, const Setting& table, Names other_keys = {}) {
    P values = read_params<P>(place(path, table), std::move(other_keys));
    echo(path, echo_params(values));
    return values;
  }

  /// The model named in `table.key`, or `fallback`; null after a problem.
  template <class Interface>
  std::unique_ptr<Interface> model(std::span<const EntryOf<Interface>* const> catalogue,
                                   const std::string& path, const Setting& table,
                                   std::string_view key, std::string_view fallback);

  /// The index of `name` among `names`; the only one when `name` is empty. Reports what is wrong.
  std::uint32_t index_of(const ParamsPlace& at, std::string_view key, const std::string& name,
                         const Names& names, std::string_view kind);

  /// The named tables under `key`, none when it is absent; anything but tables is reported.
  Tables tables(const std::string& key);

  /// The named tables under `table.key`, each with its whole path; the same.
  Tables inner_tables(const std::string& path, const Setting& table, const std::string& key);

  void echo(const std::string& path, Setting values);

 private:
  /// What names a model, as a table of its own when it is but a word.
  Setting named_model(const Setting& table, std::string_view key, std::string_view fallback) const;

  const Setting& root_;
  Setting& effective_;
  Problems& problems_;
};

template <class Interface>
std::unique_ptr<Interface> TableReader::model(std::span<const EntryOf<Interface>* const> catalogue,
                                              const std::string& path, const Setting& table,
                                              std::string_view key, std::string_view fallback) {
  const Setting named = named_model(table, key, fallback);
  const std::string inner = path.empty() ? std::string(key) : path + "." + std::string(key);
  const ParamsPlace at = place(inner, named);
  const Setting* name = named.find(kModelKey);
  if (name == nullptr || name->string() == nullptr) {
    at.report(kModelKey, "name a model, such as model = \"" + std::string(fallback) + "\"");
    return nullptr;
  }
  const auto* entry = find_entry(catalogue, *name->string());
  if (entry == nullptr) {
    Names known;
    for (const auto* other : catalogue) known.emplace_back(other->name);
    at.report(kModelKey, "no such model" + suggestion(*name->string(), known));
    return nullptr;
  }
  const std::size_t before = problems_.size();
  auto made = entry->make(at);
  if (problems_.size() > before) return nullptr;
  Setting values = make_table();
  values.set(kModelKey, *name);
  const Setting effective = entry->echo(at);
  for (const auto& [k, v] : *effective.table()) values.set(k, v);
  echo(inner, std::move(values));
  return made;
}

}  // namespace weir::experiments
