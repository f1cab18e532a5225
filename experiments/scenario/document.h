#pragma once
/// A scenario file as written: TOML, with what it extends and what the command line sets.
///
/// Order of precedence, last wins: the file named by `extends`, the file, `--set path=value` in the
/// order given. Tables merge by key; a table that names another `model` replaces the one it
/// overrides, since the old model's parameters mean nothing to the new one.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/setting.h"

namespace weir::experiments {

/// A document and all that is wrong with it so far.
struct Document {
  Setting root = make_table();
  std::string text;  // of the file itself, as given
  Problems problems;
  bool whole = true;  // every file could be read: what it says can be checked
};

/// Reads `path`, with what it extends, and applies `assignments` ("a.b=c").
Document load_document(const std::string& path, std::span<const std::string> assignments = {});

/// The same from text; `name` stands for the file in messages.
Document parse_document(const std::string& text, const std::string& name,
                        std::span<const std::string> assignments = {});

/// A TOML file by itself, which extends nothing. Nothing after a problem; `what` it should be and
/// the `remedy` stand in the message when it cannot be read.
std::optional<Setting> load_toml(const std::string& path, const std::string& what,
                                 const std::string& remedy, Problems& problems);

/// Puts `over` on top of `base`, as described above.
void merge(Setting& base, const Setting& over);

/// The keys of a path; one with dots in it stands in quotes: domain."a.example".mx
std::vector<std::string> keys_of(const std::string& path);

/// Tables down to `path`, where `value` stands: to be merged on top of a document.
Setting patch_of(const std::string& path, Setting value);

}  // namespace weir::experiments
