// Writes draws as raw bytes until nobody reads them: one number of each of many streams in turn.
// usage: write_draws keys|entities|ordinals

#include <cstdio>
#include <string_view>
#include <vector>

#include "sim/random.h"

namespace weir {
namespace {

/// The first number of decision `i`, where neighbours differ in nothing but what `by` names.
std::uint64_t number(std::string_view by, std::uint64_t i) {
  constexpr Purpose kPurpose{9};
  if (by == "entities") return Draw(mix64(StreamKey{}), kPurpose, i, 0)();
  if (by == "ordinals")
    return Draw(mix64(StreamKey{}), kPurpose, i >> 20, static_cast<std::uint32_t>(i & 0xf'ffff))();
  const StreamKey key{.seed = 1 + i % 16, .receiver = i / 16 % 256, .traffic = i / 4'096 % 64};
  return Draw(mix64(key), kPurpose, i / 262'144, 0)();
}

void write_all(std::string_view by) {
  std::vector<std::uint64_t> block(8'192);
  std::uint64_t next = 0;
  do {
    for (std::uint64_t& word : block) word = number(by, next++);
  } while (std::fwrite(block.data(), sizeof block[0], block.size(), stdout) == block.size());
}

}  // namespace
}  // namespace weir

int main(int argc, char** argv) {
  const std::string_view by = argc == 2 ? argv[1] : "";
  if (by != "keys" && by != "entities" && by != "ordinals") {
    std::fputs("usage: write_draws keys|entities|ordinals\n", stderr);
    return 1;
  }
  weir::write_all(by);
}
