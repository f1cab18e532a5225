#include "sim/setting.h"

#include <gtest/gtest.h>

namespace weir {
namespace {

template <class Value>
Setting setting(Value value) {
  Setting s;
  s.value = std::move(value);
  return s;
}

Setting text(const char* words) { return setting(std::string(words)); }

Setting table(SettingTable entries) { return setting(std::move(entries)); }

TEST(Setting, FindsEntriesByKeyAndByPath) {
  const Setting root = table({{"site", table({{"eo", table({{"window", text("24 h")}})}})}});
  ASSERT_NE(root.at_path("site.eo.window"), nullptr);
  EXPECT_EQ(*root.at_path("site.eo.window")->string(), "24 h");
  EXPECT_EQ(root.at_path("site.eo.win"), nullptr);
  EXPECT_EQ(root.at_path("site.eo.window.deeper"), nullptr);
  EXPECT_EQ(root.at_path(""), &root);
  EXPECT_EQ(text("no table").find("site"), nullptr);
}

TEST(Setting, ReplacesAnEntryWhereItStands) {
  Setting root = table({{"a", text("1")}, {"b", text("2")}});
  root.set("a", text("3"));
  root.set("c", text("4"));
  EXPECT_EQ(root.text(), R"({ a = "3", b = "2", c = "4" })");
}

TEST(SettingDeathTest, HasNoKeysWhenItIsNoTable) {
  Setting word = text("word");
  EXPECT_DEATH(word.set("a", text("1")), "only a table has keys");
}

TEST(Setting, PrintsAsToml) {
  EXPECT_EQ(setting(true).text(), "true");
  EXPECT_EQ(setting(std::int64_t{-5}).text(), "-5");
  EXPECT_EQ(setting(5.0).text(), "5.0") << "a real number stays one";
  EXPECT_EQ(setting(1e22).text(), "1e+22");
  EXPECT_EQ(setting(SettingList{text("a"), setting(false)}).text(), R"(["a", false])");
  EXPECT_EQ(setting(SettingList{}).text(), "[]");
  EXPECT_EQ(table({{"plain-key_1", text("x")}, {"a key", text("y")}}).text(),
            R"({ plain-key_1 = "x", "a key" = "y" })");
}

TEST(Setting, EscapesWhatTomlDoesNotAllowInQuotes) {
  EXPECT_EQ(text("a\"b\\c").text(), R"("a\"b\\c")");
  EXPECT_EQ(text("a\nb\tc\x01\x7f").text(), R"("a\nb\tc\u0001\u007f")");
  EXPECT_EQ(text("Grüße").text(), "\"Grüße\"");
}

TEST(ToToml, WritesOneLineAValueAndOneHeaderATable) {
  const Setting root = table({{"site", table({{"window", text("24 h")}, {"in", table({})}})},
                              {"seed", setting(std::int64_t{1})},
                              {"odd key", table({{"x", setting(true)}})}});
  EXPECT_EQ(to_toml(root),
            "seed = 1\n"
            "\n[site]\nwindow = \"24 h\"\n"
            "\n[site.in]\n"
            "\n[\"odd key\"]\nx = true\n");
}

TEST(ToToml, KeepsADistributionOnOneLine) {
  const Setting draw = table({{"dist", text("lognormal")}, {"sigma", setting(0.5)}});
  EXPECT_EQ(to_toml(table({{"growth", draw}})), "growth = { dist = \"lognormal\", sigma = 0.5 }\n");
}

TEST(Problem, NamesPlacePathValueAndReason) {
  const Problem problem{{"s.toml", 4, 7}, "site.eo.window", "24", "expected a duration"};
  EXPECT_EQ(problem.text(), "s.toml:4:7: site.eo.window = 24: expected a duration");
  EXPECT_EQ((Problem{{"--set #2", 0, 0}, "a.b", "", "no such parameter"}.text()),
            "--set #2: a.b: no such parameter");
  EXPECT_EQ((Problem{{}, "a.b", "", "is missing"}.text()), "a.b: is missing");
}

TEST(Suggestion, NamesTheClosestWordThatMayBeMeant) {
  const std::vector<std::string> known{"window", "growth", "probation"};
  EXPECT_EQ(closest("windwo", known), "window");
  EXPECT_EQ(closest("Window", known), "window");
  EXPECT_EQ(closest("probaton", known), "probation");
  EXPECT_EQ(closest("windows", {"windowed", "window", "widow"}), "window");
  EXPECT_EQ(closest("throttle", known), "");
  EXPECT_EQ(closest("x", {}), "");
  EXPECT_EQ(suggestion("grwoth", known), " (did you mean 'growth'?)");
}

TEST(Suggestion, ListsWhatThereIsWhenNothingIsClose) {
  EXPECT_EQ(suggestion("throttle", {"window", "growth"}), " (there is: window, growth)");
  EXPECT_EQ(suggestion("throttle", {}), "");
}

}  // namespace
}  // namespace weir
