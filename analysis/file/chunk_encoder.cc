#include "analysis/file/chunk_encoder.h"

#include <algorithm>
#include <cstdint>

namespace weir::analysis {
namespace {

// The first bytes of all values, then their second bytes, and so on.
template <std::size_t kBytes>
void shuffle(std::span<const std::byte> values, std::byte* planes) {
  const std::size_t count = values.size() / kBytes;
  for (std::size_t byte = 0; byte < kBytes; ++byte) {
    const std::byte* const from = values.data() + byte;
    for (std::size_t i = 0; i < count; ++i) *planes++ = from[i * kBytes];
  }
}

// The sum modulo 65,535, with 65,535 for 0.
std::uint64_t folded(std::uint64_t sum) {
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return sum;
}

// Fletcher's checksum of words of 16 bits, their higher byte first.
std::uint32_t fletcher32(std::span<const std::byte> bytes) {
  constexpr std::size_t kSafe = 1 << 20;  // bytes after which no sum has overflown yet
  const auto byte = [&](std::size_t i) {
    return i < bytes.size() ? std::to_integer<std::uint64_t>(bytes[i]) : 0;
  };
  std::uint64_t sum = 0xffff;
  std::uint64_t sum_of_sums = 0xffff;
  for (std::size_t at = 0; at < bytes.size();) {
    for (const std::size_t end = std::min(at + kSafe, bytes.size()); at < end; at += 2)
      sum_of_sums += sum += byte(at) << 8 | byte(at + 1);
    sum = folded(sum);
    sum_of_sums = folded(sum_of_sums);
  }
  return static_cast<std::uint32_t>(sum_of_sums << 16 | sum);
}

}  // namespace

std::span<const std::byte> ChunkEncoder::encode(const Chunk& chunk) {
  const std::size_t size = chunk.values.size();
  constexpr std::size_t kChecksum = 4;
  if (planes_.size() < size) planes_.resize(size);
  const std::size_t room = Deflate::most_bytes(size) + kChecksum;
  if (stream_.size() < room) stream_.resize(room);

  if (chunk.value_bytes == 4) shuffle<4>(chunk.values, planes_.data());
  if (chunk.value_bytes == 8) shuffle<8>(chunk.values, planes_.data());
  const std::size_t length =
      deflate_.encode(std::span(planes_).first(size),
                      {.plane = size / chunk.value_bytes, .row = chunk.row_values}, stream_.data());
  const std::uint32_t checksum = fletcher32(std::span(stream_).first(length));
  for (std::size_t i = 0; i < kChecksum; ++i)
    stream_[length + i] = static_cast<std::byte>(checksum >> (8 * i));
  return std::span(stream_).first(length + kChecksum);
}

}  // namespace weir::analysis
