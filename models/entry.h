#pragma once
/// One line of a catalogue: all that the rest of the program knows of a model.
///
/// A model is a class with a nested, described `Params` and a constructor that takes it, alone in
/// its .cc file, which ends with `extern constinit const Entry name = entry<Model>("name", "...")`.
/// The file's name in the folder's CMakeLists.txt is the one line that registers it.

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "sim/params.h"

namespace weir {

template <class Interface>
struct EntryOf {
  std::string_view name;     // as in a scenario: model = "token-bucket"
  std::string_view summary;  // one sentence, for `weir explain`
  std::unique_ptr<Interface> (*make)(const ParamsPlace&);
  Setting (*echo)(const ParamsPlace&);  // the effective parameters
  std::vector<ParameterInfo> (*describe)();
};

/// The key that names the model in a scenario's table; all its other keys are its parameters.
inline constexpr std::string_view kModelKey = "model";

template <class Interface, class Model>
constexpr EntryOf<Interface> make_entry(std::string_view name, std::string_view summary) {
  using Params = typename Model::Params;
  return {name, summary,
          [](const ParamsPlace& at) -> std::unique_ptr<Interface> {
            return std::make_unique<Model>(read_params<Params>(at, {std::string(kModelKey)}));
          },
          [](const ParamsPlace& at) {
            return echo_params(read_params<Params>(at, {std::string(kModelKey)}));
          },
          [] { return describe_params<Params>(); }};
}

/// The entry of that name, or null.
template <class Entry>
const Entry* find_entry(std::span<const Entry* const> catalogue, std::string_view name) {
  for (const Entry* entry : catalogue)
    if (entry->name == name) return entry;
  return nullptr;
}

}  // namespace weir
