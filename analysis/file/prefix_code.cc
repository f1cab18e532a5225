#include "analysis/file/prefix_code.h"

#include <algorithm>
#include <utility>

namespace weir::analysis {
namespace {

// Huffman's tree: leaves by ascending count, then the nodes in the order in which they are made,
// which is by ascending count too; so the two lightest stand at the heads of two queues.
class Tree {
 public:
  explicit Tree(const std::vector<std::uint64_t>& leaves)
      : weights_(leaves), parents_(2 * leaves.size()), leaves_(leaves.size()), node_(leaves_) {
    while (weights_.size() + 1 < 2 * leaves_) {
      const std::size_t first = lightest();
      const std::size_t second = lightest();
      parents_[first] = parents_[second] = weights_.size();
      weights_.push_back(weights_[first] + weights_[second]);
    }
  }

  /// How far each leaf is from the root.
  std::vector<unsigned> depths() const {
    std::vector<unsigned> depths(weights_.size());
    for (std::size_t i = weights_.size() - 1; i-- > 0;) depths[i] = depths[parents_[i]] + 1;
    depths.resize(leaves_);
    return depths;
  }

 private:
  std::size_t lightest() {
    const bool leaf =
        leaf_ < leaves_ && (node_ == weights_.size() || weights_[leaf_] <= weights_[node_]);
    return leaf ? leaf_++ : node_++;
  }

  std::vector<std::uint64_t> weights_;
  std::vector<std::size_t> parents_;
  std::size_t leaves_;
  std::size_t leaf_ = 0;  // the first without a parent
  std::size_t node_;      // likewise
};

std::uint16_t reversed(unsigned bits, unsigned length) {
  unsigned result = 0;
  for (unsigned i = 0; i < length; ++i) result |= ((bits >> i) & 1U) << (length - 1 - i);
  return static_cast<std::uint16_t>(result);
}

}  // namespace

PrefixCode::PrefixCode(std::span<const std::uint32_t> counts) : words_(counts.size()) {
  // Counts drawn together make a flatter tree. 2^13 symbols of equal count would still fit.
  std::vector<std::uint32_t> flatter(counts.begin(), counts.end());
  while (!assign_lengths(flatter))
    for (std::uint32_t& count : flatter) count = (count + 1) / 2;
  assign_bits();
}

// False when a word would be longer than kLongest.
bool PrefixCode::assign_lengths(std::span<const std::uint32_t> counts) {
  std::vector<std::pair<std::uint64_t, std::size_t>> symbols;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) symbols.emplace_back(counts[i], i);
  if (symbols.empty()) return true;
  std::sort(symbols.begin(), symbols.end());
  std::vector<std::uint64_t> weights;
  for (const auto& [count, symbol] : symbols) weights.push_back(count);
  std::vector<unsigned> lengths = Tree(weights).depths();
  if (lengths.size() == 1) lengths.front() = 1;
  if (*std::max_element(lengths.begin(), lengths.end()) > kLongest) return false;
  for (std::size_t i = 0; i < symbols.size(); ++i)
    words_[symbols[i].second].length = static_cast<std::uint8_t>(lengths[i]);
  return true;
}

// Shorter words first, and among equal lengths by symbol: the lengths alone tell the words.
void PrefixCode::assign_bits() {
  std::array<unsigned, kLongest + 1> next{};
  for (const Word& word : words_)
    if (word.length > 0) ++next[word.length];
  unsigned first = 0;
  for (unsigned length = 1; length <= kLongest; ++length) {
    first = (first + std::exchange(next[length], first)) * 2;
  }
  for (Word& word : words_)
    if (word.length > 0) word.bits = reversed(next[word.length]++, word.length);
}

}  // namespace weir::analysis
