#pragma once
/// How many recipients a message has. A sampler is a pure function of its draw.
/// Add one: write models/recipients/<name>.cc, name it in models/recipients/CMakeLists.txt.

#include "models/entry.h"
#include "sim/random.h"

namespace weir::recipients {

class Sampler {
 public:
  virtual ~Sampler() = default;

  /// Between 1 and 65,535.
  virtual std::uint32_t sample(Draw& draw) const = 0;
};

using Entry = EntryOf<Sampler>;

template <class Model>
constexpr Entry entry(std::string_view name, std::string_view summary) {
  return make_entry<Sampler, Model>(name, summary);
}

std::span<const Entry* const> catalogue();

}  // namespace weir::recipients
