#include "analysis/file/result_file.h"

#include <array>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/analysis/file/scratch_folder.h"

// What the file holds is read in Python: result_file_test.py.

namespace weir::analysis {
namespace {

namespace fs = std::filesystem;

class ResultFileTest : public ::testing::Test {
 protected:
  ResultFile make() { return ResultFile(path_, {}); }

  weir::testing::ScratchFolder folder_;
  fs::path path_ = folder_.path() / "run.h5";
  fs::path part_ = folder_.path() / "run.h5.part";
};

TEST_F(ResultFileTest, HasItsNameOnlyWhenFinished) {
  ResultFile file = make();
  EXPECT_EQ(file.part_path(), part_);
  EXPECT_TRUE(fs::exists(part_));
  EXPECT_FALSE(fs::exists(path_));
  file.finish();
  EXPECT_FALSE(fs::exists(part_));
  EXPECT_TRUE(fs::exists(path_));
}

TEST_F(ResultFileTest, StaysAPartWhenGivenUp) {
  { ResultFile file = make(); }
  EXPECT_TRUE(fs::exists(part_));
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(ResultFileTest, LeavesAnOlderFileAloneUntilFinished) {
  make().finish();
  const auto size = fs::file_size(path_);
  ResultFile file = make();
  file.text("config/scenario", std::string(10'000, 'x'));
  file.flush();
  EXPECT_EQ(fs::file_size(path_), size);
  file.finish();
  EXPECT_GT(fs::file_size(path_), size);
}

TEST_F(ResultFileTest, CanBeMoved) {
  ResultFile file = make();
  const Axis time = file.time_axis("time", {});
  ResultFile moved = std::move(file);
  moved.append_time(time, 1s);
  moved.finish();
  EXPECT_TRUE(fs::exists(path_));
}

TEST_F(ResultFileTest, RefusesUseAfterFinish) {
  ResultFile file = make();
  file.finish();
  EXPECT_THROW(file.scalar("a", 1.0, {}), std::logic_error);
  EXPECT_THROW(file.finish(), std::logic_error);
}

TEST_F(ResultFileTest, RefusesNamesThatAreNone) {
  ResultFile file = make();
  for (const std::string path : {"", "/a", "a/", "a//b"}) {
    EXPECT_THROW(file.scalar(path, 1.0, {}), std::invalid_argument) << path;
  }
}

TEST_F(ResultFileTest, RefusesANameTwice) {
  ResultFile file = make();
  file.scalar("summary/a", 1.0, {});
  EXPECT_THROW(file.text("summary/a", ""), std::invalid_argument);
  EXPECT_THROW(file.text("summary", ""), std::invalid_argument);
}

TEST_F(ResultFileTest, RefusesAnAttributeOfNothing) {
  ResultFile file = make();
  EXPECT_THROW(file.attribute("nothing", "a", 1), std::invalid_argument);
}

TEST_F(ResultFileTest, RefusesAnEmptyAxis) {
  ResultFile file = make();
  EXPECT_THROW(file.label_axis("lane", {}), std::invalid_argument);
  EXPECT_THROW(file.number_axis("day", std::span<const double>(), {}), std::invalid_argument);
}

TEST_F(ResultFileTest, RefusesAnArrayOfAnotherShape) {
  ResultFile file = make();
  const Axis day = file.number_axis("day", std::array{1.0, 2.0}, {});
  const std::array three{1.0, 2.0, 3.0};
  EXPECT_THROW(file.array("a", {day}, three, {}), std::invalid_argument);
  const Axis time = file.time_axis("time", {});
  EXPECT_THROW(file.array("a", {time}, three, {}), std::invalid_argument);
}

TEST_F(ResultFileTest, RefusesASeriesWithoutTime) {
  ResultFile file = make();
  const Axis day = file.number_axis("day", std::array{1.0, 2.0}, {});
  EXPECT_THROW(file.series("a", {day}, Kind::kReal, {}), std::invalid_argument);
  EXPECT_THROW(file.series("a", {}, Kind::kReal, {}), std::invalid_argument);
}

TEST_F(ResultFileTest, RefusesASeriesThatComesTooLate) {
  ResultFile file = make();
  const Axis time = file.time_axis("time", {});
  file.append_time(time, 0s);
  EXPECT_THROW(file.series("a", {time}, Kind::kReal, {}), std::invalid_argument);
}

TEST_F(ResultFileTest, RefusesTimesThatDoNotAscend) {
  ResultFile file = make();
  const Axis time = file.time_axis("time", {});
  file.append_time(time, 5s);
  EXPECT_THROW(file.append_time(time, 5s), std::invalid_argument);
  EXPECT_THROW(file.append_time(time, 5'500ms), std::invalid_argument);
}

TEST_F(ResultFileTest, RefusesARowOfAnotherShapeOrKind) {
  ResultFile file = make();
  const Axis time = file.time_axis("time", {});
  const Series series = file.series("a", {time}, Kind::kReal, {});
  file.append_time(time, 0s);
  EXPECT_THROW(file.append(series, std::array{1.0, 2.0}), std::invalid_argument);
  EXPECT_THROW(file.append(series, std::int64_t{1}), std::invalid_argument);
}

TEST_F(ResultFileTest, RefusesValuesWithoutARow) {
  ResultFile file = make();
  const Axis time = file.time_axis("time", {});
  const Series series = file.series("a", {time}, Kind::kReal, {});
  EXPECT_THROW(file.append(series, 1.0), std::logic_error);
  file.append_time(time, 0s);
  file.append(series, 1.0);
  EXPECT_THROW(file.append(series, 1.0), std::logic_error);
}

TEST_F(ResultFileTest, RefusesARowWithoutItsIntegers) {
  ResultFile file = make();
  const Axis time = file.time_axis("time", {});
  file.series("a", {time}, Kind::kInteger, {});
  file.append_time(time, 0s);
  EXPECT_THROW(file.append_time(time, 1s), std::logic_error);
}

TEST_F(ResultFileTest, GrowsByBlocksOnAThreadOfItsOwn) {
  ResultFile file = make();
  const Axis time = file.time_axis("time", {.block_rows = 16});
  const Series series = file.series("a", {time}, Kind::kReal, {});
  const auto size_before = fs::file_size(part_);
  const auto row = [&](int number) {
    file.append_time(time, std::chrono::seconds(number));
    file.append(series, 0.1 * number);
  };
  for (int number = 0; number < 15; ++number) row(number);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(fs::file_size(part_), size_before);
  row(15);
  for (int i = 0; i < 3'000 && fs::file_size(part_) == size_before; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_GT(fs::file_size(part_), size_before);
}

TEST_F(ResultFileTest, FlushesCompleteRowsOnlyAndGoesOnWithTheOpenOne) {
  ResultFile file = make();
  const Axis time = file.time_axis("time", {});
  const Series first = file.series("first", {time}, Kind::kInteger, {});
  const Series second = file.series("second", {time}, Kind::kInteger, {});
  for (std::int64_t row = 0; row < 100; ++row) {
    file.append_time(time, std::chrono::seconds(row));
    file.append(first, row);
    if (row % 10 == 3) file.flush();
    file.append(second, -row);
    if (row % 10 == 6) file.flush();
  }
  EXPECT_THROW(file.append(second, std::int64_t{0}), std::logic_error);
  file.finish();
  EXPECT_TRUE(fs::exists(path_));
}

TEST_F(ResultFileTest, ShowsItselfToReadersUntilItIsFinished) {
  const fs::path live = folder_.path() / "run.h5.live";
  ResultFile file = make();
  EXPECT_FALSE(fs::exists(live));
  file.publish();
  const auto size = fs::file_size(live);
  file.text("config/scenario", std::string(10'000, 'x'));
  EXPECT_EQ(fs::file_size(live), size);
  file.publish();
  EXPECT_GT(fs::file_size(live), size);
  file.finish();
  EXPECT_FALSE(fs::exists(live));
}

}  // namespace
}  // namespace weir::analysis
