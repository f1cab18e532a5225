#include "analysis/file/error.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace weir::analysis {
namespace {

std::string_view remedy_for(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return "free space or choose another folder with -o";
    case EFBIG:
      return "raise the limit of file sizes (ulimit -f) or choose another folder with -o";
    case EROFS:
      return "the folder is read-only: choose another with -o";
    case EACCES:
    case EPERM:
      return "choose a folder that you may write to with -o";
    case EISDIR:
      return "name a file, not a folder, with -o";
    case ENOENT:
    case ENOTDIR:
      return "make the folder first or choose another with -o";
    case EAGAIN:
      return "another run is writing it: wait for it or choose another file with -o";
    case ENAMETOOLONG:
      return "choose a shorter name with -o";
    case EMFILE:
    case ENFILE:
      return "too many open files: raise the limit (ulimit -n)";
    default:
      return "check the disk or choose another file with -o";
  }
}

std::string sentence(const std::filesystem::path& path, std::string_view operation,
                     int error_number, std::string_view detail) {
  const std::string reason =
      error_number == 0 ? std::string(detail) : std::generic_category().message(error_number);
  return fmt::format("{}: cannot {}: {}; {}", path.string(), operation, reason,
                     remedy_for(error_number));
}

}  // namespace

FileError::FileError(std::filesystem::path path, std::string_view operation, int error_number,
                     std::string_view detail)
    : std::runtime_error(sentence(path, operation, error_number, detail)),
      path_(std::move(path)),
      error_number_(error_number) {}

}  // namespace weir::analysis
