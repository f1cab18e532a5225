#include "experiments/import/line_source.h"

#include <algorithm>
#include <cstring>

namespace weir::experiments {

LineSource::LineSource(ByteSource& bytes, std::size_t longest, std::size_t block)
    : bytes_(&bytes), longest_(longest), buffer_(std::max(block, 2 * longest + 2)) {}

/// Reads one more block behind what is left; false at the end of the input.
bool LineSource::fill() {
  if (ended_) return false;
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  const auto got = bytes_->read(std::span{buffer_}.subspan(end_));
  ended_ = got == 0;
  end_ += got;
  return !ended_;
}

Line LineSource::take(std::size_t length, std::size_t line_end) {
  std::string_view text{buffer_.data() + begin_, length};
  begin_ += length + line_end;
  if (text.ends_with('\r')) text.remove_suffix(1);
  return {.text = text, .number = ++number_, .overlong = false};
}

void LineSource::drop_rest_of_line() {
  while (true) {
    const auto* from = buffer_.data() + begin_;
    const auto* found = static_cast<const char*>(std::memchr(from, '\n', end_ - begin_));
    begin_ = found == nullptr ? end_ : begin_ + static_cast<std::size_t>(found - from) + 1;
    if (found != nullptr || !fill()) return;
  }
}

std::optional<Line> LineSource::next() {
  if (cut_pending_) drop_rest_of_line();
  cut_pending_ = false;
  std::size_t searched = 0;
  while (true) {
    const auto* from = buffer_.data() + begin_;
    const auto held = end_ - begin_;
    const auto* found =
        static_cast<const char*>(std::memchr(from + searched, '\n', held - searched));
    const auto length = found == nullptr ? held : static_cast<std::size_t>(found - from);
    if (length > longest_) return take_overlong();
    if (found != nullptr) return take(length, 1);
    searched = held;
    if (fill()) continue;
    if (begin_ == end_) return std::nullopt;
    return take(end_ - begin_, 0);
  }
}

/// Gives out the beginning; the rest is dropped on the next call, so that this text stays valid.
Line LineSource::take_overlong() {
  auto line = take(longest_, 0);
  line.overlong = true;
  cut_pending_ = true;
  return line;
}

std::string_view LineSource::ahead() {
  if (begin_ == end_ && number_ == 0) fill();
  return {buffer_.data() + begin_, end_ - begin_};
}

}  // namespace weir::experiments
