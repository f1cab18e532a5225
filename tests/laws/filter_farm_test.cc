// A farm of spam filters is M/M/4: 2,376 messages an hour, four servers, six seconds each (facts
// 5.5, after Gunther's PDQ model of a monitored installation).

#include <vector>

#include "tests/support/scripted_transport.h"
#include "tests/support/statistics.h"

namespace weir::testing {
namespace {

constexpr double kServers = 4.0;
constexpr double kService = 6.0;  // seconds

/// Keeps how long each message was in the system, those of the transient left out.
class Sojourns final : public Recorder {
 public:
  explicit Sojourns(std::size_t transient) : transient_(transient) {}

  void arrived(SimTime, std::uint32_t, std::uint64_t) override {}
  void released(const ReleaseRecord&) override {}
  void attempted(const AttemptRecord&) override {}
  void finished(const FinishRecord& record) override {
    if (seen_++ >= transient_) seconds.push_back(to_seconds(record.delay));
  }

  std::vector<double> seconds;

 private:
  std::size_t transient_;
  std::size_t seen_ = 0;
};

/// The mean time in M/M/4 at `load`, by Erlang's C written out for four servers.
double mean_sojourn(double load) {
  const double a = kServers * load;
  const double waiting_term = a * a * a * a / 24.0 / (1.0 - load);
  const double waits = waiting_term / (1.0 + a + a * a / 2.0 + a * a * a / 6.0 + waiting_term);
  return kService + waits * kService / (kServers * (1.0 - load));
}

struct Farm {
  const char* rate;
  double load;
  Duration length;
  std::size_t transient;
};

class FilterFarm : public ::testing::TestWithParam<Farm> {};

TEST_P(FilterFarm, TakesAsLongAsTheFormulaSays) {
  const Farm& farm = GetParam();
  SystemBuilder b([](const Mail&) { return system::Decision{}; });
  b.params() = {
      .servers = 4, .service_time = 6s, .service_times = system::ServiceTimes::exponential};
  b.config.horizon = farm.length;
  b.add_inside("poisson", {{"rate", farm.rate}});
  Sojourns sojourns(farm.transient);
  World world(b.take(), sojourns);
  world.run_until(at(farm.length));
  world.finish();
  EXPECT_TRUE(check_mean(sojourns.seconds, mean_sojourn(farm.load), Batches{30}));
  EXPECT_NEAR(world.stages()[0].utilisation(world.now()), farm.load, 0.01 * farm.load);
}

// The relaxation time at load 0.99 is about 16 h: batches of 30 h and more.
INSTANTIATE_TEST_SUITE_P(Loads, FilterFarm,
                         ::testing::Values(Farm{"1200/h", 0.5, 500h, 10'000},
                                           Farm{"2160/h", 0.9, 1'000h, 50'000},
                                           Farm{"2376/h", 0.99, 2'000h, 500'000}),
                         [](const auto& farm) {
                           return "AtLoad" +
                                  std::to_string(static_cast<int>(farm.param.load * 100));
                         });

TEST(FilterFarmFormula, GivesThePublishedFarmAboutTwoAndAHalfMinutes) {
  EXPECT_NEAR(mean_sojourn(0.99), 152.69, 0.005);
}

}  // namespace
}  // namespace weir::testing
