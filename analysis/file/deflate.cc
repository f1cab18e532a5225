#include "analysis/file/deflate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "analysis/file/prefix_code.h"

namespace weir::analysis {
namespace {

using Byte = unsigned char;

constexpr std::size_t kLeastBlock = 4096;  // below, a code of its own costs more than it gains
constexpr std::size_t kLeastMatch = 4;
constexpr std::size_t kLongestMatch = 258;
constexpr std::size_t kFarthest = 32 * 1024;
constexpr std::size_t kSymbols = 286;  // 256 bytes, the end of a block, 29 lengths of matches
constexpr std::size_t kEndOfBlock = 256;
constexpr std::size_t kHeaderBytes = 320;  // at most, of a block

template <class Number>
Number load(const Byte* at) {
  Number number;
  std::memcpy(&number, at, sizeof number);
  return number;
}

// How many bytes from `at` on, before `end`, are those `back` bytes before.
std::size_t equal_bytes(const Byte* at, std::size_t back, const Byte* end) {
  const Byte* const begin = at;
  for (; end - at >= 8; at += 8) {
    const auto different = load<std::uint64_t>(at) ^ load<std::uint64_t>(at - back);
    if (different != 0)
      return static_cast<std::size_t>(at - begin + (std::countr_zero(different) >> 3));
  }
  while (at < end && *at == *(at - back)) ++at;
  return static_cast<std::size_t>(at - begin);
}

// A length or a distance: the symbol of its power of 2 and of what stands next to it, and the rest.
struct Stepped {
  std::uint32_t symbol;
  std::uint32_t rest;
  std::uint32_t rest_bits;
};

// The scale on which each power of 2 is divided into 2^`finer` symbols.
Stepped stepped(std::uint32_t number, std::uint32_t finer) {
  if (number >> (finer + 1) == 0) return {number, 0, 0};
  const auto bits = static_cast<std::uint32_t>(std::bit_width(number)) - finer - 1;
  return {(bits << finer) + (number >> bits), number & ((1U << bits) - 1), bits};
}

Stepped length_of(std::size_t length) {
  if (length == kLongestMatch) return {285, 0, 0};
  Stepped step = stepped(static_cast<std::uint32_t>(length) - 3, 2);
  step.symbol += 257;
  return step;
}

Stepped distance_of(std::size_t distance) {
  return stepped(static_cast<std::uint32_t>(distance) - 1, 1);
}

// Appends bits to bytes, the lowest first.
class BitWriter {
 public:
  explicit BitWriter(Byte* at) : at_(at) {}

  /// At most 56 bits may stand between two calls of settle().
  void put(std::uint64_t bits, unsigned count) {
    bits_ |= bits << count_;
    count_ += count;
  }
  void put(const PrefixCode::Word& word) { put(word.bits, word.length); }

  /// Writes the bytes that are whole, and up to 8 behind them that do not count.
  void settle() {
    std::memcpy(at_, &bits_, sizeof bits_);
    at_ += count_ >> 3;
    bits_ >>= count_ & ~7U;
    count_ &= 7;
  }
  void fill_byte() {
    count_ = (count_ + 7) & ~7U;
    settle();
  }
  Byte* at() const { return at_; }

 private:
  Byte* at_;
  std::uint64_t bits_ = 0;
  unsigned count_ = 0;
};

std::uint32_t adler32(const Byte* at, std::size_t size) {
  constexpr std::uint32_t kPrime = 65'521;
  constexpr std::size_t kSafe = 5'552;  // bytes after which 32 bits might overflow
  constexpr std::uint32_t kStep = 16;
  std::uint32_t sum = 1;
  std::uint32_t sum_of_sums = 0;
  while (size > 0) {
    std::size_t piece = std::min(size, kSafe);
    size -= piece;
    for (; piece >= kStep; piece -= kStep, at += kStep) {
      std::uint32_t plain = 0;
      std::uint32_t weighted = 0;
      for (std::uint32_t i = 0; i < kStep; ++i) {
        plain += at[i];
        weighted += (kStep - i) * at[i];
      }
      sum_of_sums += kStep * sum + weighted;
      sum += plain;
    }
    for (; piece > 0; --piece) sum_of_sums += sum += *at++;
    sum %= kPrime;
    sum_of_sums %= kPrime;
  }
  return (sum_of_sums << 16) | sum;
}

}  // namespace

/// Bytes with a code of their own.
class Deflate::Block {
 public:
  /// `row`: how far back a row is, 0 when that is too far, or no farther than the byte before.
  Block(std::span<const Byte> bytes, std::size_t before, std::size_t row, std::vector<Match>& found)
      : begin_(bytes.data()),
        end_(begin_ + bytes.size()),
        row_(row),
        matches_(found),
        code_(find_matches(begin_ - before)) {}

  void write(bool last, BitWriter& out) const {
    write_header(last, out);
    const Byte* at = begin_;
    for (const Match& match : matches_) {
      write_bytes(at, begin_ + match.at, out);
      write_match(match, out);
      at = begin_ + match.at + match.length;
    }
    write_bytes(at, end_, out);
    out.put(code_[kEndOfBlock]);
    out.settle();
  }

 private:
  // How far back the bytes at `at` are found again; 0 when they are not.
  std::size_t found_back(const Byte* at, const Byte* first) const {
    if (at == first || end_ - at < static_cast<std::ptrdiff_t>(kLeastMatch)) return 0;
    const auto bytes = load<std::uint32_t>(at);
    if (bytes == load<std::uint32_t>(at - 1)) return 1;
    const bool has_row = row_ > 0 && static_cast<std::size_t>(at - first) >= row_;
    return has_row && bytes == load<std::uint32_t>(at - row_) ? row_ : 0;
  }

  // Counts how often each symbol comes. `first`: where the table begins.
  std::array<std::uint32_t, kSymbols> find_matches(const Byte* first) {
    // Equal bytes in a row would wait for each other at one counter.
    std::array<std::array<std::uint32_t, 256>, 4> bytes{};
    std::array<std::uint32_t, kSymbols> counts{};
    matches_.clear();
    for (const Byte* at = begin_; at < end_;) {
      const std::size_t back = found_back(at, first);
      if (back == 0) {
        ++bytes[static_cast<std::size_t>(at - begin_) & 3][*at];
        ++at;
        continue;
      }
      const std::size_t most = std::min(kLongestMatch, static_cast<std::size_t>(end_ - at));
      const std::size_t length = equal_bytes(at, back, at + most);
      matches_.push_back({.at = static_cast<std::uint32_t>(at - begin_),
                          .length = static_cast<std::uint16_t>(length),
                          .row_back = back != 1});
      ++counts[length_of(length).symbol];
      at += length;
    }
    for (const auto& quarter : bytes)
      for (std::size_t i = 0; i < quarter.size(); ++i) counts[i] += quarter[i];
    counts[kEndOfBlock] = 1;
    return counts;
  }

  // The lengths of the words of both codes, in words of 4 bits: 0 to 13, or a run of zeros.
  void write_header(bool last, BitWriter& out) const {
    std::size_t symbols = kSymbols;
    while (code_[symbols - 1].length == 0) --symbols;
    std::vector<std::uint8_t> lengths;
    for (std::size_t i = 0; i < symbols; ++i) lengths.push_back(code_[i].length);
    // One bit tells a byte back from a row back.
    lengths.push_back(1);
    if (row_ > 0) {
      lengths.resize(symbols + distance_of(row_).symbol);
      lengths.push_back(1);
    }
    out.put(last ? 1 : 0, 1);
    out.put(2, 2);  // a block with codes of its own
    out.put(symbols - 257, 5);
    out.put(lengths.size() - symbols - 1, 5);
    out.put(kLengthOrder.size() - 4, 4);
    for (const std::uint8_t symbol : kLengthOrder) {
      out.settle();
      out.put(symbol == 14 || symbol == 16 ? 0 : 4, 3);
    }
    for (std::size_t i = 0; i < lengths.size();) i += write_length(lengths, i, out);
  }

  // Writes a length, or the zeros that begin at it, and returns how many lengths that were.
  static std::size_t write_length(const std::vector<std::uint8_t>& lengths, std::size_t at,
                                  BitWriter& out) {
    const auto reversed = [](std::uint64_t v) {
      return (v & 1) << 3 | (v & 2) << 1 | (v & 4) >> 1 | (v & 8) >> 3;
    };
    std::size_t zeros = 0;
    while (at + zeros < lengths.size() && lengths[at + zeros] == 0 && zeros < 138) ++zeros;
    out.settle();
    if (zeros >= 11) {
      out.put(reversed(15), 4);
      out.put(zeros - 11, 7);
      return zeros;
    }
    if (zeros >= 3) {
      out.put(reversed(14), 4);
      out.put(zeros - 3, 3);
      return zeros;
    }
    out.put(reversed(lengths[at]), 4);
    return 1;
  }

  void write_bytes(const Byte* at, const Byte* end, BitWriter& out) const {
    static_assert(4 * PrefixCode::kLongest + 7 <= 64);
    for (; end - at >= 4; at += 4) {
      for (int i = 0; i < 4; ++i) out.put(code_[at[i]]);
      out.settle();
    }
    for (; at < end; ++at) {
      out.put(code_[*at]);
      out.settle();
    }
  }

  void write_match(const Match& match, BitWriter& out) const {
    const Stepped length = length_of(match.length);
    out.put(code_[length.symbol]);
    out.put(length.rest, length.rest_bits);
    out.put(match.row_back ? 1 : 0, 1);
    if (match.row_back) {
      const Stepped distance = distance_of(row_);
      out.put(distance.rest, distance.rest_bits);
    }
    out.settle();
  }

  // The order in which RFC 1951 has the lengths of the code of lengths; 15 is not in use.
  static constexpr std::array<std::uint8_t, 18> kLengthOrder{16, 17, 18, 0,  8, 7,  9, 6,  10,
                                                             5,  11, 4,  12, 3, 13, 2, 14, 1};

  const Byte* begin_;
  const Byte* end_;
  std::size_t row_;
  std::vector<Match>& matches_;
  PrefixCode code_;
};

std::size_t Deflate::most_bytes(std::size_t size) {
  return size * PrefixCode::kLongest / 8 + (size / kLeastBlock + 2) * kHeaderBytes;
}

std::size_t Deflate::encode(std::span<const std::byte> bytes, const Table& table, std::byte* out) {
  const auto* const begin = reinterpret_cast<const Byte*>(bytes.data());
  const std::size_t size = bytes.size();
  const std::size_t row = table.row > 1 && table.row <= kFarthest ? table.row : 0;
  const std::size_t block = std::max(table.plane, kLeastBlock);
  BitWriter writer(reinterpret_cast<Byte*>(out));
  writer.put(0x0178, 16);  // a zlib stream, window of 32 KB, fastest
  std::size_t at = 0;
  do {
    const std::size_t length = std::min(block, size - at);
    Block(std::span(begin + at, length), at, row, matches_).write(at + length == size, writer);
    at += length;
  } while (at < size);
  writer.fill_byte();
  writer.put(__builtin_bswap32(adler32(begin, size)), 32);
  writer.settle();
  return static_cast<std::size_t>(writer.at() - reinterpret_cast<Byte*>(out));
}

}  // namespace weir::analysis
