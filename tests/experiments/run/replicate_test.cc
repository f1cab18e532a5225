// Many receivers: the number of workers changes nothing, and variants share their receivers.

#include "experiments/run/replicate.h"

#include <gtest/gtest.h>

#include "experiments/run/simulate.h"
#include "experiments/scenario/document.h"

namespace weir::experiments {
namespace {

const std::string kScenario = R"(
horizon = "2 d"
[source.mail]
arrivals = { model = "poisson", rate = "20/h" }
unknown = "5 %"
[address.new]
[site.s.throttle.ip]
model = "history-window"
probation = { dist = "lognormal", median = "300/d", sigma = 0.5 }
[variant.slow]
lane.connection_limit = 1
[variant.same]
)";

std::vector<Variant> variants() {
  const Setting root = parse_document(kScenario, "s.toml").root;
  std::vector<Variant> all{{"scenario", root}};
  for (const std::string& name : variant_names(root))
    all.push_back({name, apply_variant(root, name)});
  return all;
}

std::vector<VariantFigures> results(unsigned jobs, std::uint64_t replications = 6) {
  return replicate(variants(),
                   {.seed = 1, .replications = replications, .jobs = jobs, .progress = {}});
}

TEST(Replicate, GivesTheSameForAnyNumberOfWorkers) {
  const auto one = results(1);
  for (const unsigned jobs : {2U, 4U, 9U}) {
    const auto many = results(jobs);
    for (std::size_t v = 0; v < one.size(); ++v) {
      EXPECT_EQ(one[v].fingerprint, many[v].fingerprint);
      EXPECT_EQ(one[v].delay.quantile(0.9), many[v].delay.quantile(0.9));
      EXPECT_EQ(one[v].delay.mean(), many[v].delay.mean()) << "to the last bit";
      for (std::size_t r = 0; r < 6; ++r) {
        EXPECT_EQ(one[v].receivers[r].fingerprint, many[v].receivers[r].fingerprint);
        EXPECT_EQ(one[v].receivers[r].delivered_by_day, many[v].receivers[r].delivered_by_day);
      }
    }
  }
}

TEST(Replicate, AVariantThatChangesNothingIsTheSameRun) {
  const auto all = results(2);
  EXPECT_EQ(all[0].fingerprint, all[2].fingerprint);
  EXPECT_NE(all[0].fingerprint, all[1].fingerprint);
  for (std::size_t r = 0; r < 6; ++r)
    EXPECT_EQ(all[0].receivers[r].report_submitted, all[1].receivers[r].report_submitted)
        << "the same traffic";
}

TEST(Replicate, ReceiversDifferAndMoreOfThemMoveNone) {
  const auto few = results(1, 3);
  const auto more = results(2, 6);
  EXPECT_NE(few[0].receivers[0].fingerprint, few[0].receivers[1].fingerprint);
  for (std::size_t r = 0; r < 3; ++r)
    EXPECT_EQ(few[0].receivers[r].fingerprint, more[0].receivers[r].fingerprint);
}

TEST(Replicate, AReceiverOfABatchIsItsSingleRun) {
  const auto batch = results(2);
  const Summary alone = simulate_receiver(variants()[0].root, {}, {1, 4, 0});
  EXPECT_EQ(batch[0].receivers[4].fingerprint, alone.fingerprint);
}

TEST(Replicate, ReportsItsProgressToTheEnd) {
  std::uint64_t last = 0;
  std::uint64_t calls = 0;
  replicate(variants(), {.seed = 1,
                         .replications = 3,
                         .jobs = 3,
                         .progress = [&](std::uint64_t done, std::uint64_t total) {
                           EXPECT_EQ(done, last + 1);
                           EXPECT_EQ(total, 9U);
                           last = done;
                           ++calls;
                         }});
  EXPECT_EQ(calls, 9U);
}

/// Told when as many receivers as this were seen.
std::vector<VariantFigures> stopped_after(std::size_t receivers, unsigned jobs) {
  std::vector<std::uint64_t> seen;
  const auto found = replicate(
      variants(), {.seed = 1,
                   .replications = 40,
                   .jobs = jobs,
                   .progress = {},
                   .enough = [&](std::span<const ReceiverFigures> row) {
                     EXPECT_EQ(row.size(), 3U) << "one of each variant";
                     EXPECT_EQ(row[0].report_submitted, row[1].report_submitted) << "one receiver";
                     seen.push_back(row[0].fingerprint);
                     return seen.size() == receivers;
                   }});
  EXPECT_EQ(seen.size(), receivers) << "asked no more once it said so";
  for (std::size_t r = 0; r < seen.size() && r < found[0].receivers.size(); ++r)
    EXPECT_EQ(seen[r], found[0].receivers[r].fingerprint) << "in the order of receivers";
  return found;
}

TEST(Replicate, StopsWhenThereAreEnoughTheSameForAnyNumberOfWorkers) {
  const auto plain = results(1, 4);
  for (const unsigned jobs : {1U, 2U, 7U}) {
    const auto stopped = stopped_after(4, jobs);
    for (std::size_t v = 0; v < plain.size(); ++v) {
      EXPECT_TRUE(stopped[v].complete);
      EXPECT_EQ(stopped[v].receivers.size(), 4U);
      EXPECT_EQ(stopped[v].fingerprint, plain[v].fingerprint);
      EXPECT_TRUE(stopped[v].delay == plain[v].delay) << "nothing of the receivers left out";
    }
  }
}

}  // namespace
}  // namespace weir::experiments
