#pragma once
/// Who is held to account where: pairs of a sending address and a site, numbered as they appear.

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace weir {

struct Party {
  std::uint32_t address = 0;
  std::uint32_t site = 0;

  friend auto operator<=>(const Party&, const Party&) = default;
};

class Parties {
 public:
  std::uint32_t number_of(const Party& party) {
    const auto [entry, is_new] =
        numbers_.try_emplace(party, static_cast<std::uint32_t>(parties_.size()));
    if (is_new) parties_.push_back(party);
    return entry->second;
  }

  const Party& operator[](std::uint32_t number) const { return parties_[number]; }

 private:
  std::map<Party, std::uint32_t> numbers_;
  std::vector<Party> parties_;
};

}  // namespace weir
