#include "experiments/tune/memo.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

namespace weir::experiments {
namespace {

class MemoTest : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }

  std::string path_ = testing::TempDir() + "weir-memo-" +
                      testing::UnitTest::GetInstance()->current_test_info()->name();
};

Numbers never() {
  ADD_FAILURE() << "was known, and computed again";
  return {};
}

TEST_F(MemoTest, AStepIsComputedOnce) {
  Memo memo(path_, "question", false);
  EXPECT_EQ(memo.once("a", [] { return Numbers{1.5, 2.5}; }), (Numbers{1.5, 2.5}));
  EXPECT_EQ(memo.once("a", never), (Numbers{1.5, 2.5}));
}

TEST_F(MemoTest, ResumingKnowsEveryBit) {
  const Numbers odd{0.1, -1.0 / 3.0, std::numeric_limits<double>::infinity(), 1e-300, 0.0};
  Memo(path_, "question", false).once("odd", [&] { return odd; });
  Memo resumed(path_, "question", true);
  EXPECT_EQ(resumed.once("odd", never), odd);
  EXPECT_EQ(resumed.known(), 1U);
  Memo again(path_, "question", true);
  EXPECT_EQ(again.once("odd", never), odd) << "resuming keeps what it took over";
}

TEST_F(MemoTest, ATornLineIsComputedAgain) {
  {
    Memo memo(path_, "question", false);
    memo.once("first", [] { return Numbers{1.0}; });
    memo.once("second", [] { return Numbers{2.0, 3.0}; });
  }
  const auto size = std::filesystem::file_size(path_);
  for (std::uintmax_t lost = 1; lost <= 10; ++lost) {
    std::filesystem::resize_file(path_, size - lost);
    Memo memo(path_, "question", true);
    EXPECT_EQ(memo.once("first", never), Numbers{1.0});
    EXPECT_EQ(memo.once("second", [] { return Numbers{2.0, 3.0}; }), (Numbers{2.0, 3.0}));
    ASSERT_EQ(std::filesystem::file_size(path_), size);
  }
}

TEST_F(MemoTest, AnotherQuestionIsNotAnswered) {
  Memo(path_, "question", false).once("a", [] { return Numbers{1.0}; });
  EXPECT_THROW(Memo(path_, "another", true), std::runtime_error);
  Memo anew(path_, "another", false);
  EXPECT_EQ(anew.once("a", [] { return Numbers{7.0}; }), Numbers{7.0});
}

TEST_F(MemoTest, SaysWhatCannotBeDone) {
  EXPECT_THROW(Memo(path_, "question", true), std::runtime_error) << "there is nothing to resume";
  EXPECT_THROW(Memo("/nowhere/at/all", "question", false), std::runtime_error);
}

}  // namespace
}  // namespace weir::experiments
