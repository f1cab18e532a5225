#pragma once
/// Lines out of a byte stream in constant memory, whatever the length of a line.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/import/byte_source.h"

namespace weir::experiments {

/// One line without its line end (LF or CR LF). `text` is valid until the next call of next().
struct Line {
  std::string_view text;
  std::uint64_t number = 0;  ///< Counted from 1.
  bool overlong = false;     ///< Longer than the limit: `text` is its beginning only.
};

/// Splits a ByteSource into lines; holds one block of it at a time.
class LineSource {
 public:
  static constexpr std::size_t kLongest = 64 * 1024;
  static constexpr std::size_t kBlock = 1024 * 1024;

  explicit LineSource(ByteSource& bytes, std::size_t longest = kLongest,
                      std::size_t block = kBlock);

  /// The next line, or nothing at the end. The last line may lack its line end.
  std::optional<Line> next();

  /// What is already in memory behind the line that next() gave last; before the first line, the
  /// beginning of the input. For looking ahead only: it takes nothing.
  std::string_view ahead();

  /// Why the input ended early, or empty.
  std::string problem() const { return bytes_->problem(); }

 private:
  bool fill();
  Line take(std::size_t length, std::size_t line_end);
  Line take_overlong();
  void drop_rest_of_line();

  ByteSource* bytes_;
  std::size_t longest_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // first byte not yet given out
  std::size_t end_ = 0;    // one past the last byte read
  std::uint64_t number_ = 0;
  bool cut_pending_ = false;  // the rest of an overlong line is still to be dropped
  bool ended_ = false;
};

}  // namespace weir::experiments
