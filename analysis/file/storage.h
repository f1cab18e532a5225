#pragma once
/// The file behind a result file: NAME.part while it grows, NAME when it is complete, and NAME.live
/// for those who read it meanwhile.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "analysis/file/handle.h"

namespace weir::analysis {

/// An HDF5 file open for writing, and the one place where HDF5's answers become FileErrors.
class Storage {
 public:
  explicit Storage(const std::filesystem::path& path);
  ~Storage();
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

  const std::filesystem::path& part_path() const { return part_; }
  std::int64_t id() const { return file_.id(); }

  /// Hands `answer` back, or throws FileError when it is negative, as HDF5's are on failure.
  std::int64_t checked(std::int64_t answer, std::string_view operation) const;

  /// Owns an identifier just opened; throws when it is none.
  Handle owned(std::int64_t id, Handle::Close close, std::string_view operation) const;

  void flush();

  /// Puts a copy of what was flushed under NAME.live, in one step: who opens it sees a whole file.
  void publish();

  /// Closes the file, brings it to the disk, gives it its name and ends NAME.live. All its objects
  /// are closed.
  void commit();

 private:
  [[noreturn]] void fail(std::string_view operation, int error_number,
                         std::string_view detail = {}) const;
  void probe() const;
  void create();
  void sync(const std::filesystem::path& path) const;
  void remove_live() const;

  std::filesystem::path final_;
  std::filesystem::path part_;
  std::filesystem::path live_;
  Handle file_;
};

}  // namespace weir::analysis
