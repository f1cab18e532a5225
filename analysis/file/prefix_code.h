#pragma once
/// Prefix codes as RFC 1951 writes them: frequent symbols get short words.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weir::analysis {

class PrefixCode {
 public:
  /// RFC 1951 allows 15. With 13 a length fits a code of 4 bits beside two kinds of runs of zeros.
  static constexpr unsigned kLongest = 13;

  /// The bits of a symbol, the first of them lowest.
  struct Word {
    std::uint16_t bits = 0;
    std::uint8_t length = 0;  // 0: the symbol has none
  };

  /// A code for the symbols whose count is not 0. O(n log n) for n of them.
  explicit PrefixCode(std::span<const std::uint32_t> counts);

  const Word& operator[](std::size_t symbol) const { return words_[symbol]; }
  std::size_t size() const { return words_.size(); }  // symbols, those without a word too

 private:
  bool assign_lengths(std::span<const std::uint32_t> counts);
  void assign_bits();

  std::vector<Word> words_;
};

}  // namespace weir::analysis
