#pragma once
/// Compresses tables of numbers into streams that every inflate reads (RFC 1950, RFC 1951).
///
/// Text repeats itself anywhere. A table that lies byte plane by byte plane does so in two places:
/// one byte back and one row back. Only these are looked at, so that it takes a third of the time
/// of zlib's level 1 and less room; and the bytes are ours, whatever zlib is installed.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weir::analysis {

class Deflate {
 public:
  /// How the bytes lie: so many are of one kind, and those a row apart are alike.
  struct Table {
    std::size_t plane;
    std::size_t row;
  };

  /// The room that encode() may need for so many bytes.
  static std::size_t most_bytes(std::size_t size);

  /// Writes the stream of `bytes` to `out` and returns its length.
  /// REQUIRES: fewer than 2^32 bytes, room for most_bytes() of them.
  std::size_t encode(std::span<const std::byte> bytes, const Table& table, std::byte* out);

 private:
  /// Bytes that are the same as those one byte, or one row, before.
  struct Match {
    std::uint32_t at;  // in the block
    std::uint16_t length;
    bool row_back;
  };
  class Block;

  std::vector<Match> matches_;  // of the block at hand
};

}  // namespace weir::analysis
