#pragma once
/// Chunks as HDF5's filters shuffle, deflate and fletcher32 make them, in a third of their time.

#include <cstddef>
#include <span>
#include <vector>

#include "analysis/file/deflate.h"

namespace weir::analysis {

class ChunkEncoder {
 public:
  struct Chunk {
    std::span<const std::byte> values;
    std::size_t value_bytes;  // 4 or 8, of each
    std::size_t row_values;   // values so far apart are alike
  };

  /// What stands in the file. Valid until the next call.
  std::span<const std::byte> encode(const Chunk& chunk);

 private:
  std::vector<std::byte> planes_;
  std::vector<std::byte> stream_;
  Deflate deflate_;
};

}  // namespace weir::analysis
