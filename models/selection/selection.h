#pragma once
/// Which address of a pool sends a message.
/// Add one: write models/selection/<name>.cc, name it in models/selection/CMakeLists.txt.

#include "models/entry.h"
#include "sim/random.h"

namespace weir::selection {

/// One address of the pool that may send now.
struct Candidate {
  std::uint32_t address = 0;   // index in the scenario
  std::uint64_t released = 0;  // messages given to it so far
};

class Selection {
 public:
  virtual ~Selection() = default;

  /// The position in `candidates` of the address to use. REQUIRES: at least one candidate; they
  /// stand in the order of the pool and have `sender` numbers equal for equal senders.
  virtual std::size_t choose(std::span<const Candidate> candidates, std::uint64_t sender,
                             Draw& draw) = 0;

  /// Names of addresses of the pool that no plan holds.
  virtual std::span<const std::string> warm() const { return {}; }

  /// Told once, before any choice: the indices of those names in the scenario.
  virtual void set_warm(std::span<const std::uint32_t> /*addresses*/) {}
};

using Entry = EntryOf<Selection>;

template <class Model>
constexpr Entry entry(std::string_view name, std::string_view summary) {
  return make_entry<Selection, Model>(name, summary);
}

std::span<const Entry* const> catalogue();

}  // namespace weir::selection
