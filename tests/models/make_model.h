#pragma once
/// Models made as a scenario makes them: by name, from keys and values.

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "models/entry.h"

namespace weir::testing {

/// A value as it stands in a scenario.
inline Setting value(const char* text) { return ValueType<std::string>::setting(text); }
inline Setting value(const std::string& text) { return ValueType<std::string>::setting(text); }
inline Setting value(bool flag) { return ValueType<bool>::setting(flag); }
inline Setting value(int number) { return ValueType<std::int64_t>::setting(number); }
inline Setting value(std::int64_t number) { return ValueType<std::int64_t>::setting(number); }
inline Setting value(double number) { return ValueType<double>::setting(number); }
template <class T>
Setting value(const std::vector<T>& items) {
  return ValueType<std::vector<T>>::setting(items);
}

/// One key with its value: {"limit", "500/h"}.
struct Key {
  template <class T>
  Key(std::string key, const T& v) : name(std::move(key)), setting(value(v)) {}

  std::string name;
  Setting setting;
};
using Keys = std::vector<Key>;

/// `file`: the scenario file that the values are said to stand in.
inline Setting table_of(const Keys& keys, const std::string& file = "") {
  Setting table = make_table();
  for (const Key& key : keys) {
    Setting setting = key.setting;
    setting.place = {file, file.empty() ? 0 : 1, 1};
    table.set(key.name, std::move(setting));
  }
  return table;
}

/// The problems that a scenario would have with these keys.
template <class Entry>
std::vector<std::string> problems_of(std::span<const Entry* const> catalogue, std::string_view name,
                                     const Keys& keys, const std::string& file = "") {
  Problems problems;
  const Setting table = table_of(keys, file);
  find_entry(catalogue, name)->make({table, "it", problems});
  std::vector<std::string> texts;
  for (const Problem& problem : problems) texts.push_back(problem.text());
  return texts;
}

/// A model without problems.
template <class Interface>
std::unique_ptr<Interface> make_model(std::span<const EntryOf<Interface>* const> catalogue,
                                      std::string_view name, const Keys& keys = {},
                                      const std::string& file = "") {
  const EntryOf<Interface>* entry = find_entry(catalogue, name);
  EXPECT_NE(entry, nullptr) << name;
  Problems problems;
  const Setting table = table_of(keys, file);
  std::unique_ptr<Interface> model = entry->make({table, std::string(name), problems});
  for (const Problem& problem : problems) ADD_FAILURE() << problem.text();
  return model;
}

/// The instant `d` after the start of the run.
constexpr SimTime at(Duration d) { return SimTime{d}; }

}  // namespace weir::testing
