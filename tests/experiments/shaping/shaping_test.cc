#include "experiments/shaping/shaping.h"

#include "tests/experiments/shaping/shaping_support.h"
#include "tests/experiments/trace_file/trace_support.h"

namespace weir::experiments {
namespace {

using testing::controller_of;
using testing::Resolved;

class Shaping : public testing::FolderTest {
 protected:
  /// Resolves `text` as the only shaping file, for what `destination` says.
  Resolved resolve(const std::string& text, const std::string& destination) {
    write("a.toml", text);
    return control("shaping = [\"a.toml\"], " + destination);
  }

  Resolved control(const std::string& keys) {
    return testing::resolved("{ model = \"kumomta\", " + keys + " }", path("s.toml"));
  }
};

/// Every level sets what the later ones set, too.
constexpr const char* kLevels = R"(
["default"]
max_ready = 1
connection_limit = 1
[provider."p"]
connection_limit = 2
[provider."p".sources."s"]
connection_limit = 3
["site.example"]
connection_limit = 4
["site.example".sources."s"]
connection_limit = 5
["alone.example"]
mx_rollup = false
connection_limit = 6
["alone.example".sources."s"]
connection_limit = 7
)";

TEST_F(Shaping, PutsEachLevelOnTopOfTheOnesBefore) {
  const auto limit = [&](const std::string& to) {
    return resolve(kLevels, to).at("connection_limit");
  };
  EXPECT_EQ(limit("domain = \"other.example\""), "1");
  EXPECT_EQ(limit("provider = \"p\""), "2");
  EXPECT_EQ(limit("provider = \"p\", source = \"s\""), "3");
  EXPECT_EQ(limit("provider = \"p\", source = \"s\", domain = \"site.example\""), "5");
  EXPECT_EQ(limit("provider = \"p\", domain = \"site.example\""), "4");
  EXPECT_EQ(limit("provider = \"p\", source = \"t\", domain = \"alone.example\""), "6");
  EXPECT_EQ(limit("source = \"s\", domain = \"alone.example\""), "7");
}

TEST_F(Shaping, LetsTheScenarioHaveTheLastWord) {
  EXPECT_EQ(resolve(kLevels, "provider = \"p\", connection_limit = 9").at("connection_limit"), "9");
}

TEST_F(Shaping, LeavesPlainKeysOfTheControllerOnly) {
  const Resolved r = resolve(kLevels, "provider = \"p\", domain = \"d\", mx = [], source = \"s\"");
  for (const char* key : {"shaping", "provider", "domain", "mx", "source", "max_ready"})
    EXPECT_EQ(r.at(key), "nothing") << key;
  EXPECT_EQ(r.at("model"), "\"kumomta\"");
  EXPECT_TRUE(r.problems.empty());
}

TEST_F(Shaping, ListsWhatHasNoMeaningHere) {
  const Resolved r = resolve(kLevels, "provider = \"p\"");
  EXPECT_EQ(r.remarks, (std::vector{path("a.toml") + ":3:13: control.max_ready = 1: has no meaning "
                                                     "here and is ignored"}));
}

TEST_F(Shaping, PutsALaterFileOnTop) {
  write("a.toml", "[\"default\"]\nconnection_limit = 1\nmax_message_rate = \"5/s\"\n");
  write("b.toml", "[\"default\"]\nconnection_limit = 2\n");
  const Resolved both = control("shaping = [\"a.toml\", \"b.toml\"]");
  EXPECT_EQ(both.at("connection_limit"), "2");
  EXPECT_EQ(both.at("max_message_rate"), "\"5/s\"");
  write("b.toml", "[\"default\"]\nreplace_base = true\nconnection_limit = 2\n");
  EXPECT_EQ(control("shaping = [\"a.toml\", \"b.toml\"]").at("max_message_rate"), "nothing");
}

TEST_F(Shaping, KeepsTheLimitsOfAProviderBesideItsOwn) {
  const Resolved r = resolve(R"([provider."p"]
connection_limit = "local:1,000"
provider_connection_limit = 5
provider_max_message_rate = "10/s"
source_selection_rate = "500/d,max_burst=1"
[provider."p".additional_connection_limits]
shared = "7"
)",
                             "provider = \"p\"");
  EXPECT_EQ(r.at("connection_limit"), "1000");
  EXPECT_EQ(r.at("additional_connection_limits"), "[5, 7]");
  EXPECT_EQ(r.at("additional_message_rates"), "[\"10/s\", \"500/d,max_burst=1\"]");
}

constexpr const char* kProviders = R"([provider."m"]
match = [{MXSuffix=".m.example"}, {HostName="mail.other.example"}]
connection_limit = 2
[provider."d"]
match = [{DomainSuffix=".d.example"}]
max_message_rate = "3/s"
)";

TEST_F(Shaping, FindsProvidersByMxHostsThatAllMatch) {
  const auto limit = [&](const std::string& mx) {
    return resolve(kProviders, "mx = " + mx).at("connection_limit");
  };
  EXPECT_EQ(limit("[\"a.m.example.\", \"mail.other.example\"]"), "2");
  EXPECT_EQ(limit("[\"a.m.example\", \"b.n.example\"]"), "nothing");
  EXPECT_EQ(limit("[\"a.mail.other.example\"]"), "nothing");
}

TEST_F(Shaping, FindsProvidersByTheEndOfTheDomain) {
  const auto rate = [&](const std::string& domain) {
    return resolve(kProviders, "domain = \"" + domain + "\"").at("max_message_rate");
  };
  EXPECT_EQ(rate("x.d.example"), "\"3/s\"");
  EXPECT_EQ(rate("d.example"), "nothing");
}

TEST_F(Shaping, GathersTheRulesOfAllLevels) {
  const auto rule = [](const std::string& where, const std::string& regex) {
    return "[[" + where + ".automation]]\nregex = \"" + regex +
           "\"\naction = \"Suspend\"\nduration = \"1h\"\n";
  };
  const Resolved r = resolve(rule("default", "one") + rule("provider.\"p\"", "two") +
                                 rule("provider.\"q\"", "three") + rule("\"d.example\"", "four"),
                             "provider = \"p\", domain = \"d.example\"");
  std::string found;
  for (const Setting& one : *r.settings.find("rules")->list()) found += one.find("regex")->text();
  EXPECT_EQ(found, "\"one\"\"two\"\"four\"");
}

TEST_F(Shaping, DropsActionsThatSetWhatIsIgnored) {
  const Resolved r = resolve(R"([["default".automation]]
regex = "tls"
action = [{SetConfig={name="enable_tls", value="Disabled"}}, "Suspend"]
match_internal = true
duration = "1h"
[["default".automation]]
regex = "more tls"
action = {SetConfig={name="enable_tls", value="Disabled"}}
duration = "1h"
)",
                             "domain = \"d.example\"");
  EXPECT_EQ(r.at("rules"), "[{ regex = \"tls\", duration = \"1h\", action = [\"Suspend\"] }]");
  EXPECT_EQ(r.remarks.size(), 3U);
}

TEST_F(Shaping, RefusesKeysThatKumoMtaDoesNotKnow) {
  const Resolved r = resolve("[\"d.example\"]\nconection_limit = 5\n", "provider = \"q\"");
  ASSERT_EQ(r.problems.size(), 2U);
  EXPECT_EQ(r.problems[0], path("a.toml") +
                               ":2:19: d.example.conection_limit = 5: no such "
                               "parameter (did you mean 'connection_limit'?)");
  EXPECT_NE(r.problems[1].find("no such provider"), std::string::npos);
}

TEST_F(Shaping, SuggestsTheProviderThatIsMeant) {
  const Resolved r = resolve("[provider.\"outlook\"]\n", "provider = \"outlok\"");
  ASSERT_EQ(r.problems.size(), 1U);
  EXPECT_TRUE(
      r.problems[0].ends_with("control.provider = \"outlok\": the shaping files have no such "
                              "provider (did you mean 'outlook'?)"))
      << r.problems[0];
}

TEST_F(Shaping, SaysWhereTheFileIsNamedThatCannotBeRead) {
  const Resolved r = control("shaping = [\"none.toml\"]");
  ASSERT_EQ(r.problems.size(), 1U);
  EXPECT_TRUE(r.problems[0].starts_with(path("s.toml") + ":1:")) << r.problems[0];
  EXPECT_NE(r.problems[0].find("none.toml"), std::string::npos) << r.problems[0];
  EXPECT_NE(r.problems[0].find("No such file"), std::string::npos) << r.problems[0];
}

TEST_F(Shaping, NamesThePlaceInTheShapingFileOfWhatTheControllerRefuses) {
  Resolved r = resolve(
      "[\"default\"]\nmax_message_rate = \"100/our\"\n"
      "[[\"default\".automation]]\nregex = \"a(\"\naction = \"Suspend\"\n"
      "duration = \"1h\"\n",
      "domain = \"d.example\"");
  EXPECT_EQ(controller_of(r), nullptr);
  ASSERT_EQ(r.problems.size(), 1U);
  EXPECT_TRUE(r.problems[0].starts_with(path("a.toml") + ":2:20: control.max_message_rate = "))
      << r.problems[0];
}

TEST_F(Shaping, NamesThePlaceOfAPatternThatCannotBeTaken) {
  Resolved r = resolve(
      "[[\"default\".automation]]\nregex = [\"fine\", \"a(\"]\n"
      "action = \"Suspend\"\nduration = \"1h\"\n",
      "domain = \"d.example\"");
  EXPECT_EQ(controller_of(r), nullptr);
  ASSERT_EQ(r.problems.size(), 1U);
  EXPECT_TRUE(r.problems[0].starts_with(path("a.toml") + ":2:18: control.rules.regex = \"a(\": "))
      << r.problems[0];
}

}  // namespace
}  // namespace weir::experiments
