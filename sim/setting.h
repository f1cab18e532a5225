#pragma once
/// A scenario's values before anybody knows what they mean: a tree that remembers where it was
/// read.
///
/// The reader of the file (TOML) builds it, sim/params.h turns parts of it into parameters, and it
/// is written back as the effective scenario of a run. Keys keep the order of the file.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace weir {

/// Where a value was written: a file's line and column, or e.g. "--set #2" with line 0.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;

  /// "s.toml:4:1", or the file alone when there is no line.
  std::string text() const;
};

struct Setting;
using SettingList = std::vector<Setting>;
using SettingTable = std::vector<std::pair<std::string, Setting>>;

struct Setting {
  std::variant<bool, std::int64_t, double, std::string, SettingList, SettingTable> value = false;
  Place place;
  bool drawn = false;  // taken from a distribution: bounds clamp it where they would refuse others

  const SettingTable* table() const { return std::get_if<SettingTable>(&value); }
  SettingTable* table() { return std::get_if<SettingTable>(&value); }
  const SettingList* list() const { return std::get_if<SettingList>(&value); }
  const std::string* string() const { return std::get_if<std::string>(&value); }

  /// The entry `key` of a table, or null when this is no table or has no such key.
  const Setting* find(std::string_view key) const;
  Setting* find(std::string_view key);

  /// The entry at a dotted path such as "site.eo.receiver", or null.
  const Setting* at_path(std::string_view dotted) const;

  /// Sets or replaces `key`. REQUIRES: this is a table.
  void set(std::string_view key, Setting entry);

  /// The value as TOML would write it, on one line: `"24 h"`, `[1, 2]`, `{ dist = "lognormal" }`.
  std::string text() const;
};

/// An empty table.
Setting make_table();

/// The whole tree as a TOML document: one line a value, one header a table.
std::string to_toml(const Setting& root);

/// "site.eo": a dotted path one key deeper; either may be empty.
std::string joined(std::string_view path, std::string_view key);

/// One thing that is wrong with a scenario.
struct Problem {
  Place place;
  std::string path;     // dotted, e.g. "site.eo.receiver.window"
  std::string value;    // as written; empty when the key itself is the trouble
  std::string message;  // what was expected and, where it helps, the remedy

  /// `file:line:column: path = value: message`
  std::string text() const;
};

/// Collects all problems: a reader goes on after the first.
using Problems = std::vector<Problem>;

/// The one of `known` that is closest to `word`, or "" when none is close enough to be meant.
std::string closest(std::string_view word, const std::vector<std::string>& known);

/// " (did you mean 'x'?)" when something close is known, else the list of what there is.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

}  // namespace weir
