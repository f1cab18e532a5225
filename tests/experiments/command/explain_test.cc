#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "experiments/command/catalogue_index.h"
#include "experiments/explain/rules.h"
#include "models/reply.h"
#include "tests/experiments/command/program.h"

namespace weir::experiments {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool says(const std::string& text, std::string_view what) {
  return text.find(what) != std::string::npos;
}

/// The page without its line breaks, so that sentences can be looked for.
std::string unwrapped(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != '\n' && c != ' ') {
      out += c;
    } else if (!out.ends_with(' ')) {
      out += ' ';
    }
  return out;
}

std::string explained(const std::string& name) {
  const Ran ran = run_weir("explain '" + name + "'");
  EXPECT_EQ(ran.code, 0) << name << ": " << ran.text;
  return unwrapped(ran.text);
}

TEST(Explain, AnswersEveryRuleWithItsMeaningAndWhatWeirDoes) {
  const auto rules = all_rules();
  ASSERT_EQ(rules.size(), 146);
  for (const Rule& rule : rules) {
    const std::string page = explained(std::string(rule.id));
    EXPECT_TRUE(page.starts_with(std::string(rule.id) + " (rule)")) << page;
    EXPECT_TRUE(says(page, rule.meaning)) << page;
    EXPECT_TRUE(says(page, coverage_words(rule.coverage))) << page;
  }
}

TEST(Explain, NumbersTheRulesWithoutAGap) {
  const auto rules = all_rules();
  std::string before = "S0-00";
  for (const Rule& rule : rules) {
    const bool same_part = rule.id.substr(0, 2) == before.substr(0, 2);
    const int number = std::stoi(std::string(rule.id.substr(3)));
    EXPECT_EQ(number, same_part ? std::stoi(before.substr(3)) + 1 : 1) << rule.id;
    before = rule.id;
  }
}

TEST(Explain, SaysOfEveryModelledRuleWhatModelsIt) {
  for (const Rule& rule : all_rules()) {
    const bool modelled = rule.coverage == Coverage::modelled || rule.coverage == Coverage::partly;
    EXPECT_FALSE(modelled && rule.how.empty()) << rule.id;
    EXPECT_FALSE(effect_words(rule.effects).empty()) << rule.id;
  }
}

TEST(Explain, AnswersEveryModelWithItsSummary) {
  for (const ModelInfo& model : all_models()) {
    const std::string page = explained(model.family + "." + model.name);
    EXPECT_TRUE(says(page, model.summary)) << page;
    EXPECT_TRUE(says(explained(model.name), model.family + "." + model.name)) << model.name;
  }
}

TEST(Explain, AnswersEveryParameterWithItsDefaultBoundsAndSource) {
  const auto check = [](const std::string& name, const ParameterInfo& info) {
    const std::string page = explained(name);
    EXPECT_TRUE(says(page, unwrapped(info.key + " = " + info.fallback))) << page;
    EXPECT_TRUE(says(page, info.words)) << page;
    EXPECT_TRUE(says(page, info.kind)) << page;
    const std::string bounds = info.low.empty() ? "" : "from " + info.low + " to " + info.high;
    EXPECT_TRUE(says(page, bounds)) << page;
    EXPECT_TRUE(says(page, info.source.substr(std::min<std::size_t>(1, info.source.size()))));
  };
  for (const ModelInfo& model : all_models())
    for (const ParameterInfo& info : model.params)
      check(model.family + "." + model.name + "." + info.key, info);
  for (const TableInfo& table : all_tables())
    for (const ParameterInfo& info : table.params)
      check(table.path.empty() ? info.key : table.path + "." + info.key, info);
}

TEST(Explain, AnswersEveryTableAndFamily) {
  for (const TableInfo& table : all_tables())
    EXPECT_TRUE(says(explained(table.path.empty() ? "scenario" : table.path), table.words));
  for (const FamilyInfo& family : all_families())
    EXPECT_TRUE(says(explained(family.name), family.question)) << family.name;
}

TEST(Explain, AnswersACodeWithEveryReplyThatHasIt) {
  for (const ReplyInfo& reply : all_replies()) {
    const std::string code(reply.code);
    EXPECT_TRUE(says(explained(code), unwrapped(std::string(reply.text)))) << code;
    EXPECT_TRUE(says(explained(code.substr(4)), unwrapped(std::string(reply.text)))) << code;
    if (reply.severity == Severity::accept) continue;
    EXPECT_TRUE(says(explained(std::string(reply.cause)), code)) << reply.cause;
  }
}

TEST(Explain, TakesALineOfALogAsItsCode) {
  EXPECT_TRUE(says(explained("451 4.7.500 Server busy. Please try again later."), "ip-throttling"));
}

TEST(Explain, KnowsTheWordsOfASummary) {
  for (const char* word :
       {"submitted", "expanded",   "refused",     "delivered", "junked", "quarantined",
        "deleted",   "redirected", "bounced",     "expired",   "held",   "in_flight",
        "in flight", "accepted",   "deferred",    "rejected",  "new",    "known",
        "throttled", "listed",     "fingerprint", "windows"})
    EXPECT_NE(explained(word), "") << word;
}

TEST(Explain, DoesNotCareAboutCaseOrHyphens) {
  EXPECT_TRUE(says(explained("s4-57"), "S4-57 (rule)"));
  EXPECT_TRUE(says(explained("Lane.Connection-Limit"), "connection_limit = "));
}

TEST(Explain, TakesAPathAsAScenarioHasIt) {
  EXPECT_TRUE(
      says(explained("site.exchange-online.throttle.ip.probation"), "throttle.history-window"));
  EXPECT_TRUE(says(explained("source.newsletter.complaints"), "report the message as spam"));
}

TEST(Explain, ListsAllThatAnAmbiguousNameMayMean) {
  const std::string both = explained("table");
  EXPECT_TRUE(says(both, "plan.table (model)"));
  EXPECT_TRUE(says(both, "size.table (model)"));
  const std::string many = explained("lifetime");
  EXPECT_TRUE(says(many, "'lifetime' may mean:"));
  EXPECT_TRUE(says(many, "weir explain retry.postfix.lifetime"));
}

TEST(Explain, ShowsTheRuleThatADefaultRestsOn) {
  EXPECT_TRUE(says(explained("history-window.window"), find_rule("S4-57")->meaning));
  EXPECT_TRUE(says(explained("S4-57"), "throttle.history-window.window"));
}

TEST(Explain, SuggestsWhatAnUnknownNameMayHaveMeant) {
  const Ran ran = run_weir("explain probatoin");
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.text,
            "weir explain: nothing is called 'probatoin' (did you mean 'probation'?); `weir "
            "explain` lists what there is\n");
  EXPECT_TRUE(says(run_weir("explain S4-99").text, "did you mean 'S4-"));
}

TEST(Explain, RefusesWhatIsLikeNothing) {
  const Ran ran = run_weir("explain qqqqqqqqqqqqqqqq");
  EXPECT_EQ(ran.code, 1);
  EXPECT_FALSE(says(ran.text, "did you mean")) << ran.text;
  EXPECT_EQ(run_weir("explain ''").code, 0) << "no name: what there is";
}

TEST(Explain, SaysWhatThereIsOnAPageOrSo) {
  const Ran ran = run_weir("explain");
  EXPECT_EQ(ran.code, 0);
  EXPECT_LE(lines_of(ran.text).size(), 65U);
  for (const char* word : {"lane", "history-window", "451 4.7.500", "in_flight", "S4-90"})
    EXPECT_TRUE(says(unwrapped(ran.text), word)) << word;
}

TEST(Explain, FitsATerminal) {
  for (const char* arguments :
       {"explain", "presets", "explain history-window", "explain lane", "explain source",
        "explain size.table", "explain '550 5.7.606'", "explain dist", "explain lifetime"}) {
    const auto lines = lines_of(run_weir(arguments).text);
    EXPECT_FALSE(lines.empty()) << arguments;
    for (const std::string& line : lines) EXPECT_LE(line.size(), 100U) << arguments << ": " << line;
  }
}

TEST(Presets, ListEveryModelUnderItsFamily) {
  const Ran ran = run_weir("presets");
  EXPECT_EQ(ran.code, 0);
  std::size_t at = 0;
  for (const ModelInfo& model : all_models()) {
    at = ran.text.find("\n  " + model.name + " ", at);
    ASSERT_NE(at, std::string::npos) << model.name;
  }
  for (const FamilyInfo& family : all_families())
    EXPECT_TRUE(says(ran.text, family.name + ": " + family.question + "\n"));
}

}  // namespace
}  // namespace weir::experiments
