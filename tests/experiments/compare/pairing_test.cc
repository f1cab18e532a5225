// Whether two scenarios see the same mail and the same receivers.

#include "experiments/compare/pairing.h"

#include <gtest/gtest.h>

#include "experiments/scenario/document.h"

namespace weir::experiments {
namespace {

const std::string kPlain = R"(
[source.mail]
arrivals = { model = "poisson", rate = "20/h" }
[source.more]
arrivals = { model = "poisson", rate = "20/h" }
[site.s.throttle.ip]
model = "history-window"
probation = { dist = "lognormal", median = "300/d", sigma = 0.5 }
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

std::vector<std::string> remarks(const std::string& other) {
  const auto root = [](const std::string& text) { return parse_document(text, "s.toml").root; };
  return remarks_on(pairing_of(root(kPlain), root(other)), "A", "B");
}

TEST(Pairing, HasNothingToRemarkOnVariantsOfOneScenario) {
  EXPECT_TRUE(remarks(kPlain).empty());
  EXPECT_TRUE(remarks(replaced(kPlain, "300/d", "900/d")).empty())
      << "the same unknown, drawn from another distribution by the same number";
}

TEST(Pairing, NamesWhatOnlyOneHas) {
  const auto one = remarks(replaced(kPlain, "source.more", "source.other"));
  ASSERT_EQ(one.size(), 2U);
  EXPECT_EQ(one[0], "only A has the source 2 more: nothing of it is paired");
  EXPECT_EQ(one[1], "only B has the source 2 other: nothing of it is paired");
  const auto unknown = remarks(kPlain + R"(growth = { dist = "uniform", from = 2, to = 3 })");
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_NE(unknown[0].find("only B has the unknown site.s.throttle.ip.growth"), std::string::npos);
}

TEST(Pairing, SaysWhenItMeansNothing) {
  const std::string swapped =
      replaced(replaced(kPlain, "source.mail", "source.first"), "source.more", "source.mail");
  const auto sources = remarks(swapped);
  ASSERT_EQ(sources.size(), 1U);
  EXPECT_NE(sources[0].find("A and B share no source"), std::string::npos)
      << "mail stands at another place and draws other numbers";
  const auto unknowns = remarks(replaced(kPlain, "site.s.", "site.t."));
  ASSERT_EQ(unknowns.size(), 1U);
  EXPECT_NE(unknowns[0].find("receiver r of one is not receiver r"), std::string::npos);
}

}  // namespace
}  // namespace weir::experiments
