#include <algorithm>
#include <cmath>

#include "models/recipients/sampler.h"
#include "tests/models/make_model.h"
#include "tests/support/statistics.h"

namespace weir::recipients {
namespace {

using testing::Keys;

std::unique_ptr<Sampler> sampler(std::string_view name, const Keys& keys = {}) {
  return testing::make_model<Sampler>(catalogue(), name, keys);
}

Draw draw_for(std::uint64_t message) { return Chance(StreamKey{}).draw(Purpose{2}, message); }

std::vector<double> samples(const Sampler& sampler, std::uint64_t count) {
  std::vector<double> all;
  for (std::uint64_t message = 0; message < count; ++message) {
    Draw draw = draw_for(message);
    all.push_back(sampler.sample(draw));
  }
  return all;
}

double power_sum(double exponent, int count) {
  double sum = 0.0;
  for (int k = 1; k <= count; ++k) sum += std::pow(k, -exponent);
  return sum;
}

TEST(FixedRecipients, AreOneUnlessSaidAndDrawNothing) {
  Draw draw = draw_for(1);
  EXPECT_EQ(sampler("fixed")->sample(draw), 1U);
  EXPECT_EQ(sampler("fixed", {{"count", 65'535}})->sample(draw), 65'535U);
  EXPECT_EQ(draw.draws(), 0U);
}

TEST(ZipfRecipients, HaveTheSharesOfThePowerLaw) {
  const auto zipf = sampler("zipf", {{"exponent", 1.5}, {"max", 10}});
  std::vector<std::uint64_t> counts(10);
  for (const double k : samples(*zipf, 100'000)) ++counts.at(static_cast<std::size_t>(k) - 1);
  std::vector<double> shares;
  for (int k = 1; k <= 10; ++k) shares.push_back(std::pow(k, -1.5) / power_sum(1.5, 10));
  EXPECT_TRUE(testing::check_counts(counts, shares));
}

TEST(ZipfRecipients, HaveTheMeanOfThePowerLaw) {
  EXPECT_TRUE(testing::check_mean(samples(*sampler("zipf"), 100'000),
                                  power_sum(1.5, 500) / power_sum(2.5, 500)));
}

TEST(ZipfRecipients, AreUniformWithAnExponentOfZero) {
  const auto all = samples(*sampler("zipf", {{"exponent", 0.0}, {"max", 65'535}}), 100'000);
  EXPECT_TRUE(testing::check_mean(all, 32'768.0));
  EXPECT_LE(std::ranges::max(all), 65'535.0);
  EXPECT_LT(std::ranges::min(all), 20.0);
}

TEST(ZipfRecipients, DrawOnce) {
  Draw draw = draw_for(1);
  sampler("zipf")->sample(draw);
  EXPECT_EQ(draw.draws(), 1U);
}

TEST(ZipfRecipients, RefuseANumberThatNoMessageHas) {
  for (const int max : {0, 65'536, 2'000'000'000})
    EXPECT_EQ(testing::problems_of(catalogue(), "zipf", {{"max", max}}).size(), 1U) << max;
}

}  // namespace
}  // namespace weir::recipients
