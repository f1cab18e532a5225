// What a machine permits, read from trees of files as kernels show them.

#include "experiments/sweep/machine.h"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace weir::experiments {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMega = 1'000'000;

class MachineFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("weir-machine-" + std::to_string(::getpid()));
    put("proc/meminfo", "MemTotal: 9000000 kB\nMemAvailable:    1000000 kB\n");
  }
  void TearDown() override { fs::remove_all(root_); }

  void put(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }

  fs::path root_;
};

TEST_F(MachineFiles, MemoryIsWhatIsAvailable) {
  EXPECT_EQ(this_machine(root_).memory, 1'000'000U * 1024);
}

TEST_F(MachineFiles, AGroupsLimitIsLessWhatItHoldsButNotWhatItCouldGiveBack) {
  put("proc/self/cgroup", "0::/user/job\n");
  put("sys/fs/cgroup/user/job/memory.max", "500000000\n");
  put("sys/fs/cgroup/user/job/memory.current", "300000000\n");
  put("sys/fs/cgroup/user/job/memory.stat", "anon 1\ninactive_file 200000000\n");
  EXPECT_EQ(this_machine(root_).memory, 400 * kMega);
}

TEST_F(MachineFiles, TheLimitOfAGroupAboveHoldsToo) {
  put("proc/self/cgroup", "0::/user/job\n");
  put("sys/fs/cgroup/user/job/memory.max", "max\n");
  put("sys/fs/cgroup/user/memory.max", "200000000\n");
  put("sys/fs/cgroup/user/memory.current", "0\n");
  EXPECT_EQ(this_machine(root_).memory, 200 * kMega);
}

TEST_F(MachineFiles, ALimitOfAContainerStandsAtTheTop) {
  put("proc/self/cgroup", "0::/\n");
  put("sys/fs/cgroup/memory.max", "200000000\n");
  put("sys/fs/cgroup/cpu.max", "100000 100000\n");
  EXPECT_EQ(this_machine(root_).memory, 200 * kMega);
  EXPECT_EQ(this_machine(root_).cpus, 1U);
}

TEST_F(MachineFiles, VersionOneHasATreeForEachKind) {
  put("proc/self/cgroup", "5:cpuset:/x\n4:cpu,cpuacct:/job\n3:memory:/job\n");
  put("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "300000000\n");
  put("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "50000000\n");
  put("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "50000\n");
  put("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(this_machine(root_).memory, 250 * kMega);
  EXPECT_EQ(this_machine(root_).cpus, 1U) << "half a processor is one job";
}

TEST_F(MachineFiles, NothingKnownIsNoLimit) {
  fs::remove_all(root_);
  EXPECT_EQ(this_machine(root_).memory, 0U);
  EXPECT_GE(this_machine(root_).cpus, 1U);
}

TEST(Jobs, AreAsManyAsProcessorsWhereMemoryHasRoom) {
  const Jobs jobs = jobs_for({8, 1000 * kMega}, 80 * kMega);
  EXPECT_EQ(jobs.count, 8U);
  EXPECT_FALSE(jobs.memory_bound);
}

TEST(Jobs, AreFewerWhereMemoryHasNot) {
  const Jobs jobs = jobs_for({8, 1000 * kMega}, 200 * kMega);
  EXPECT_EQ(jobs.count, 3U) << "0.7 of it has room for three";
  EXPECT_TRUE(jobs.memory_bound);
  EXPECT_EQ(jobs_for({8, 1000 * kMega}, 5000 * kMega).count, 1U) << "one may always try";
}

}  // namespace
}  // namespace weir::experiments
