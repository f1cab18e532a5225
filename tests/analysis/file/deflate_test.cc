#include "analysis/file/deflate.h"

#include <random>
#include <string>

#include <gtest/gtest.h>
#include <zlib.h>

#include "analysis/file/prefix_code.h"

namespace weir::analysis {
namespace {

std::vector<std::byte> deflated(const std::vector<std::byte>& bytes, const Deflate::Table& table) {
  std::vector<std::byte> out(Deflate::most_bytes(bytes.size()));
  Deflate deflate;
  out.resize(deflate.encode(bytes, table, out.data()));
  return out;
}

std::vector<std::byte> inflated(const std::vector<std::byte>& stream, std::size_t size) {
  std::vector<std::byte> out(size + 1);
  uLongf length = out.size();
  EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(out.data()), &length,
                       reinterpret_cast<const Bytef*>(stream.data()), stream.size()),
            Z_OK);
  out.resize(length);
  return out;
}

// Bytes whose kinds are as uneven as `evenness` says, with runs and rows that repeat.
std::vector<std::byte> table_of(std::mt19937_64& engine, std::size_t size, std::size_t row,
                                double evenness) {
  std::vector<std::byte> bytes(size);
  std::geometric_distribution<unsigned> kind(evenness);
  for (std::size_t i = 0; i < size; ++i) {
    const auto what = engine() % 100;
    if (what < 10 && i >= row) {
      for (std::size_t n = engine() % 600; n > 0 && i < size; --n, ++i) bytes[i] = bytes[i - row];
    } else if (what < 20 && i >= 1) {
      for (std::size_t n = engine() % 600; n > 0 && i < size; --n, ++i) bytes[i] = bytes[i - 1];
    }
    if (i < size) bytes[i] = static_cast<std::byte>(kind(engine));
  }
  return bytes;
}

TEST(Deflate, IsUndoneByZlibWhateverTheTable) {
  std::mt19937_64 engine(1);
  for (const std::size_t size :
       {0U, 1U, 2U, 3U, 4U, 5U, 7U, 257U, 258U, 259U, 4'095U, 4'096U, 70'000U}) {
    for (const std::size_t row :
         {0U, 1U, 2U, 3U, 4U, 5U, 143U, 8'191U, 32'768U, 32'769U, 100'000U}) {
      for (const std::size_t plane : {std::size_t{0}, std::size_t{5'000}, size / 4, size}) {
        const double evenness = std::array{0.9, 0.3, 0.02}[engine() % 3];
        const auto bytes = table_of(engine, size, std::max<std::size_t>(row, 1), evenness);
        const auto stream = deflated(bytes, {.plane = plane, .row = row});
        EXPECT_LE(stream.size(), Deflate::most_bytes(size));
        ASSERT_EQ(inflated(stream, size), bytes) << size << " " << row << " " << plane;
      }
    }
  }
}

TEST(Deflate, IsUndoneForMatchesOfEveryLength) {
  for (std::size_t length = 1; length < 530; ++length) {
    std::vector<std::byte> bytes(3'000);
    std::mt19937_64 engine(length);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(engine());
    for (std::size_t i = 0; i < length; ++i) {
      bytes[1'000 + i] = bytes[999];        // one byte back
      bytes[2'000 + i] = bytes[i + 1'300];  // a row back
    }
    ASSERT_EQ(inflated(deflated(bytes, {.plane = 3'000, .row = 700}), 3'000), bytes) << length;
  }
}

std::size_t zlib_size(const std::vector<std::byte>& bytes) {
  std::vector<Bytef> out(compressBound(bytes.size()));
  uLongf length = out.size();
  compress2(out.data(), &length, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 1);
  return length;
}

TEST(Deflate, IsNoLargerThanZlibForCountsAndForQueues) {
  std::mt19937_64 engine(1);
  constexpr std::size_t kRow = 143, kRows = 400, kCells = kRow * kRows;
  std::vector<std::byte> counts(4 * kCells);  // low bytes, then three planes of zeros
  std::vector<std::byte> queues(4 * kCells);
  std::poisson_distribution<int> arrivals(3);
  for (std::size_t i = 0; i < kCells; ++i) {
    counts[i] = static_cast<std::byte>(arrivals(engine));
    const bool changes = i < kRow || engine() % 32 == 0;
    queues[i] = changes ? static_cast<std::byte>(engine() % 64) : queues[i - kRow];
  }
  for (const auto& bytes : {counts, queues})
    EXPECT_LT(deflated(bytes, {.plane = kCells, .row = kRow}).size(), zlib_size(bytes));
}

TEST(PrefixCode, UsesEveryWordThereIsAndNoneTwice) {
  std::mt19937_64 engine(1);
  for (unsigned trial = 0; trial < 200; ++trial) {
    std::vector<std::uint32_t> counts(2 + engine() % 285);
    // Counts that grow like powers make the longest words.
    for (std::uint32_t& count : counts) count = 1U << (engine() % (trial % 31 + 1));
    const PrefixCode code(counts);
    double room = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      ASSERT_GT(code[i].length, 0);
      ASSERT_LE(code[i].length, PrefixCode::kLongest);
      room += std::exp2(-code[i].length);
      for (std::size_t j = 0; j < i; ++j) {
        const unsigned shared = (1U << std::min(code[i].length, code[j].length)) - 1;
        ASSERT_NE(code[i].bits & shared, code[j].bits & shared) << "one begins as the other";
      }
    }
    ASSERT_EQ(room, 1.0);
  }
}

TEST(PrefixCode, GivesFrequentSymbolsShortWords) {
  const std::array<std::uint32_t, 6> counts{1, 0, 2, 4, 8, 100};
  const PrefixCode code(counts);
  const std::array<unsigned, 6> expected{4, 0, 4, 3, 2, 1};
  for (std::size_t i = 0; i < counts.size(); ++i) EXPECT_EQ(code[i].length, expected[i]) << i;
}

TEST(PrefixCode, GivesTheOnlySymbolABit) {
  const std::array<std::uint32_t, 3> counts{0, 7, 0};
  EXPECT_EQ(PrefixCode(counts)[1].length, 1);
  EXPECT_EQ(PrefixCode(counts)[0].length, 0);
}

}  // namespace
}  // namespace weir::analysis
