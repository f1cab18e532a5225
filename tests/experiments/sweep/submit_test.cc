// How a sweep is divided for other machines.

#include "experiments/sweep/submit.h"

#include <gtest/gtest.h>

namespace weir::experiments {
namespace {

using namespace std::chrono_literals;

TEST(Shards, AreOfMinutesNotOfSingleRuns) {
  EXPECT_EQ(shards_for(1'000'000, 0.2, 5min), 667U);
  EXPECT_EQ(shards_for(1'000, 0.2, 5min), 1U);
  EXPECT_EQ(shards_for(100, 600, 5min), 100U) << "a run is not divided";
  EXPECT_EQ(shards_for(1'000'000, 100, 5min), 1'000U) << "what Slurm takes in one array";
  EXPECT_EQ(shards_for(10, 0, 5min), 1U);
}

TEST(Scripts, QuoteWhatAShellWouldTakeApart) {
  const Submission submission{.program = "/opt/it's/weir",
                              .folder = "/data/a b",
                              .runs = 10,
                              .run_seconds = 100,
                              .run_bytes = 300'000'000,
                              .shards = 5};
  const std::string slurm = slurm_script(submission);
  EXPECT_NE(slurm.find("exec '/opt/it'\\''s/weir' sweep resume '/data/a b'"), std::string::npos)
      << slurm;
  EXPECT_NE(slurm.find("--array=1-5\n"), std::string::npos);
  EXPECT_NE(slurm.find("--mem=1112M\n"), std::string::npos) << "twice a run and the program";
  EXPECT_NE(slurm.find("--time=14\n"), std::string::npos) << "four times 200 s, in minutes";
  EXPECT_NE(slurm.find("--requeue\n"), std::string::npos);
}

}  // namespace
}  // namespace weir::experiments
