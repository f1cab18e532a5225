#include "models/filter/content.h"

#include "tests/models/filter/filter_support.h"
#include "tests/support/statistics.h"

namespace weir::filter {
namespace {

TEST(Content, IsWhatTheSharesSay) {
  std::uint64_t spam = 0, sure = 0, malware = 0, locked = 0, trials = 20'000;
  for (std::uint64_t key = 0; key < trials; ++key) {
    Draw draw = testing::draw(key);
    const Content content = draw_content({{0.1}, {0.5}, {0.05}, {0.2}}, draw);
    spam += content.spam ? 1U : 0U;
    sure += content.high_confidence ? 1U : 0U;
    malware += content.malware ? 1U : 0U;
    locked += content.locked ? 1U : 0U;
  }
  EXPECT_TRUE(weir::testing::check_share(spam, trials, 0.1));
  EXPECT_TRUE(weir::testing::check_share(sure, trials, 0.05));
  EXPECT_TRUE(weir::testing::check_share(malware, trials, 0.05));
  EXPECT_TRUE(weir::testing::check_share(locked, trials, 0.2));
}

TEST(Content, IsSureOfNothingThatIsNoSpam) {
  Draw draw = testing::draw();
  EXPECT_FALSE(draw_content({{0.0}, {1.0}, {0.0}, {0.0}}, draw).high_confidence);
}

TEST(Content, TakesFourNumbersWhateverTheShares) {
  Draw none = testing::draw();
  Draw all = testing::draw();
  draw_content({}, none);
  draw_content({{1.0}, {1.0}, {1.0}, {1.0}}, all);
  EXPECT_EQ(none.draws(), 4U);
  EXPECT_EQ(all.draws(), 4U);
}

}  // namespace
}  // namespace weir::filter
