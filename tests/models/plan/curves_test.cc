#include <cmath>
#include <filesystem>
#include <fstream>

#include "models/plan/curve.h"
#include "tests/models/make_model.h"

namespace weir::plan {
namespace {

using namespace weir::testing;

std::vector<double> volumes(std::string_view curve, const Keys& keys, std::int64_t stages,
                            const std::string& file = "") {
  const auto made = make_model<Curve>(catalogue(), curve, keys, file);
  std::vector<double> all;
  for (std::int64_t stage = 1; stage <= stages; ++stage) all.push_back(made->volume(stage));
  return all;
}

/// A scenario file's name beside which `text` stands as schedule.csv.
std::string scenario_beside(const std::string& text) {
  const auto folder = std::filesystem::path(::testing::TempDir()) /
                      ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "schedule.csv") << text;
  return (folder / "scenario.toml").string();
}

std::vector<double> volumes_of_file(const std::string& text, std::int64_t stages) {
  return volumes("table", {{"file", "schedule.csv"}}, stages, scenario_beside(text));
}

std::string problem_of_file(const std::string& text, Keys keys = {}) {
  keys.push_back({"file", "schedule.csv"});
  const auto all = problems_of(catalogue(), "table", keys, scenario_beside(text));
  return all.size() == 1 ? all[0] : std::to_string(all.size()) + " problems";
}

TEST(Curves, DivideAMonthIntoThirtyOrFifteenDays) {
  EXPECT_EQ(volumes("flat", {{"volume", 90'000}, {"days", 30}}, 2),
            (std::vector{3'000.0, 3'000.0}));
  EXPECT_EQ(volumes("flat", {{"volume", 90'000}, {"days", 15}}, 1), std::vector{6'000.0});
}

TEST(Curves, LetARampGrowByItsFactor) {
  EXPECT_EQ(volumes("geometric", {{"first", 100}, {"factor", 2}}, 5),
            (std::vector{100.0, 200.0, 400.0, 800.0, 1'600.0}));
}

TEST(Curves, EndARampAtItsLargestVolumeOrLastStage) {
  EXPECT_EQ(volumes("geometric", {{"first", 100}, {"factor", 2}, {"max", 300}}, 4),
            (std::vector{100.0, 200.0, 300.0, 300.0}));
  EXPECT_EQ(volumes("geometric", {{"first", 100}, {"factor", 2}, {"stages", 2}}, 4),
            (std::vector{100.0, 200.0, 200.0, 200.0}));
}

TEST(Curves, SendNinetyThousandWithinTheSeventeenDaysOfTheRamp) {
  double sum = 0;
  for (const double v : volumes("geometric", {{"first", 2'500}, {"factor", 1.1}}, 17))
    sum += std::floor(v);
  EXPECT_GE(sum, 90'000);
}

TEST(Curves, GoOnWithTheLastVolumeOfATable) {
  EXPECT_EQ(volumes("table", {{"days", std::vector<std::int64_t>{200, 500}}}, 4),
            (std::vector{200.0, 500.0, 500.0, 500.0}));
}

TEST(Curves, ReadAFileBesideTheScenarioWithItsGapsAndComments) {
  EXPECT_EQ(volumes_of_file("# from somewhere\r\nday, \"messages\"\r\n1,10\r\n3,30\r\n", 4),
            (std::vector{10.0, 10.0, 30.0, 30.0}));
}

TEST(Curves, CountDaysFromZeroAsWell) {
  EXPECT_EQ(volumes_of_file("messages,stage\n10,0\n20,1\n", 3), (std::vector{10.0, 20.0, 20.0}));
}

TEST(Curves, TakeAnHourlyColumnTimesTwentyFour) {
  EXPECT_EQ(volumes_of_file("day,messages_per_hour\n1,20\n2,28\n", 2), (std::vector{480.0, 672.0}));
}

TEST(Curves, ReadTheColumnThatIsNamed) {
  const auto made =
      make_model<Curve>(catalogue(), "table", {{"file", "schedule.csv"}, {"column", "mild"}},
                        scenario_beside("day,messages,mild\n1,10,5\n"));
  EXPECT_EQ(made->volume(1), 5.0);
}

TEST(Curves, ReproduceThePublishedSchedules) {
  const std::string here = "experiments/schedules/x.toml";
  double sendgrid = 0;
  for (const double v : volumes("table", {{"file", "sendgrid-hourly.csv"}}, 15, here))
    sendgrid += v;
  EXPECT_EQ(sendgrid, 182'280);  // facts 3.1
  double sparkpost = 0;
  for (const double v : volumes("table", {{"file", "sparkpost-stages.csv"}}, 29, here))
    sparkpost += v;
  EXPECT_EQ(sparkpost, 45'228'700);  // facts 3.1
}

TEST(Curves, SayWhichLineOfAFileIsWrong) {
  const auto says = [](const std::string& problem, std::string_view words) {
    return problem.find(words) != std::string::npos ? ::testing::AssertionSuccess()
                                                    : ::testing::AssertionFailure() << problem;
  };
  EXPECT_TRUE(says(problem_of_file("day,messages\n1,10\n2,many\n"), "line 3: expected whole"));
  EXPECT_TRUE(says(problem_of_file("day,messages\n1,10\n2,-5\n"), "line 3: expected whole"));
  EXPECT_TRUE(says(problem_of_file("day,messages\n1,10\n1,20\n"), "line 3: the days must ascend"));
  EXPECT_TRUE(says(problem_of_file("day,messages\n7,10\n"), "line 2: the first day must be"));
  EXPECT_TRUE(says(problem_of_file("day,messages\n1\n"), "line 2: a column is missing"));
  EXPECT_TRUE(says(problem_of_file("1,10\n"), "line 1: expected names"));
  EXPECT_TRUE(says(problem_of_file("day,messages\n"), "no rows"));
  EXPECT_TRUE(says(problem_of_file(""), "no rows"));
  EXPECT_TRUE(says(problem_of_file("day,mild\n1,2\n", {{"column", "milds"}}), "did you mean"));
}

TEST(Curves, ReportAFileThatIsNotThere) {
  const auto all = problems_of(catalogue(), "table", {{"file", "no.csv"}}, "folder/s.toml");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_NE(all[0].find("there is no file folder/no.csv"), std::string::npos) << all[0];
}

TEST(Curves, WantEitherDaysOrAFile) {
  EXPECT_EQ(problems_of(catalogue(), "table", {}).size(), 1u);
  EXPECT_EQ(problems_of(catalogue(), "table", {{"days", std::vector<std::int64_t>{-1}}}).size(),
            1u);
}

TEST(Curves, AllowWhatThePacerReadsFromTheSameTable) {
  EXPECT_TRUE(problems_of(catalogue(), "flat", {{"gate", "90 %"}, {"model", "flat"}}).empty());
  EXPECT_EQ(problems_of(catalogue(), "flat", {{"gtae", "90 %"}}).size(), 1u);
}

TEST(Curves, RefuseARampThatCannotGrow) {
  EXPECT_EQ(problems_of(catalogue(), "geometric", {{"factor", 0.5}}).size(), 1u);
  EXPECT_EQ(problems_of(catalogue(), "geometric", {{"max", 10}}).size(), 1u);
  EXPECT_EQ(problems_of(catalogue(), "geometric", {{"stages", 0}}).size(), 1u);
}

}  // namespace
}  // namespace weir::plan
