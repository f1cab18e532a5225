#pragma once
/// When each address was last used, in uses of the pool: the order of turns.

#include <cstdint>
#include <vector>

namespace weir::selection {

class LastUses {
 public:
  /// 0 is never. Cost: O(1), amortised.
  std::uint64_t of(std::uint32_t address) {
    if (address >= last_use_.size()) last_use_.resize(address + 1);
    return last_use_[address];
  }

  /// The address is used now. REQUIRES: of() was asked of it.
  void use(std::uint32_t address) { last_use_[address] = ++uses_; }

 private:
  std::vector<std::uint64_t> last_use_;
  std::uint64_t uses_ = 0;
};

}  // namespace weir::selection
