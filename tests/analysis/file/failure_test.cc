#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "analysis/file/result_file.h"
#include "tests/analysis/file/scratch_folder.h"

namespace weir::analysis {
namespace {

namespace fs = std::filesystem;
using testing::ScratchFolder;
using testing::SmallDisk;

// Writes 64 columns of noise, which does not compress: 512 bytes a row.
void write_noise(const fs::path& path, int rows, std::uint64_t block_rows) {
  ResultFile file(path, {.title = "noise"});
  const Axis time = file.time_axis("time", {.block_rows = block_rows});
  const Axis lane = file.label_axis("lane", std::vector<std::string>(64, "lane"));
  const Series noise = file.series("noise", {time, lane}, Kind::kInteger, {});
  std::mt19937_64 engine(1);
  std::vector<std::int64_t> row(64);
  for (int i = 0; i < rows; ++i) {
    for (std::int64_t& value : row) value = static_cast<std::int64_t>(engine());
    file.append_time(time, std::chrono::seconds(i));
    file.append(noise, row);
  }
  file.finish();
}

// The errno value of the FileError that `work` throws; 0 when it throws none.
template <class Work>
int error_of(Work work) {
  try {
    work();
  } catch (const FileError& error) {
    EXPECT_NE(std::strstr(error.what(), "; "), nullptr) << error.what();
    return error.error_number();
  }
  return 0;
}

std::ptrdiff_t open_files() {
  return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator{});
}

// While it lives, no file may grow beyond `bytes`, and exceeding it is an error and no signal.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST(ResultFileFailure, TellsAFullDiskWhereverItIsHit) {
  const SmallDisk disk("size=256k");
  if (!disk.mounted()) GTEST_SKIP() << "no tmpfs can be mounted here: " << std::strerror(errno);
  const fs::path path = disk.path() / "run.h5";
  for (const std::uint64_t block_rows : {8u, 64u, 4096u}) {  // in a block, or only in finish()
    EXPECT_EQ(error_of([&] { write_noise(path, 1'000, block_rows); }), ENOSPC) << block_rows;
    EXPECT_FALSE(fs::exists(path));
    EXPECT_TRUE(fs::exists(disk.path() / "run.h5.part"));
  }
}

TEST(ResultFileFailure, TellsADiskFullAtEverySize) {
  for (int kilobytes = 8; kilobytes <= 120; kilobytes += 8) {
    const SmallDisk disk("size=" + std::to_string(kilobytes) + "k");
    if (!disk.mounted()) GTEST_SKIP() << "no tmpfs can be mounted here: " << std::strerror(errno);
    const fs::path path = disk.path() / "run.h5";
    const int error = error_of([&] { write_noise(path, 200, 50); });  // 100 kB of noise
    EXPECT_EQ(error == 0, fs::exists(path)) << kilobytes;
    EXPECT_TRUE(error == 0 || error == ENOSPC) << kilobytes << ": " << error;
  }
}

TEST(ResultFileFailure, TellsALimitOfFileSizes) {
  const ScratchFolder folder;
  const fs::path path = folder.path() / "run.h5";
  int error = 0;
  {
    const FileSizeLimit limit(100'000);
    error = error_of([&] { write_noise(path, 1'000, 64); });
  }
  EXPECT_EQ(error, EFBIG);
  EXPECT_FALSE(fs::exists(path));
}

TEST(ResultFileFailure, LeavesTheLibraryAbleToWriteElsewhere) {
  const ScratchFolder folder;
  const std::ptrdiff_t before = open_files();
  for (int i = 0; i < 5; ++i) {
    const FileSizeLimit limit(100'000);
    EXPECT_EQ(error_of([&] { write_noise(folder.path() / "full.h5", 1'000, 64); }), EFBIG);
  }
  write_noise(folder.path() / "good.h5", 1'000, 64);
  EXPECT_TRUE(fs::exists(folder.path() / "good.h5"));
  EXPECT_EQ(open_files(), before);
}

TEST(ResultFileFailure, RefusesEveryCallAfterTheFirstFailure) {
  const ScratchFolder folder;
  ResultFile file(folder.path() / "run.h5", {});
  {
    const FileSizeLimit limit(1'000);
    EXPECT_THROW(
        {
          file.text("long", std::string(100'000, 'x'));
          file.flush();
        },
        FileError);
  }
  EXPECT_THROW(file.scalar("late", 1.0, {}), FileError);
  EXPECT_THROW(file.finish(), FileError);
}

TEST(ResultFileFailure, IsNoticedWhileRowsAreGiven) {
  const ScratchFolder folder;
  ResultFile file(folder.path() / "run.h5", {});
  const Axis time = file.time_axis("time", {.block_rows = 64});
  const Series noise = file.series("noise", {time}, Kind::kInteger, {});
  std::mt19937_64 engine(1);
  const FileSizeLimit limit(10'000);
  const int error = error_of([&] {
    for (std::int64_t row = 0;; ++row) {  // for ever, were it not noticed
      file.append_time(time, std::chrono::seconds(row));
      file.append(noise, static_cast<std::int64_t>(engine()));
    }
  });
  EXPECT_EQ(error, EFBIG);
  EXPECT_THROW(file.finish(), FileError);
}

TEST(ResultFileFailure, TellsAFullDiskWhereReadersLook) {
  const SmallDisk disk("size=128k");
  if (!disk.mounted()) GTEST_SKIP() << "no tmpfs can be mounted here: " << std::strerror(errno);
  ResultFile file(disk.path() / "run.h5", {});
  file.publish();
  file.text("long", std::string(70'000, 'x'));  // room for it, but not for two of it
  EXPECT_EQ(error_of([&] { file.publish(); }), ENOSPC);
  EXPECT_TRUE(fs::exists(disk.path() / "run.h5.live"));
  EXPECT_FALSE(fs::exists(disk.path() / "run.h5.live.new"));
}

TEST(ResultFileFailure, TellsAReadOnlyDisk) {
  const SmallDisk disk("size=256k");
  if (!disk.mounted()) GTEST_SKIP() << "no tmpfs can be mounted here: " << std::strerror(errno);
  ASSERT_TRUE(disk.make_read_only()) << std::strerror(errno);
  EXPECT_EQ(error_of([&] { ResultFile(disk.path() / "run.h5", {}); }), EROFS);
}

TEST(ResultFileFailure, TellsAMissingFolder) {
  const ScratchFolder folder;
  EXPECT_EQ(error_of([&] { ResultFile(folder.path() / "no" / "run.h5", {}); }), ENOENT);
}

TEST(ResultFileFailure, TellsAFolderUnderItsName) {
  const ScratchFolder folder;
  fs::create_directory(folder.path() / "run.h5");
  EXPECT_EQ(error_of([&] { ResultFile(folder.path() / "run.h5", {}); }), EISDIR);
  EXPECT_FALSE(fs::exists(folder.path() / "run.h5.part"));
}

TEST(ResultFileFailure, TellsThatAnotherRunIsWritingTheFile) {
  const ScratchFolder folder;
  ResultFile first(folder.path() / "run.h5", {});
  first.text("config/scenario", "kept");
  first.flush();
  const auto size = fs::file_size(first.part_path());
  EXPECT_EQ(error_of([&] { ResultFile(folder.path() / "run.h5", {}); }), EAGAIN);
  EXPECT_EQ(fs::file_size(first.part_path()), size);
}

}  // namespace
}  // namespace weir::analysis
