#pragma once
/// A folder of their own for tests that write files.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace weir::experiments::testing {

/// Gives each test an empty folder and takes it away afterwards.
class FolderTest : public ::testing::Test {
 public:
  ~FolderTest() override { std::filesystem::remove_all(folder_); }

 protected:
  FolderTest() { std::filesystem::create_directories(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{path(name), std::ios::binary} << text;
    return path(name);
  }

  static std::string read(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream{file, std::ios::binary}.rdbuf();
    return text.str();
  }

 private:
  std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                  ("weir-" + std::to_string(::getpid()) + "-" +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

}  // namespace weir::experiments::testing
