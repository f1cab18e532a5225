// What is printed: every row that was asked for, and never more than a screen.

#include "experiments/command/text.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace weir::experiments {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::string line;
  for (const char c : text) {
    if (c != '\n') {
      line += c;
      continue;
    }
    lines.push_back(line);
    line.clear();
  }
  EXPECT_EQ(line, "") << "the last line ends";
  return lines;
}

/// Everything at once: every reply, every outcome, held, clamped, interrupted.
Summary crowded(std::size_t sources, std::size_t addresses) {
  Summary s;
  s.scenario = "A crowded scenario";
  s.variant = "all of it";
  s.interrupted = true;
  s.clamped = 3;
  s.held.max = 1e6;
  s.replies.fill(7);
  s.recipients.submitted = s.recipients.held = s.recipients.in_flight = 5;
  s.recipients.finished.fill(1'234'567'890);
  for (std::size_t i = 0; i < sources; ++i)
    s.sources.push_back({.name = "source-" + std::to_string(i),
                         .totals = s.recipients,
                         .delay = {},
                         .held = {},
                         .delivered_by_day = {}});
  for (std::size_t i = 0; i < addresses; ++i)
    s.addresses.push_back({"address-" + std::to_string(i), "site", 10,
                           throttle::Standing{.reputation = 12.3, .windows = 2, .listings = 1}});
  return s;
}

TEST(SummaryText, HasAtMostFortyLinesWithAHundredAddressesAndFiftySources) {
  const auto lines = lines_of(summary_text(crowded(50, 100)));
  EXPECT_LE(lines.size(), 40U);
  EXPECT_GT(lines.size(), 25U) << "the crowd is there";
}

TEST(SummaryText, SaysHowManyItLeftOut) {
  const std::string text = summary_text(crowded(50, 100));
  EXPECT_NE(text.find("and 44 more"), std::string::npos);
  EXPECT_NE(text.find("and 94 more"), std::string::npos);
}

TEST(SummaryText, NamesOutcomesRepliesAndTheInterruption) {
  const std::string text = summary_text(crowded(1, 1));
  for (const char* word : {"delivered", "junked", "bounced", "expired", "held", "in flight",
                           "451 4.7.500", "550 5.7.606", "INTERRUPTED", "A crowded scenario",
                           "all of it", "fingerprint", "listed 1 time"})
    EXPECT_NE(text.find(word), std::string::npos) << word;
}

ReceiverFigures figures(std::uint64_t daily, std::uint64_t windows) {
  ReceiverFigures f;
  f.delivered_by_day.assign(45, daily);
  f.windows = windows;
  f.window_hours = static_cast<double>(windows) * 24;
  f.listings = windows > 2 ? 1 : 0;
  f.reputation_end = 80;
  return f;
}

VariantFigures variant(const std::string& name) {
  VariantFigures v;
  v.name = name;
  for (std::uint64_t i = 0; i < 40; ++i) v.receivers.push_back(figures(100 + i, i % 4));
  v.delay.add(5.0, 90);
  v.report_delay.add(5.0, 90);
  v.delay.add_infinite(10);
  v.report_delay.add_infinite(10);
  return v;
}

/// The cells of the row that begins with `label`, or nothing.
std::string row(const std::string& text, const std::string& label) {
  for (const std::string& line : lines_of(text)) {
    const auto begin = line.find_first_not_of(' ');
    if (begin != std::string::npos && line.compare(begin, label.size(), label) == 0)
      return line.substr(begin + label.size());
  }
  return "";
}

TEST(VariantsText, HasEveryRowThatTheIssueNames) {
  const std::string text = variants_text("title", "campaign", {variant("one"), variant("two")});
  for (const char* label :
       {"delivered by day 1 ", "delivered by day 4 ", "delivered by day 7 ", "delivered by day 15 ",
        "delivered by day 30 ", "day 15, strictest 5 %", "receivers with a window", "95 % interval",
        "receivers that list", "hours throttled", "delay", "90 %", "99 %", "reputation at the end"})
    EXPECT_NE(row(text, label), "") << label;
}

TEST(VariantsText, ShowsTheMeansOverTheReceivers) {
  const std::string text = variants_text("title", "campaign", {variant("one")});
  EXPECT_NE(row(text, "delivered by day 4 ").find("478"), std::string::npos);  // 4 x 119.5
  EXPECT_NE(row(text, "receivers with a window").find("75.0 %"), std::string::npos);
  EXPECT_NE(row(text, "receivers that list").find("25.0 %"), std::string::npos);
  EXPECT_NE(row(text, "hours throttled").find("36.0"), std::string::npos);
  EXPECT_NE(row(text, "99 %").find("never"), std::string::npos) << "a tenth never arrived";
}

TEST(VariantsText, FitsOnAScreen) {
  const std::vector<VariantFigures> variants(4, variant("quite-a-long-name"));
  const auto lines = lines_of(variants_text("title", "campaign", variants));
  EXPECT_LE(lines.size(), 40U);
  for (const std::string& line : lines) EXPECT_LE(line.size(), 104U) << line;
}

TEST(Strictest, IsTheMeanOfTheWorstTwentiethOfTheReceivers) {
  VariantFigures v = variant("one");
  std::reverse(v.receivers.begin(), v.receivers.end());
  EXPECT_DOUBLE_EQ(delivered_at_strictest(v, 15), (15.0 * 100 + 15.0 * 101) / 2);
  v.receivers.resize(1);
  EXPECT_DOUBLE_EQ(delivered_at_strictest(v, 15), 15.0 * 139) << "at least one";
}

TEST(SecondsText, ChoosesAUnitThatIsReadAtAGlance) {
  EXPECT_EQ(seconds_text(0.3), "0.30 s");
  EXPECT_EQ(seconds_text(600.0), "10.0 min");
  EXPECT_EQ(seconds_text(7'200.0), "2.0 h");
  EXPECT_EQ(seconds_text(10 * 86'400.0), "10.0 d");
  EXPECT_EQ(seconds_text(std::nullopt), "never");
}

}  // namespace
}  // namespace weir::experiments
