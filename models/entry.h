#pragma once
/// One line of a catalogue: all that the rest of the program knows of a model.
///
/// A model is a class with a nested, described `Params` and a constructor that takes it, alone in
/// its .cc file, which ends with `extern const Entry name;` and `constinit const Entry name =
/// entry<Model>("name", "One sentence.");`.
/// The file's name in the folder's CMakeLists.txt is the one line that registers it.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
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

/// The keys that may stand beside a model's own: the model's name and those of each of `Shared`.
template <class... Shared>
std::vector<std::string> other_keys() {
  std::vector<std::string> keys{std::string(kModelKey)};
  (add_keys<Shared>(keys), ...);
  return keys;
}

/// The entry of `Model`. `Shared`: described parameters that others read from the same table.
/// A Model that names files is constructed with the place that its parameters were read from too.
template <class Interface, class Model, class... Shared>
constexpr EntryOf<Interface> make_entry(std::string_view name, std::string_view summary) {
  using Params = typename Model::Params;
  return {name, summary,
          [](const ParamsPlace& at) -> std::unique_ptr<Interface> {
            Params params = read_params<Params>(at, other_keys<Shared...>());
            if constexpr (std::is_constructible_v<Model, Params, const ParamsPlace&>) {
              return std::make_unique<Model>(std::move(params), at);
            } else {
              return std::make_unique<Model>(std::move(params));
            }
          },
          [](const ParamsPlace& at) {
            return echo_params(read_params<Params>(at, other_keys<Shared...>()));
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
