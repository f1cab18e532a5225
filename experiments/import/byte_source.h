#pragma once
/// Where the bytes of an input file come from: a plain or gzip file, standard input, or a test.

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>

namespace weir::experiments {

/// An input that cannot be opened. `what()` names the file, the reason and the remedy.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A stream of bytes, read once from front to back.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// Fills the front of `room` and returns how many bytes; 0 is the end, for good or ill.
  virtual std::size_t read(std::span<char> room) = 0;

  /// Why the bytes ended before the input did (a damaged gzip file, a failing disk); empty when
  /// all is well. Meaningful once read() has returned 0.
  virtual std::string problem() const { return {}; }

  /// When the input was last written, where that is known.
  virtual std::optional<std::chrono::sys_seconds> written() const { return std::nullopt; }
};

/// Opens `path`, plain or gzip by its content; "-" is standard input. Throws InputError.
std::unique_ptr<ByteSource> open_bytes(const std::string& path);

}  // namespace weir::experiments
