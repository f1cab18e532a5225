#pragma once
/// What went wrong with a file on disk, in words for the person at the terminal.

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace weir::analysis {

/// A file could not be written: which, while doing what, why, and what helps.
///
/// what() is one line: "PATH: cannot OPERATION: REASON; REMEDY".
class FileError : public std::runtime_error {
 public:
  /// `error_number` is an errno value, or 0 when the system told none; then `detail` is the reason.
  FileError(std::filesystem::path path, std::string_view operation, int error_number,
            std::string_view detail = {});

  const std::filesystem::path& path() const { return path_; }
  int error_number() const { return error_number_; }

 private:
  std::filesystem::path path_;
  int error_number_;
};

}  // namespace weir::analysis
