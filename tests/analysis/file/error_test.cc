#include "analysis/file/error.h"

#include <cerrno>
#include <string>

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

TEST(FileError, NamesFileOperationReasonAndRemedyInOneLine) {
  const FileError error("out/run.h5", "write", ENOSPC);
  EXPECT_STREQ(error.what(),
               "out/run.h5: cannot write: No space left on device; free space or choose another "
               "folder with -o");
  EXPECT_EQ(error.error_number(), ENOSPC);
  EXPECT_EQ(error.path(), "out/run.h5");
}

TEST(FileError, TakesTheReasonGivenWhenTheSystemHasNone) {
  const std::string line = FileError("run.h5", "write", 0, "a broken filter").what();
  EXPECT_NE(line.find("cannot write: a broken filter; "), std::string::npos) << line;
}

}  // namespace
}  // namespace weir::analysis
