#include "sim/units.h"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random.h"

namespace weir {
namespace {

using Texts = std::vector<std::string_view>;

TEST(Durations, AreReadExactly) {
  const std::vector<std::pair<std::string_view, Duration>> table{
      {"24 h", 24h},
      {"24h", 24h},
      {"1.5 h", 90min},
      {"0.5 s", 500ms},
      {"20 min", 20min},
      {"3 d", 72h},
      {"2 w", 336h},
      {"250 ms", 250ms},
      {"7 us", 7us},
      {"1 ns", 1ns},
      {"0 s", 0s},
      {"1_000 s", 1'000s},
      {"0.001 us", 1ns},
      {"-5 min", -5min},
      {".5 min", 30s},
      {"1.0000 h", 1h},
      {"9223372036854775807 ns", Duration::max()}};
  for (const auto& [text, expected] : table) EXPECT_EQ(parse_duration(text), expected) << text;
}

TEST(Durations, AreRefusedWhenMalformed) {
  for (const std::string_view text :
       Texts{"",        " ",      "24",     "h",     "24 hours", "24 H",  "1,5 h",
             "1.5.2 h", "24 h x", "24  h ", " 24 h", "+3 h",     "1e3 s", "nan s",
             "inf h",   "0x10 s", "--1 s",  "- 1 s", ". s",      "_ s"})
    EXPECT_EQ(parse_duration(text), std::nullopt) << "'" << text << "'";
}

TEST(Durations, AreRefusedWhenNotWholeInNanosecondsOrOutOfRange) {
  for (const std::string_view text :
       Texts{"0.5 ns", "1.0000001 us", "300000 d", "9223372036854775808 ns", "15251 w",
             "99999999999999999999 s", "-300000 d", "0.0000000000000000001 s"})
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
}

TEST(Durations, PrintInTheLargestUnitThatPeopleUse) {
  const std::vector<std::pair<Duration, std::string_view>> table{
      {24h, "24 h"},     {48h, "48 h"}, {72h, "3 d"},        {336h, "14 d"},
      {90min, "90 min"}, {90s, "90 s"}, {1500ms, "1500 ms"}, {1001us, "1001 us"},
      {0s, "0 s"},       {1ns, "1 ns"}, {-5min, "-5 min"}};
  for (const auto& [duration, expected] : table) EXPECT_EQ(to_text(duration), expected);
}

TEST(Durations, ReadBackAsPrinted) {
  Draw draw(1, Purpose{0}, 0, 0);
  for (int i = 0; i < 1'000; ++i) {
    const Duration duration(draw.below(std::uint64_t{1} << draw.below(63)));
    ASSERT_EQ(parse_duration(to_text(duration)), duration) << to_text(duration);
  }
}

TEST(Rates, AreKeptAsWritten) {
  using Thing = Rate<void>;
  const std::vector<std::pair<std::string_view, Thing>> table{
      {"500/h", {500, 1h}},     {"0.5/s", {5, 10s}},       {"3000/24 h", {3000, 24h}},
      {"10 / min", {10, 1min}}, {"2_500/d", {2'500, 24h}}, {"0.25/min", {25, 100min}},
      {"1/0.5 s", {1, 500ms}},  {"0/h", {0, 1h}}};
  for (const auto& [text, expected] : table) EXPECT_EQ(parse_rate(text), expected) << text;
}

TEST(Rates, AreRefusedWhenMalformed) {
  for (const std::string_view text : Texts{"", "500", "500/", "/h", "500 h", "500/0 h", "500/-1 h",
                                           "-500/h", "500/hour", "500//h", "500/h/s", "500 per h",
                                           "0.000000000000001/15000 w", "99999999999999999999/h"})
    EXPECT_EQ(parse_rate(text), std::nullopt) << "'" << text << "'";
}

TEST(Rates, ReadBackAsPrinted) {
  for (const std::string_view text : {"500/h", "5/10 s", "3000/24 h", "1/500 ms", "7/min"})
    EXPECT_EQ(rate_text(parse_rate(text)->count, parse_rate(text)->period), text);
}

TEST(Rates, NeverSpaceThingsCloserThanStated) {
  EXPECT_EQ((Rate<Message>{500, 1h}.interval()), 7'200ms);
  EXPECT_EQ((Rate<Message>{3, 1s}.interval()), 333'333'334ns);
  EXPECT_EQ((Rate<Message>{std::numeric_limits<std::int64_t>::max(), 1h}.interval()), 1ns);
}

TEST(Rates, SayHowMuchPassesInASpan) {
  EXPECT_DOUBLE_EQ((Rate<Message>{500, 1h}.in(90min)), 750.0);
}

TEST(Shares, AreTheNearestNumberToWhatIsWritten) {
  const std::vector<std::pair<std::string_view, double>> table{
      {"0.3 %", 0.003},  {"100 %", 1.0},     {"0 %", 0.0},    {"12.5%", 0.125},
      {".1 %", 0.001},   {"150 %", 1.5},     {"-1 %", -0.01}, {"1_0 %", 0.1},
      {"33.3 %", 0.333}, {"0.07 %", 0.0007}, {"29 %", 0.29}};
  for (const auto& [text, expected] : table) EXPECT_EQ(parse_share(text), expected) << text;
}

TEST(Shares, AreRefusedWhenMalformed) {
  for (const std::string_view text :
       Texts{"", "%", "0.3", "0.3 % ", "0.3 percent", "0.3 %%", "1e1 %", "nan %", "inf %", ". %",
             "0,3 %", "1 2 %", "+3 %", " 3 %"})
    EXPECT_EQ(parse_share(text), std::nullopt) << "'" << text << "'";
}

TEST(Shares, PrintWithoutTheNoiseOfBinaryNumbers) {
  const std::vector<std::pair<double, std::string_view>> table{
      {0.003, "0.3 %"}, {0.29, "29 %"},        {1.0, "100 %"},
      {0.0, "0 %"},     {0.125, "12.5 %"},     {1.5, "150 %"},
      {-0.01, "-1 %"},  {1e-9, "0.0000001 %"}, {1.0 / 3.0, "33.33333333333333 %"}};
  for (const auto& [share, expected] : table) EXPECT_EQ(to_text(Probability{share}), expected);
}

TEST(Shares, ReadBackAsPrintedHoweverSmall) {
  Draw draw(2, Purpose{0}, 0, 0);
  for (int i = 0; i < 10'000; ++i) {
    const double share = draw.uniform() / static_cast<double>(std::uint64_t{1} << draw.below(60));
    ASSERT_EQ(parse_share(to_text(Probability{share})), share) << to_text(Probability{share});
  }
}

TEST(Sizes, AreReadExactly) {
  const std::vector<std::pair<std::string_view, std::int64_t>> table{
      {"25 MB", 25'000'000},
      {"1.5 kB", 1'500},
      {"64 KiB", 65'536},
      {"1 MiB", 1'048'576},
      {"2 GB", 2'000'000'000},
      {"1 GiB", 1'073'741'824},
      {"0 B", 0},
      {"0.5 KiB", 512},
      {"9223372036854775807 B", 9223372036854775807}};
  for (const auto& [text, expected] : table) EXPECT_EQ(parse_bytes(text), Bytes{expected}) << text;
}

TEST(Sizes, AreRefusedWhenMalformedNotWholeOrTooLarge) {
  for (const std::string_view text : Texts{"", "25", "25 Mb", "25 mb", "25 KB", "MB", "0.5 B",
                                           "1.0001 kB", "9223372036854775808 B", "9999999999 GiB"})
    EXPECT_EQ(parse_bytes(text), std::nullopt) << "'" << text << "'";
}

TEST(Sizes, ReadBackAsPrinted) {
  const std::vector<std::pair<std::int64_t, std::string_view>> table{
      {25'000'000, "25 MB"}, {65'536, "64 KiB"}, {1'500, "1500 B"}, {1'000, "1 kB"}, {0, "0 B"}};
  for (const auto& [count, expected] : table) {
    EXPECT_EQ(to_text(Bytes{count}), expected);
    EXPECT_EQ(parse_bytes(expected), Bytes{count});
  }
}

TEST(Numbers, PrintShortestWithoutLosingBits) {
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(1.0 / 3.0), "0.3333333333333333");
  EXPECT_EQ(to_text(std::int64_t{-42}), "-42");
}

}  // namespace
}  // namespace weir
