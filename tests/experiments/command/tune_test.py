"""`weir tune`: the plan, the words around it, what is refused, and that a killed one goes on."""

import json
import time
import tomllib
import unittest

from program import ProgramTest

# A receiver whose probation is not known. Small, so that a search takes seconds.
SCENARIO = """
title = "2,000 messages from a new address"
horizon = "30 d"

[source.campaign]
arrivals = { model = "campaign", messages = 2000 }
plan = "ramp"

[plan.ramp]
model = "flat"
volume = 2000
days = 10

[address.new]
ip = "192.0.2.1"
domain = "a.example"

[lane]
retry = "postfix"

[site.there.throttle.ip]
model = "history-window"
half_life = "24 h"
probation = { dist = "lognormal", median = "250/d", sigma = 0.3 }
growth = { dist = "uniform", from = 1.5, to = 2.5 }

[variant.fast]
plan.ramp.days = 3
"""

QUICK = ["--ensemble", "--risk", "5 %", "--receivers", "100", "--generations", "8",
         "--validate", "60", "--no-frontier"]


class TuneTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("t.toml", SCENARIO)

    def tune(self, *arguments, code=0):
        done = self.weir("tune", "t.toml", *QUICK, "--json", "--quiet", *arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)


class PlanTest(TuneTest):
    def test_the_plan_is_faster_than_the_scenarios_own_and_keeps_the_risk(self):
        found = self.tune()
        days = found["plan"]["days"]
        self.assertEqual(days, sorted(days), "plans never fall")
        self.assertLess(found["days_to_deliver"], 9.9)
        validation = found["validation"]
        self.assertEqual(validation["receivers"], 60)
        self.assertLessEqual(validation["risk"], validation["upper95"])
        self.assertAlmostEqual(validation["gap"], validation["risk"] - 0.05)
        self.assertGreaterEqual(validation["delivered"], 0.99)
        self.assertEqual(found["not_met"], [])
        names = [other["name"] for other in found["against"]]
        self.assertEqual(names, ["best geometric", "as it is", "fast", "flat-30", "flat-15"])
        own = found["against"][1]
        self.assertGreater(own["days_behind"]["low"], 0)
        self.assertAlmostEqual(own["days_behind"]["mean"], own["days"] - validation["days"])
        unknowns = {unknown["path"].rsplit(".", 1)[-1] for unknown in found["unknowns"]}
        self.assertEqual(unknowns, {"probation", "growth"})

    def test_the_plan_can_be_run_and_comes_out_as_said(self):
        found = self.tune("-o", "plan.toml")
        self.assertEqual(self.weir("check", "plan.toml").returncode, 0)
        runs = json.loads(self.weir("run", "plan.toml", "--replications", "60", "--no-result",
                                    "--json", "--quiet").stdout)["variants"]
        (plan,) = [figures for name, figures in runs.items() if name != "fast"]
        self.assertEqual(plan["throttled"]["count"], found["validation"]["windows"])

    def test_the_answer_does_not_depend_on_the_number_of_threads(self):
        one = self.tune("--jobs", "1")
        three = self.tune("--jobs", "3")
        for answer in (one, three):
            del answer["wall_s"]
        self.assertEqual(one, three)

    def test_the_words_name_the_plan_the_risk_and_what_was_not_met(self):
        done = self.weir("tune", "t.toml", *QUICK)
        self.assertEqual(done.returncode, 0, done.stderr)
        for words in ("the best plan found", "at a risk of 5.00 %", "validated by 60 full runs",
                      "best geometric", "days behind (95 %)",
                      "if it were known to be in the middle"):
            self.assertIn(words, done.stdout)
        self.assertIn("the plan, to run or to vary: t-tuned.toml", done.stderr)
        self.assertTrue(all(len(line) <= 110 for line in done.stdout.splitlines()), done.stdout)

    def test_without_an_ensemble_the_receiver_in_the_middle_decides(self):
        done = self.weir("tune", "t.toml", "--generations", "8", "--validate", "0", "--json", "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(done.stdout)
        self.assertNotIn("validation", found)
        self.assertLessEqual(found["plan"]["days"][0], 250)
        self.assertLess(found["days_to_deliver"], self.tune()["days_to_deliver"])

    def test_what_the_runs_refute_exits_with_4(self):
        self.write("t.toml", SCENARIO + '[tune]\nlate = "0 %"\nlate_after = "1 min"\n')
        found = self.tune(code=4)
        self.assertTrue(any("late" in what for what in found["not_met"]), found["not_met"])


class ResumeTest(TuneTest):
    def test_a_killed_tuning_goes_on_to_the_same_answer(self):
        whole = self.tune("-o", "whole.toml")
        process = self.start("tune", "t.toml", *QUICK, "-o", "plan.toml", "--json", "--quiet")
        for _ in range(600):
            time.sleep(0.05)
            if "plan.toml.memo" in self.files() and process.poll() is None:
                with open(self.folder / "plan.toml.memo", encoding="utf-8") as memo:
                    if len(memo.readlines()) > 6:
                        break
        process.kill()
        process.communicate()
        resumed = self.tune("-o", "plan.toml", "--resume")
        for answer in (whole, resumed):
            del answer["wall_s"]
        self.assertEqual(whole, resumed)
        self.assertEqual(self.files(), [], "nothing is left when the answer was given")

    def test_another_question_is_not_resumed(self):
        self.write("plan.toml.memo", "weir tune 1 of something else\n")
        done = self.weir("tune", "t.toml", *QUICK, "-o", "plan.toml", "--resume")
        self.assertEqual(done.returncode, 3)
        self.assertIn("belongs to another scenario, goal or version", done.stderr)


class ReactionTest(TuneTest):
    def test_what_to_do_when_a_window_opens_is_found_by_hours_lost(self):
        risky = ["30 %" if word == "5 %" else word for word in QUICK]
        done = self.weir("tune", "t.toml", *risky, "--json", "--quiet", "-o", "plan.toml")
        found = json.loads(done.stdout)
        reaction = found["reaction"]
        self.assertEqual(reaction["receivers"], 16)
        self.assertLess(reaction["hours_lost"], 0.8 * reaction["hours_lost_before"])
        plan = tomllib.loads((self.folder / "plan.toml").read_text())["plan"]["ramp"]
        self.assertEqual(plan["cut"], f"{100 * reaction['cut']:.0f} %")
        self.assertEqual(plan["resume"], f"{100 * reaction['resume']:.0f} %")


class PoolTest(TuneTest):
    def pools(self, tune="", code=0):
        self.write("t.toml", SCENARIO + "[tune]\naddresses = [2, 1]\n" + tune)
        done = self.weir("tune", "t.toml", *QUICK, "--json", "--quiet")
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout) if code == 0 else done.stderr

    def test_the_fewest_addresses_that_are_in_time_are_chosen(self):
        free = self.pools()
        two, one = free["pools"]
        self.assertEqual((two["addresses"], one["addresses"]), (2, 1))
        self.assertLess(two["days"], one["days"])
        self.assertEqual(free["plan"]["addresses"], 2, "time has a price, addresses have none")
        late = self.pools(f'within = "{one["days"] + 0.5:.1f} d"\n')
        self.assertEqual(late["plan"]["addresses"], 1)
        soon = self.pools(f'within = "{(one["days"] + two["days"]) / 2:.1f} d"\n')
        self.assertEqual(soon["plan"]["addresses"], 2)
        words = self.pools('within = "2 h"\n', code=4)
        self.assertIn("2 addresses take", words)
        self.assertIn("allow more time", words)


class RefusalTest(TuneTest):
    def refused(self, text, *words):
        self.write("t.toml", text)
        done = self.weir("tune", "t.toml", *QUICK)
        self.assertEqual(done.returncode, 2, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def test_what_cannot_be_tuned_is_said_with_its_place_and_remedy(self):
        self.refused(SCENARIO.replace('plan = "ramp"\n', ""), "t.toml:", "no plan holds it")
        self.refused(SCENARIO + '[tune]\naim = "day"\n', "t.toml:", "tune.aim", "days")
        self.refused(SCENARIO + '[tune]\nlate = "170 %"\n', "tune.late")
        self.refused(SCENARIO + '[tune]\naim = "days-to-daily-volume"\n', "tune.daily")
        self.refused(SCENARIO + '[tune]\nwithin = "9 d"\n', "tune.within", "addresses")
        self.refused(SCENARIO.replace('"history-window"', '"none"').replace(
            'half_life = "24 h"\n', "").replace(
                'probation = { dist = "lognormal", median = "250/d", sigma = 0.3 }\n', "").replace(
                    'growth = { dist = "uniform", from = 1.5, to = 2.5 }\n', ""),
                     "limit no volume")

    def test_a_risk_on_the_command_line_is_checked_too(self):
        done = self.weir("tune", "t.toml", "--risk", "1.4")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--risk", done.stderr)

    def test_no_plan_at_all_exits_with_4(self):
        self.write("t.toml", SCENARIO.replace('median = "250/d"', 'median = "5/d"').replace(
            "from = 1.5, to = 2.5", "from = 1.0, to = 1.05"))
        done = self.weir("tune", "t.toml", *QUICK)
        self.assertEqual(done.returncode, 4, done.stdout)

    def test_a_plan_that_cannot_be_written_is_said(self):
        done = self.weir("tune", "t.toml", *QUICK, "-o", "nowhere/plan.toml")
        self.assertEqual(done.returncode, 3)
        self.assertIn("nowhere/plan.toml", done.stderr)


if __name__ == "__main__":
    unittest.main()
