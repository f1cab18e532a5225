// Values that nobody knows: one draw a receiver, by the place of the value and nothing else.

#include "experiments/ensemble/distribution.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "analysis/distribution.h"
#include "experiments/scenario/document.h"
#include "experiments/scenario/scenario.h"
#include "sim/units.h"
#include "tests/support/statistics.h"

namespace weir::experiments {
namespace {

const std::string kUnknowns = R"(
a = { dist = "lognormal", median = "24 h", sigma = 0.3 }
b = { dist = "uniform", from = "1 h", to = "3 h" }
c = { dist = "choice", of = ["closed", "trickle", 7] }
d = { dist = "lognormal", median = "9000/d", sigma = 0.5 }
e = { dist = "lognormal", median = 3.0, sigma = 0.25 }
[t]
known = "5 min"
)";

Setting root_of(const std::string& text) { return parse_document(text, "s.toml").root; }

std::string at(const Setting& root, const char* path) { return root.at_path(path)->text(); }

TEST(Unknowns, AreFoundWithTheirPaths) {
  Problems problems;
  std::string paths;
  for (const Unknown& u :
       find_unknowns(root_of(kUnknowns + "x.y = { dist = \"choice\", of = [1] }"), problems))
    paths += u.path + " ";
  EXPECT_EQ(paths, "a b c d e t.x.y ");
  EXPECT_TRUE(problems.empty());
}

TEST(Unknowns, AtTheirMediansAreWhatIsWritten) {
  const Setting median = median_receiver(root_of(kUnknowns));
  EXPECT_EQ(at(median, "a"), "\"24 h\"");
  EXPECT_EQ(at(median, "b"), "\"2 h\"");
  EXPECT_EQ(at(median, "c"), "\"trickle\"");
  EXPECT_EQ(*parse_rate(*median.find("d")->string()), (Rate<void>{9000, 24h}));
  EXPECT_EQ(at(median, "t.known"), "\"5 min\"");
}

TEST(Unknowns, AReceiverDrawsEachByItsPlaceAlone) {
  const Setting one = draw_receiver(root_of(kUnknowns), {}, 1, 5);
  const Setting more = draw_receiver(
      root_of("z = { dist = \"lognormal\", median = 1.0, sigma = 1.0 }\n" + kUnknowns), {}, 1, 5);
  for (const char* path : {"a", "b", "c", "d", "e"}) EXPECT_EQ(at(one, path), at(more, path));
  const Setting other = draw_receiver(root_of(kUnknowns), {}, 1, 6);
  EXPECT_NE(at(one, "a"), at(other, "a"));
  EXPECT_NE(at(one, "a"), at(draw_receiver(root_of(kUnknowns), {}, 2, 5), "a"));
}

std::vector<double> normals_of(const char* path, const Dependence& dependence) {
  const Setting root = root_of(kUnknowns);
  const double median = path[0] == 'a' ? 24.0 * 3600 : 3.0;
  const double sigma = path[0] == 'a' ? 0.3 : 0.25;
  std::vector<double> z;
  for (std::uint64_t r = 0; r < 4000; ++r) {
    const Setting drawn = draw_receiver(root, dependence, 1, r);
    const Setting& value = *drawn.find(path);
    const double x = value.string() != nullptr ? to_seconds(*parse_duration(*value.string()))
                                               : std::get<double>(value.value);
    z.push_back(std::log(x / median) / sigma);
  }
  return z;
}

TEST(Unknowns, FollowTheirDistributionOverTheReceivers) {
  for (const char* path : {"a", "e"})
    EXPECT_TRUE(weir::testing::check_distribution(normals_of(path, {}), analysis::normal_cdf))
        << path;
}

TEST(Unknowns, AChoiceIsEven) {
  std::vector<std::uint64_t> counts(3);
  const Setting root = root_of(kUnknowns);
  for (std::uint64_t r = 0; r < 3000; ++r) {
    const std::string chosen = at(draw_receiver(root, {}, 1, r), "c");
    ++counts[chosen == "7" ? 2 : chosen == "\"closed\"" ? 0 : 1];
  }
  EXPECT_TRUE(weir::testing::check_counts(counts, std::vector<double>(3, 1.0 / 3)));
}

TEST(Dependence, GivesTheTwoUnknownsItsCorrelation) {
  for (const double rho : {0.0, 0.7, -0.7}) {
    const Dependence dependence{"a", "e", rho};
    const std::vector<double> x = normals_of("a", dependence);
    const std::vector<double> y = normals_of("e", dependence);
    std::vector<double> products(x.size());
    std::transform(x.begin(), x.end(), y.begin(), products.begin(), std::multiplies<>());
    EXPECT_TRUE(weir::testing::check_mean(products, rho)) << rho;
    EXPECT_TRUE(weir::testing::check_distribution(y, analysis::normal_cdf)) << rho;
  }
}

TEST(Dependence, LeavesTheDriverAsItWas) {
  EXPECT_EQ(normals_of("a", {}), normals_of("a", {"a", "e", 0.7}));
}

}  // namespace
}  // namespace weir::experiments
