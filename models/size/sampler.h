#pragma once
/// How large a message is. A sampler is a pure function of its draw.
/// Add one: write models/size/<name>.cc, name it in models/size/CMakeLists.txt.

#include "models/entry.h"
#include "sim/random.h"

namespace weir::size {

class Sampler {
 public:
  virtual ~Sampler() = default;

  /// The size of one message, at least 1 byte and at most 4 GB.
  virtual Bytes sample(Draw& draw) const = 0;
};

using Entry = EntryOf<Sampler>;

template <class Model>
constexpr Entry entry(std::string_view name, std::string_view summary) {
  return make_entry<Sampler, Model>(name, summary);
}

std::span<const Entry* const> catalogue();

}  // namespace weir::size
