#include "experiments/import/byte_source.h"

#include <cerrno>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace weir::experiments {
namespace {

std::string describe_errno(int code) { return std::generic_category().message(code); }

std::string_view remedy_for(int code) {
  switch (code) {
    case ENOENT:
      return "check the path; a relative one counts from the current folder";
    case EACCES:
      return "make the file readable for this user";
    case EISDIR:
      return "name a file, not a folder";
    default:
      return "check that the file can be read";
  }
}

[[noreturn]] void refuse(const std::string& path, int code) {
  throw InputError(
      fmt::format("{}: cannot be read: {}; {}", path, describe_errno(code), remedy_for(code)));
}

/// Name of a packing that zlib does not undo, by the first bytes of the file.
std::string_view foreign_packing(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xfd"
                       "7zXZ"sv))
    return "xz";
  if (head.starts_with("\x28\xb5\x2f\xfd"sv)) return "zstd";
  if (head.starts_with("BZh"sv)) return "bzip2";
  if (head.starts_with("PK\x03\x04"sv)) return "zip";
  return {};
}

/// A file through zlib, which hands plain bytes on as they are.
class FileBytes final : public ByteSource {
 public:
  FileBytes(std::string path, int descriptor) : path_(std::move(path)) {
    struct stat facts {};
    if (::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode))
      written_ = std::chrono::sys_seconds{std::chrono::seconds{facts.st_mtime}};
    file_ = ::gzdopen(descriptor, "rb");
    if (file_ == nullptr) {
      ::close(descriptor);
      refuse(path_, ENOMEM);
    }
    ::gzbuffer(file_, 1U << 18U);
  }
  ~FileBytes() override { ::gzclose_r(file_); }

  std::size_t read(std::span<char> room) override {
    if (!problem_.empty()) return 0;
    const int got = ::gzread(file_, room.data(), static_cast<unsigned>(room.size()));
    if (got <= 0) note_ending();
    if (got <= 0) return 0;
    if (at_start_) check_packing(std::string_view{room.data(), static_cast<std::size_t>(got)});
    at_start_ = false;
    return static_cast<std::size_t>(got);
  }

  std::string problem() const override { return problem_; }
  std::optional<std::chrono::sys_seconds> written() const override { return written_; }

 private:
  void note_ending() {
    int code = Z_OK;
    const char* text = ::gzerror(file_, &code);
    if (code == Z_OK || code == Z_STREAM_END) return;
    if (code == Z_ERRNO)
      problem_ = fmt::format("reading failed: {}", describe_errno(errno));
    else if (code == Z_BUF_ERROR)
      problem_ = "the gzip data ends early: the file is incomplete; copy it again";
    else
      problem_ = fmt::format("the gzip data is damaged ({}); copy it again", text);
  }

  void check_packing(std::string_view head) const {
    const auto packing = foreign_packing(head);
    if (!packing.empty())
      throw InputError(
          fmt::format("{}: is packed with {}: plain text or gzip was expected; unpack it first",
                      path_, packing));
  }

  std::string path_;
  std::string problem_;
  std::optional<std::chrono::sys_seconds> written_;
  gzFile file_ = nullptr;
  bool at_start_ = true;
};

}  // namespace

std::unique_ptr<ByteSource> open_bytes(const std::string& path) {
  if (path == "-") return std::make_unique<FileBytes>("standard input", ::dup(STDIN_FILENO));
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) refuse(path, errno);
  struct stat facts {};
  if (::fstat(descriptor, &facts) == 0 && S_ISDIR(facts.st_mode)) {
    ::close(descriptor);
    refuse(path, EISDIR);
  }
  return std::make_unique<FileBytes>(path, descriptor);
}

}  // namespace weir::experiments
