#include "experiments/import/byte_source.h"

#include <array>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

namespace weir::experiments {
namespace {

namespace fs = std::filesystem;

class ByteSourceTest : public ::testing::Test {
 public:
  ByteSourceTest() { fs::create_directories(folder_); }
  ~ByteSourceTest() override { fs::remove_all(folder_); }

 protected:
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{path(name), std::ios::binary} << text;
    return path(name);
  }

  std::string write_gzip(const std::string& name, const std::string& text) const {
    gzFile file = ::gzopen(path(name).c_str(), "ab");
    ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    ::gzclose(file);
    return path(name);
  }

 private:
  fs::path folder_ = fs::temp_directory_path() / ("weir-bytes-" + std::to_string(::getpid()));
};

std::string read_all(ByteSource& bytes) {
  std::string text;
  std::array<char, 1000> room{};
  while (const auto count = bytes.read(room)) text.append(room.data(), count);
  return text;
}

std::string refusal(const std::string& path) {
  try {
    read_all(*open_bytes(path));
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

/// Text that does not compress to nothing.
std::string long_text() {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919 % 100'003) + "\n";
  return text;
}

TEST_F(ByteSourceTest, ReadsPlainAndGzipAlike) {
  EXPECT_EQ(read_all(*open_bytes(write("plain", long_text()))), long_text());
  EXPECT_EQ(read_all(*open_bytes(write_gzip("packed.gz", long_text()))), long_text());
}

TEST_F(ByteSourceTest, ReadsGzipFilesThatWerePutTogether) {
  write_gzip("two.gz", "first\n");
  const auto bytes = open_bytes(write_gzip("two.gz", "second\n"));
  EXPECT_EQ(read_all(*bytes), "first\nsecond\n");
  EXPECT_EQ(bytes->problem(), "");
}

TEST_F(ByteSourceTest, SaysThatAGzipFileEndsEarly) {
  const auto file = write_gzip("cut.gz", long_text());
  fs::resize_file(file, fs::file_size(file) / 2);
  const auto bytes = open_bytes(file);
  const auto text = read_all(*bytes);
  EXPECT_GT(text.size(), 1000U);
  EXPECT_TRUE(long_text().starts_with(text));
  EXPECT_NE(bytes->problem().find("ends early"), std::string::npos) << bytes->problem();
}

TEST_F(ByteSourceTest, SaysThatAGzipFileIsDamaged) {
  const auto file = write_gzip("bad.gz", long_text());
  std::fstream{file, std::ios::in | std::ios::out | std::ios::binary}.seekp(1000) << "damage!";
  const auto bytes = open_bytes(file);
  read_all(*bytes);
  EXPECT_NE(bytes->problem().find("damaged"), std::string::npos) << bytes->problem();
}

TEST_F(ByteSourceTest, RefusesWhatIsNotThereWithTheRemedy) {
  EXPECT_NE(refusal(path("none.log")).find("No such file or directory; check the path"),
            std::string::npos);
  EXPECT_NE(refusal(fs::temp_directory_path().string()).find("name a file, not a folder"),
            std::string::npos);
}

TEST_F(ByteSourceTest, NamesAPackingThatItCannotUndo) {
  const auto text = refusal(write("log.zst", std::string("\x28\xb5\x2f\xfd") + "rest"));
  EXPECT_NE(text.find("packed with zstd"), std::string::npos) << text;
}

TEST_F(ByteSourceTest, KnowsWhenAFileWasWritten) {
  const auto file = write("dated", "x");
  const std::chrono::sys_seconds then = std::chrono::sys_days{std::chrono::year{2019} / 3 / 1};
  fs::last_write_time(file, fs::file_time_type::clock::from_sys(then));
  EXPECT_EQ(open_bytes(file)->written(), then);
}

}  // namespace
}  // namespace weir::experiments
