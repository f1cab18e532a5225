#include "experiments/import/line_source.h"

#include <gtest/gtest.h>

#include "tests/experiments/import/import_support.h"

namespace weir::experiments {
namespace {

using testing::GeneratedBytes;
using testing::TextBytes;

std::vector<std::string> all_lines(LineSource& source) {
  std::vector<std::string> lines;
  while (const auto line = source.next()) lines.emplace_back(line->text);
  return lines;
}

TEST(LineSource, GivesLinesWithoutTheirEnds) {
  TextBytes bytes{"one\ntwo\r\n\nlast"};
  LineSource source{bytes};
  EXPECT_EQ(all_lines(source), (std::vector<std::string>{"one", "two", "", "last"}));
}

TEST(LineSource, GivesTheSameLinesHoweverTheBytesArrive) {
  int calls = 0;
  GeneratedBytes bytes{[&calls] { return calls++ < 1000 ? std::string{"ab\nc"} : std::string{}; }};
  LineSource source{bytes, 16, 40};
  const auto lines = all_lines(source);
  ASSERT_EQ(lines.size(), 1001U);
  EXPECT_EQ(lines[1], "cab");
  EXPECT_EQ(lines[1000], "c");
}

TEST(LineSource, CutsAnOverlongLineAndGoesOnBehindIt) {
  std::string text(1000, 'x');
  TextBytes bytes{text.append("\nnext\n")};
  LineSource source{bytes, 16, 40};
  const auto cut = source.next();
  ASSERT_TRUE(cut);
  EXPECT_TRUE(cut->overlong);
  EXPECT_EQ(cut->text, std::string(16, 'x'));
  const auto next = source.next();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->text, "next");
  EXPECT_EQ(next->number, 2U);
  EXPECT_FALSE(next->overlong);
}

TEST(LineSource, TakesALineOfExactlyTheLimit) {
  std::string text(16, 'x');
  TextBytes bytes{text.append("\n").append(17, 'y')};
  LineSource source{bytes, 16, 40};
  EXPECT_FALSE(source.next()->overlong);
  EXPECT_TRUE(source.next()->overlong);
  EXPECT_FALSE(source.next());
}

TEST(LineSource, LooksAheadWithoutTakingAnything) {
  TextBytes bytes{"one\ntwo\n"};
  LineSource source{bytes};
  EXPECT_EQ(source.ahead(), "one\ntwo\n");
  EXPECT_EQ(source.next()->text, "one");
  EXPECT_EQ(source.ahead(), "two\n");
}

}  // namespace
}  // namespace weir::experiments
