#pragma once
/// Which address of a pool sends a message.
/// Add one: write models/selection/<name>.cc, name it in models/selection/CMakeLists.txt.

#include "models/entry.h"
#include "models/selection/candidates.h"
#include "sim/random.h"

namespace weir::selection {

/// How many messages each address of a pool was given so far for one hop.
class Released {
 public:
  virtual std::uint64_t by(std::size_t position) const = 0;

 protected:
  ~Released() = default;
};

/// A message that wants an address.
struct Request {
  std::uint64_t sender;  // equal for equal senders
  Draw& draw;
  const Released& released;
};

class Selection {
 public:
  virtual ~Selection() = default;

  /// The position of the address to use, one that is open. REQUIRES: at least one is; all
  /// candidates that a selection is asked with are of one pool.
  virtual std::size_t choose(Candidates& candidates, const Request& request) = 0;

  /// Whether it goes by what each hop's lanes were given: then every hop has candidates of its own.
  virtual bool goes_by_hop() const { return false; }

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
