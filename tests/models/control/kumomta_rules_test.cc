#include <span>

#include "tests/models/control/drive.h"

namespace weir::control {
namespace {

using namespace testing;

/// A rule as a table: {"regex", ...}.
Setting rule(const Keys& keys) { return table_of(keys, "shaping.toml"); }

Setting set_config(const std::string& name, const Setting& value_set) {
  Setting inner = make_table();
  inner.set("name", value(name));
  inner.set("value", value_set);
  Setting action = make_table();
  action.set("SetConfig", inner);
  return action;
}

Setting threshold(const char* rate) { return table_of({{"Threshold", rate}}); }

Setting with(Setting table, const std::string& key, const Setting& entry) {
  table.set(key, entry);
  return table;
}

Setting rules_table(const std::vector<Setting>& rules, const Keys& keys) {
  Setting table = table_of(keys);
  Setting list;
  list.value = SettingList(rules.begin(), rules.end());
  table.set("rules", list);
  return table;
}

std::unique_ptr<Controller> kumo(const std::vector<Setting>& rules, const Keys& keys = {}) {
  Problems found;
  const Setting table = rules_table(rules, keys);
  auto made = find_entry(catalogue(), "kumomta")->make({table, "control", found});
  for (const Problem& problem : found) ADD_FAILURE() << problem.text();
  return made;
}

std::vector<std::string> problems_with(const Setting& broken) {
  Problems found;
  const Setting table = rules_table({broken}, {});
  find_entry(catalogue(), "kumomta")->make({table, "control", found});
  std::vector<std::string> texts;
  for (const Problem& problem : found) texts.push_back(problem.text());
  return texts;
}

const Keys kSuspend{{"regex", "Server busy"}, {"action", "Suspend"}, {"duration", "30m"}};
const Setting kOneConnection = with(rule({{"regex", "Server busy"}, {"duration", "90m"}}), "action",
                                    set_config("connection_limit", value(1)));

TEST(KumoRules, SuspendTheLaneAtOnceWithoutATrigger) {
  const auto lane = kumo({rule(kSuspend)});
  lane->refused(refusal(1s, Reply::throttled_denied));
  EXPECT_LE(lane->held_until(), at(1s));
  lane->refused(refusal(1s, Reply::throttled_busy));
  EXPECT_EQ(lane->held_until(), at(1s + 30min));
  EXPECT_EQ(lane->waiting(at(2s)), Waiting::kept);
}

TEST(KumoRules, WaitForAsManyMatchesInAPeriodAsTheTriggerSays) {
  const auto lane = kumo({with(rule(kSuspend), "trigger", threshold("3/hr"))});
  lane->refused(refusal(0min, Reply::throttled_busy));
  lane->refused(refusal(59min, Reply::throttled_busy));
  lane->refused(refusal(61min, Reply::throttled_busy));  // the first is too long ago
  EXPECT_LE(lane->held_until(), at(61min));
  lane->refused(refusal(62min, Reply::throttled_busy));
  EXPECT_EQ(lane->held_until(), at(92min));
}

TEST(KumoRules, MayCountOverTheirDurationAsTheDaemonDoes) {
  const auto lane =
      kumo({with(rule(kSuspend), "trigger", threshold("2/hr"))}, {{"threshold_span", "duration"}});
  lane->refused(refusal(0min, Reply::throttled_busy));
  lane->refused(refusal(40min, Reply::throttled_busy));
  EXPECT_LE(lane->held_until(), at(40min));
  lane->refused(refusal(60min, Reply::throttled_busy));
  EXPECT_EQ(lane->held_until(), at(90min));
}

TEST(KumoRules, AreRenewedByEveryFurtherMatch) {
  const auto lane = kumo({rule(kSuspend)});
  lane->refused(refusal(0min, Reply::throttled_busy));
  lane->refused(refusal(20min, Reply::throttled_busy));
  EXPECT_EQ(lane->held_until(), at(50min));
}

TEST(KumoRules, OverrideASettingForAWhile) {
  const auto lane = kumo({kOneConnection});
  lane->refused(refusal(0s, Reply::throttled_busy));
  EXPECT_EQ(lane->connection_limit(at(89min)), 1);
  EXPECT_EQ(lane->connection_limit(at(90min)), 32);
}

TEST(KumoRules, OverrideARateUntilTheUsualOneHoldsAgain) {
  const Setting slow = with(rule({{"regex", "Server busy"}, {"duration", "150s"}}), "action",
                            set_config("max_message_rate", value("1/minute")));
  const auto lane = kumo({slow}, {{"max_message_rate", "100/s"}});
  lane->refused(refusal(0s, Reply::throttled_busy));
  lane->message_started(at(60s));
  EXPECT_EQ(lane->next_message(at(60s)), at(120s));
  lane->message_started(at(120s));
  EXPECT_EQ(lane->next_message(at(120s)), at(150s));
  EXPECT_LE(lane->next_message(at(150s)), at(150s));
}

TEST(KumoRules, DoAllOfTheirActions) {
  Setting actions;
  actions.value = SettingList{set_config("max_deliveries_per_connection", value(2)),
                              set_config("connection_limit", value("local:3"))};
  const auto lane = kumo({with(rule({{"regex", "busy"}, {"duration", "1h"}}), "action", actions)});
  lane->refused(refusal(0s, Reply::throttled_busy));
  EXPECT_EQ(lane->messages_per_connection(at(1s)), 2);
  EXPECT_EQ(lane->connection_limit(at(1s)), 3);
}

TEST(KumoRules, LetTheOverrideThatLastsLongestHold) {
  const Setting five = with(rule({{"regex", "4.7.500"}, {"duration", "1h"}}), "action",
                            set_config("connection_limit", value(5)));
  for (const bool swapped : {false, true}) {
    const auto lane = swapped ? kumo({kOneConnection, five}) : kumo({five, kOneConnection});
    lane->refused(refusal(0s, Reply::throttled_busy));
    EXPECT_EQ(lane->connection_limit(at(30min)), 1);
  }
}

TEST(KumoRules, ReturnTheMailOfALane) {
  const auto lane =
      kumo({rule({{"regex", "banned"}, {"action", "Bounce"}, {"duration", "1 hour"}})});
  lane->refused(refusal(0s, Reply::banned_address));
  EXPECT_EQ(lane->waiting(at(59min)), Waiting::bounced);
  EXPECT_EQ(lane->held_until(), at(1h));
  EXPECT_EQ(lane->waiting(at(1h)), Waiting::kept);
}

TEST(KumoRules, CountForEachLaneAlone) {
  const auto prototype = kumo({with(rule(kSuspend), "trigger", threshold("2/hr"))});
  const auto one = prototype->clone();
  const auto other = prototype->clone();
  one->refused(refusal(1s, Reply::throttled_busy));
  other->refused(refusal(1s, Reply::throttled_busy));
  EXPECT_LE(one->held_until(), at(1s));
  EXPECT_LE(other->held_until(), at(1s));
}

TEST(KumoRules, NameWhatIsWrongWithThem) {
  const auto expect = [](const Setting& broken, const std::string& part) {
    const auto found = problems_with(broken);
    ASSERT_EQ(found.size(), 1U) << part;
    EXPECT_NE(found[0].find(part), std::string::npos) << found[0];
  };
  expect(with(rule(kSuspend), "regex", value("a(")), "not a regular expression");
  expect(with(rule(kSuspend), "action", value("Suspense")), "did you mean 'Suspend'?");
  expect(with(rule(kSuspend), "action", value("SetConfig")), "needs a table");
  expect(with(rule(kSuspend), "trigger", value("Once")), "\"Immediate\"");
  expect(with(rule(kSuspend), "duration", value("soon")), "expected a duration");
  expect(with(rule(kSuspend), "regexp", value("x")), "did you mean 'regex'?");
  expect(rule({{"regex", "x"}, {"action", "Suspend"}}), "control.rules.duration: is missing");
  expect(with(rule(kSuspend), "action", set_config("connection_limits", value(1))),
         "did you mean 'connection_limit'?");
  expect(with(rule(kSuspend), "action", set_config("connection_limit", value(0))), "at least 1");
  expect(with(rule(kSuspend), "action", set_config("max_message_rate", value(5))), "a rate");
}

}  // namespace
}  // namespace weir::control
