// What stands where in a document of several files and settings, and what wins.

#include "experiments/scenario/document.h"

#include "experiments/scenario/scenario.h"
#include "tests/experiments/trace_file/trace_support.h"

namespace weir::experiments {
namespace {

std::string at(const Document& document, const char* path) {
  const Setting* setting = document.root.at_path(path);
  return setting == nullptr ? "nothing" : setting->text();
}

Document parsed(const std::string& text, const std::vector<std::string>& assignments = {}) {
  return parse_document(text, "s.toml", assignments);
}

TEST(Document, KeepsTheOrderOfTheFile) {
  const Document d = parsed("[source.z]\n[source.a]\n[source.m]\n");
  std::string order;
  for (const auto& [key, value] : *d.root.find("source")->table()) order += key;
  EXPECT_EQ(order, "zam");
}

TEST(Document, RemembersWhereEachValueStands) {
  const Document d = parsed("a = 1\n[b]\n  c = \"24 h\"\n");
  EXPECT_EQ(d.root.at_path("b.c")->place.text(), "s.toml:3:7");
}

TEST(Document, ASettingWinsOverTheFileAndTheLastOverTheFirst) {
  const Document d = parsed("a.b = 1\n", {"a.b=2", "a.b=3", "c.d=24 h"});
  EXPECT_EQ(at(d, "a.b"), "3");
  EXPECT_EQ(at(d, "c.d"), "\"24 h\"");
}

TEST(Document, ANameWithDotsStandsInQuotes) {
  const Document d =
      parsed("[domain.\"a.example\"]\na = \"old\"\n", {"domain.\"a.example\".a=new"});
  EXPECT_EQ(d.root.find("domain")->find("a.example")->find("a")->text(), "\"new\"");
}

TEST(Document, AnotherModelReplacesTheOldOnesParameters) {
  const Document d = parsed("p = { model = \"flat\", days = 30 }\n", {"p={ model = \"none\" }"});
  EXPECT_EQ(at(d, "p.days"), "nothing");
  EXPECT_EQ(at(parsed("p = { model = \"flat\", days = 30 }\n", {"p.volume=9"}), "p.days"), "30");
}

TEST(Document, ADistributionReplacesAnotherWhole) {
  const Document d = parsed("w = { dist = \"lognormal\", median = 3.0, sigma = 1.0 }\n",
                            {"w={ dist = \"choice\", of = [1] }"});
  EXPECT_EQ(at(d, "w.sigma"), "nothing");
}

class ExtendsTest : public testing::FolderTest {};

TEST_F(ExtendsTest, TheFileWinsOverWhatItExtendsAndFindsItBesideItself) {
  write("base.toml", "a = 1\nb = 1\n[t]\nx = 1\ny = 1\n");
  const Document d = load_document(write("s.toml", "extends = \"base.toml\"\nb = 2\n[t]\ny = 2\n"),
                                   std::vector<std::string>{});
  EXPECT_TRUE(d.whole);
  EXPECT_EQ(at(d, "a") + at(d, "b") + at(d, "t.x") + at(d, "t.y"), "1212");
}

TEST_F(ExtendsTest, AFileThatExtendsItselfIsNamedAsSuch) {
  const Document d = load_document(write("s.toml", "extends = \"s.toml\"\n"));
  ASSERT_EQ(d.problems.size(), 1U);
  EXPECT_FALSE(d.whole);
  EXPECT_NE(d.problems[0].text().find("in a circle"), std::string::npos);
}

const std::string kSmall = R"(
[source.a]
arrivals = "poisson"
[address.new]
[site.s]
[variant.slow]
lane.pause = "1 h"
[variant.other]
lane.pause = "2 h"
)";

TEST(Variants, OverrideTheScenarioEachForItself) {
  const Document d = parsed(kSmall);
  EXPECT_EQ(variant_names(d.root), (std::vector<std::string>{"slow", "other"}));
  EXPECT_EQ(apply_variant(d.root, "slow").at_path("lane.pause")->text(), "\"1 h\"");
  EXPECT_EQ(d.root.at_path("lane.pause"), nullptr);
}

TEST(EffectiveScenario, NamesEveryParameterAndBuildsTheSameAgain) {
  Problems problems;
  const Scenario scenario = build_scenario(parsed(kSmall).root, {}, TraceCheck::whole, problems);
  const std::string effective = to_toml(scenario.effective);
  const Document again = parse_document(effective, "e.toml");
  const Scenario rebuilt = build_scenario(again.root, {}, TraceCheck::whole, problems);
  EXPECT_TRUE(problems.empty()) << problems.front().text();
  EXPECT_EQ(to_toml(rebuilt.effective), effective);
  EXPECT_EQ(again.root.at_path("lane.connection_limit")->text(), "20");
}

}  // namespace
}  // namespace weir::experiments
