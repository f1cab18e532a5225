#include "analysis/estimate/words.h"

#include <array>
#include <set>

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

// Each value up to `last`, all different.
template <class Enum>
std::size_t count_different(Enum last) {
  std::set<std::string_view> words;
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    words.insert(words_for(static_cast<Enum>(value)));
  }
  return words.size();
}

TEST(Words, TellAllThingsApart) {
  EXPECT_EQ(count_different(Method::paired_shares), 10U);
  EXPECT_EQ(count_different(Doubt::precision_not_reached), 9U);
  EXPECT_EQ(count_different(Refusal::run_longer), 2U);
}

TEST(Words, GiveTheReasonAndTheRemedyOfARefusal) {
  EXPECT_NE(words_for(Refusal::terminating_run).find("use replications"), std::string_view::npos);
  EXPECT_NE(words_for(Refusal::run_longer).find("run longer"), std::string_view::npos);
}

}  // namespace
}  // namespace weir::analysis
