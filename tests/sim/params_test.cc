#include "sim/params.h"

#include <gtest/gtest.h>

namespace weir {

enum class Mode { closed, trickle };

constexpr std::array<EnumWord<Mode>, 2> words_of(Mode) {
  return {{{Mode::closed, "closed"}, {Mode::trickle, "trickle"}}};
}

namespace {

struct Params {
  Duration window{24h};
  double growth = 3.0;
  std::int64_t probation = 9'000;
  Probability share{0.25};
  Rate<Message> trickle{60, 1h};
  Bytes largest{25'000'000};
  Mode mode = Mode::closed;
  std::optional<Duration> expiry;
  std::vector<Duration> waits{5min, 10min};

  static void describe(auto field) {
    field("window", &Params::window, "How long a window lasts.", Bounds<Duration>{1min, 720h},
          Source{"S4-57"});
    field("growth", &Params::growth, "How fast a limit may grow.", Bounds<double>{1.0, 10.0});
    field("probation", &Params::probation, "What a new address may send.");
    field("share", &Params::share, "How much of it in an hour.");
    field("trickle", &Params::trickle, "What passes in a window.");
    field("largest", &Params::largest, "The largest message.");
    field("mode", &Params::mode, "What a window does.");
    field("expiry", &Params::expiry, "When it is given up.");
    field("waits", &Params::waits, "Between attempts.");
  }

  static void check(const Params& p, const ParamsPlace& at) {
    if (p.expiry && *p.expiry < p.window) at.report("expiry", "must not be below `window`");
  }
};

Setting setting(auto value) {
  Setting s;
  s.value = std::move(value);
  return s;
}

Setting text(const char* words) { return setting(std::string(words)); }

/// One reading of a table of settings, with what it complained of.
struct Reading {
  explicit Reading(const SettingTable& entries, std::vector<std::string> other_keys = {}) {
    Setting table = make_table();
    for (const auto& [key, value] : entries) table.set(key, value);
    params = read_params<Params>({table, "site.eo", problems}, std::move(other_keys));
  }

  /// The only problem, or a remark that there is not one.
  std::string problem() const {
    return problems.size() == 1 ? problems.front().text() : std::to_string(problems.size());
  }

  Problems problems;
  Params params;
};

TEST(ReadParams, LeavesDefaultsWhereNothingIsSaid) {
  const Reading reading({});
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(reading.params.window, 24h);
  EXPECT_EQ(reading.params.waits.size(), 2U);
}

TEST(ReadParams, TakesWhatIsGiven) {
  const Reading reading({{"window", text("12 h")}, {"mode", text("trickle")}});
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(reading.params.window, 12h);
  EXPECT_EQ(reading.params.mode, Mode::trickle);
}

TEST(ReadParams, SuggestsTheKeyThatWasMeant) {
  EXPECT_EQ(Reading({{"windwo", text("12 h")}}).problem(),
            "site.eo.windwo = \"12 h\": no such parameter (did you mean 'window'?)");
}

TEST(ReadParams, LetsOthersHaveTheirKeys) {
  EXPECT_TRUE(Reading({{"type", text("history-window")}}, {"type"}).problems.empty());
}

TEST(ReadParams, AsksForTheUnitOfABareNumber) {
  EXPECT_EQ(Reading({{"window", setting(std::int64_t{24})}}).problem(),
            "site.eo.window = 24: expected a duration with its unit, such as \"20 min\"");
}

TEST(ReadParams, SaysWhichWordsThereAre) {
  EXPECT_EQ(Reading({{"mode", text("open")}}).problem(),
            R"(site.eo.mode = "open": expected one of "closed" "trickle")");
}

TEST(ReadParams, HoldsValuesToTheirBounds) {
  EXPECT_EQ(Reading({{"window", text("30 s")}}).problem(),
            R"(site.eo.window = "30 s": must lie between "1 min" and "30 d")");
  EXPECT_EQ(Reading({{"growth", setting(10.5)}}).problem(),
            "site.eo.growth = 10.5: must lie between 1.0 and 10.0");
}

TEST(ReadParams, TakesTheBoundsThemselves) {
  EXPECT_TRUE(Reading({{"window", text("1 min")}, {"growth", setting(10.0)}}).problems.empty());
}

TEST(ReadParams, ClampsWhatWasDrawn) {
  Setting high = setting(1e6);
  Setting low = text("1 ns");
  high.drawn = low.drawn = true;
  const Reading reading({{"growth", high}, {"window", low}});
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(reading.params.growth, 10.0);
  EXPECT_EQ(reading.params.window, 1min);
}

TEST(ReadParams, ReportsEverythingAtOnce) {
  const Reading reading({{"window", setting(true)},
                         {"growth", setting(0.0)},
                         {"share", text("101 %")},
                         {"nonsense", text("?")}});
  EXPECT_EQ(reading.problems.size(), 4U);
}

TEST(ReadParams, NamesThePlaceOfTheValue) {
  Setting window = setting(true);
  window.place = {"s.toml", 4, 10};
  EXPECT_EQ(Reading({{"window", window}}).problem().find("s.toml:4:10: site.eo.window = true: "),
            0U);
}

TEST(ReadParams, ChecksFieldsAgainstEachOther) {
  EXPECT_EQ(Reading({{"expiry", text("1 h")}}).problem(),
            R"(site.eo.expiry = "1 h": must not be below `window`)");
}

TEST(ReadParams, ChecksFieldsAgainstEachOtherOnlyWhenEachIsSound) {
  EXPECT_EQ(Reading({{"expiry", text("1 h")}, {"growth", setting(0.0)}}).problems.size(), 1U);
}

TEST(ReadParams, ReportsUnderTheKeyAloneAtTheRoot) {
  Problems problems;
  Setting table = make_table();
  table.set("windo", text("1 h"));
  read_params<Params>({table, "", problems});
  EXPECT_EQ(problems.at(0).path, "windo");
}

TEST(DescribeParams, KeepsTheOrderOfDescription) {
  std::vector<std::string> keys;
  for (const ParameterInfo& info : describe_params<Params>()) keys.push_back(info.key);
  EXPECT_EQ(keys, (std::vector<std::string>{"window", "growth", "probation", "share", "trickle",
                                            "largest", "mode", "expiry", "waits"}));
}

TEST(DescribeParams, TellsAllThereIsToTell) {
  const ParameterInfo window = describe_params<Params>().at(0);
  EXPECT_EQ(window.kind, "a duration with its unit, such as \"20 min\"");
  EXPECT_EQ(window.shape, ValueShape::text);
  EXPECT_EQ(window.fallback, "\"24 h\"");
  EXPECT_EQ(window.low, "\"1 min\"");
  EXPECT_EQ(window.high, "\"30 d\"");
  EXPECT_EQ(window.words, "How long a window lasts.");
  EXPECT_EQ(window.source, "S4-57");
}

TEST(DescribeParams, LeavesOpenWhatIsNotSaid) {
  const ParameterInfo mode = describe_params<Params>().at(6);
  EXPECT_EQ(mode.choices, (std::vector<std::string>{"closed", "trickle"}));
  EXPECT_EQ(mode.low + mode.high + mode.source, "");
}

TEST(EchoParams, ReadsBackAsTheSameParameters) {
  Params odd;
  odd.window = 90min + 7ns;
  odd.growth = 1.0 + 1.0 / 3.0;
  odd.share = {0.000'123'456'789'012'345};
  odd.trickle = {5, 10s};
  odd.mode = Mode::trickle;
  odd.expiry = 48h;
  odd.waits = {1ms};
  const Setting echo = echo_params(odd);
  const Reading reading(*echo.table());
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(to_toml(echo_params(reading.params)), to_toml(echo));
  EXPECT_EQ(reading.params.share, odd.share);
  EXPECT_EQ(reading.params.growth, odd.growth);
}

TEST(EchoParams, NamesEveryParameterWithItsDefault) {
  EXPECT_EQ(to_toml(echo_params(Params())),
            "window = \"24 h\"\ngrowth = 3.0\nprobation = 9000\nshare = \"25 %\"\n"
            "trickle = \"60/h\"\nlargest = \"25 MB\"\nmode = \"closed\"\nexpiry = \"none\"\n"
            "waits = [\"5 min\", \"10 min\"]\n");
}

}  // namespace
}  // namespace weir
