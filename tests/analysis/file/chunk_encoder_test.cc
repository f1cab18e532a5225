#include "analysis/file/chunk_encoder.h"

#include <cstring>
#include <random>

#include <gtest/gtest.h>
#include <zlib.h>

// That HDF5's own filters undo them is tested where files are read: result_file_test.py.

namespace weir::analysis {
namespace {

// As HDF5's documentation of the filter has it, slowly: sums modulo 65,535 of words of 16 bits.
std::uint32_t checksum_of(std::span<const std::byte> bytes) {
  std::uint64_t sum = 0;
  std::uint64_t sum_of_sums = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const auto high = std::to_integer<std::uint64_t>(bytes[i]);
    const auto low = i + 1 < bytes.size() ? std::to_integer<std::uint64_t>(bytes[i + 1]) : 0;
    sum = (sum + high * 256 + low) % 65'535;
    sum_of_sums = (sum_of_sums + sum) % 65'535;
  }
  const auto never_zero = [](std::uint64_t s) { return s == 0 ? 65'535 : s; };
  return static_cast<std::uint32_t>(never_zero(sum_of_sums) << 16 | never_zero(sum));
}

template <class Number>
void expect_undone(const std::vector<Number>& values, std::size_t row) {
  ChunkEncoder encoder;
  const auto bytes = std::as_bytes(std::span(values));
  const auto chunk = encoder.encode({bytes, sizeof(Number), row});
  const auto stream = chunk.first(chunk.size() - 4);
  std::uint32_t stored = 0;
  std::memcpy(&stored, chunk.data() + stream.size(), 4);
  EXPECT_EQ(stored, checksum_of(stream));

  std::vector<std::byte> planes(bytes.size());
  uLongf length = planes.size();
  ASSERT_EQ(uncompress(reinterpret_cast<Bytef*>(planes.data()), &length,
                       reinterpret_cast<const Bytef*>(stream.data()), stream.size()),
            Z_OK);
  ASSERT_EQ(length, bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i)
    ASSERT_EQ(planes[i % sizeof(Number) * values.size() + i / sizeof(Number)], bytes[i]) << i;
}

TEST(ChunkEncoder, IsUndoneByInflatingAndUnshuffling) {
  std::mt19937_64 engine(1);
  for (const std::size_t size : {1U, 2U, 3U, 100U, 4'096U, 60'000U}) {
    std::vector<std::int32_t> counts(size);
    std::vector<double> reals(size);
    for (std::size_t i = 0; i < size; ++i) {
      counts[i] = static_cast<std::int32_t>(engine()) >> engine() % 32;
      reals[i] = i % 3 == 0 ? 0.0 : static_cast<double>(engine());
    }
    expect_undone(counts, 7);
    expect_undone(reals, 7);
    expect_undone(std::vector<std::int64_t>(counts.begin(), counts.end()), 1);
  }
}

TEST(ChunkEncoder, CanBeUsedAgainForLessAndForMore) {
  ChunkEncoder encoder;
  const std::vector<std::int32_t> many(10'000, 7);
  const auto few = std::span(many).first(10);
  const auto bytes = [](auto values) { return std::as_bytes(values); };
  const auto copy = [](std::span<const std::byte> b) { return std::vector(b.begin(), b.end()); };
  const auto first = copy(encoder.encode({bytes(few), 4, 1}));
  const auto large = copy(encoder.encode({bytes(std::span(many)), 4, 1}));
  EXPECT_EQ(copy(encoder.encode({bytes(few), 4, 1})), first);
  EXPECT_EQ(copy(encoder.encode({bytes(std::span(many)), 4, 1})), large);
}

}  // namespace
}  // namespace weir::analysis
