"""Wrong scenarios and wrong calls: all problems at once with their places, and nothing runs."""

import json
import re
import unittest

from program import SMALL, ProgramTest


class ScenarioTest(ProgramTest):
    def assert_refused(self, scenario, *texts):
        """Refused by `run` and by `check` alike, without a file."""
        for command in ("run", "check"):
            with self.subTest(command):
                done = self.weir(command, scenario)
                self.assert_fails(done, 2, *texts, "nothing was run")
                self.assertEqual(done.stdout, "")
        self.assertEqual(self.files(), [], "a file was made")

    def refuse_line(self, line, *texts):
        """`line` in the place of the scenario's horizon, on line 3."""
        text = SMALL.replace('horizon = "3 d"', line)
        self.assert_refused(self.write("bad.toml", text), "bad.toml:3:", *texts)

    def test_sound_scenario_is_not_refused(self):
        self.assertEqual(self.weir("check", "small.toml").returncode, 0)

    def test_unknown_key_with_a_suggestion(self):
        self.refuse_line('horizn = "3 d"', 'horizn = "3 d"', "did you mean 'horizon'?")

    def test_unknown_key_far_from_any_lists_what_there_is(self):
        self.refuse_line("xyzzy = 1", "xyzzy", "horizon")

    def test_unknown_model_with_a_suggestion(self):
        text = SMALL.replace('"poisson"', '"poison"')
        self.assert_refused(self.write("bad.toml", text), "bad.toml:11:22",
                            "source.daily.arrivals.model", "did you mean 'poisson'?")

    def test_unknown_parameter_of_a_model(self):
        text = SMALL.replace("days = 2", "day = 2")
        self.assert_refused(self.write("bad.toml", text), "plan.warmup.day", "did you mean 'days'?")

    def test_bare_number_for_a_time(self):
        self.refuse_line("horizon = 3", "horizon = 3", "with its unit", '"20 min"')

    def test_bare_number_for_a_rate(self):
        text = SMALL.replace('"20/h"', "20")
        self.assert_refused(self.write("bad.toml", text), "source.daily.arrivals.rate = 20",
                            "expected a rate")

    def test_negative_and_absurd_values(self):
        for line in ('horizon = "-3 d"', 'horizon = "0 s"', 'horizon = "1e30 d"',
                     'horizon = "nan s"', 'horizon = "inf"', "horizon = true",
                     'horizon = "99999999999999999999 d"', 'horizon = "3 fortnights"',
                     'horizon = ""'):
            with self.subTest(line):
                self.refuse_line(line, "horizon")

    def test_values_out_of_bounds_name_the_bounds(self):
        for setting in ("lane.connection_limit=0", "lane.connection_limit=-4",
                        "lane.connection_limit=99999999999", "source.mail.unknown=101 %",
                        "source.mail.unknown=-1 %", "plan.warmup.days=0",
                        "plan.warmup.volume=-5", "source.mail.arrivals.messages=-1"):
            with self.subTest(setting):
                done = self.weir("run", "small.toml", "--set", setting)
                self.assert_fails(done, 2, "--set #1", setting.split("=")[0])
        self.assertEqual(self.files(), [])

    def test_distribution_that_is_none(self):
        for table in ('{ dist = "normal" }', '{ dist = "lognormal", sigma = 1 }',
                      '{ dist = "uniform", from = "9 h", to = "3 h" }',
                      '{ dist = "choice", of = [] }'):
            with self.subTest(table):
                done = self.weir("run", "small.toml", "--set",
                                 f"site.receiver.throttle.ip.window={table}")
                self.assert_fails(done, 2, "site.receiver.throttle.ip.window")

    def test_names_that_lead_nowhere(self):
        for setting, text in [("source.mail.plan=warmap", "did you mean 'warmup'?"),
                              ("source.mail.site=receivr", "did you mean 'receiver'?"),
                              ("source.mail.after=dayly", "did you mean 'daily'?"),
                              ("report=mial", "mail")]:
            with self.subTest(setting):
                done = self.weir("run", "small.toml", "--set", setting)
                self.assert_fails(done, 2, "--set #1", text)

    def test_sources_that_wait_for_each_other(self):
        done = self.weir("check", "small.toml", "--set", "source.mail.after=daily",
                         "--set", "source.daily.after=mail")
        self.assert_fails(done, 2, "in a circle")

    def test_nothing_to_simulate(self):
        self.assert_refused(self.write("empty.toml", ""), "address", "site", "source")

    def test_missing_file_and_folder(self):
        self.assert_refused("nosuch.toml", "nosuch.toml", "No such file or directory", "weir init")
        (self.folder / "folder.toml").mkdir()
        self.assert_refused("folder.toml", "folder.toml", "Is a directory")

    def test_broken_toml_names_line_and_column(self):
        self.assert_refused(self.write("bad.toml", 'a = 1\nb = = 2\n'), "bad.toml:2:5")
        self.assert_refused(self.write("bad.toml", "[a\n"), "bad.toml:1:")
        self.assert_refused(self.write("bad.toml", "a = 1\na = 2\n"), "bad.toml:2:")

    def test_no_text_at_all(self):
        (self.folder / "bad.toml").write_bytes(bytes(range(256)) * 16)
        self.assert_refused("bad.toml", "bad.toml:1:")

    def test_files_that_extend_each_other(self):
        self.write("a.toml", 'extends = "b.toml"\n')
        self.write("b.toml", 'extends = "a.toml"\n')
        self.assert_refused("a.toml", "extends", "in a circle")

    def test_extending_what_is_not_there(self):
        self.assert_refused(self.write("a.toml", 'extends = "nosuch.toml"\n'), "nosuch.toml",
                            "No such file")

    def test_all_problems_at_once_each_with_its_place(self):
        self.write("bad.toml", SMALL.replace("3 d", "3").replace("2 %", "200 %")
                   .replace('"flat"', '"flatt"'))
        done = self.weir("run", "bad.toml")
        self.assertEqual(done.returncode, 2)
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), 4, done.stderr)
        for line in lines[:-1]:
            self.assertRegex(line, r"^bad\.toml:\d+:\d+: [\w.-]+ = .+: .+")
        self.assertEqual(lines[-1], "weir: 3 problems; nothing was run")

    def test_problems_of_settings_and_of_the_file_together(self):
        self.write("bad.toml", SMALL.replace("3 d", "3"))
        done = self.weir("run", "bad.toml", "--set", "nonsense", "--set", "lane.pause=7")
        self.assert_fails(done, 2, "bad.toml:3", "--set #1", "--set #2", "3 problems")

    def test_problem_of_a_variant_is_found_before_anything_runs(self):
        text = SMALL.replace("plan.warmup = {", "plan.warmup.volum = 7\nplan.warmap = {")
        self.assert_refused(self.write("bad.toml", text), "volum")

    def test_problems_as_json(self):
        done = self.weir("check", "small.toml", "--json", "--set", "lane.pause=5")
        self.assertEqual(done.returncode, 2)
        [problem] = json.loads(done.stdout)["problems"]
        self.assertEqual((problem["file"], problem["path"]), ("--set #1", "lane.pause"))


class TraceTest(ProgramTest):
    HEAD = ("# weir-trace 1\n# start 2026-11-22T20:34:20\n"
            "seconds,bytes,recipients,domain,sender,kind\n")

    def refuse(self, *texts):
        scenario = SMALL.replace('{ model = "poisson", rate = "20/h" }',
                                 '{ model = "trace", file = "t.trace" }')
        done = self.weir("run", self.write("replay.toml", scenario))
        self.assert_fails(done, 2, "replay.toml:11:", "source.daily.arrivals.file", *texts)
        self.assertNotIn("replay.h5", self.files())

    def test_missing_trace(self):
        self.refuse("t.trace", "No such file")

    def test_empty_trace(self):
        self.write("t.trace", "")
        self.refuse("t.trace")
        self.write("t.trace", self.HEAD)
        self.refuse("t.trace")

    def test_unsorted_trace_names_the_line(self):
        self.write("t.trace", self.HEAD + "5,100,1,a.example,s,message\n"
                                          "4,100,1,a.example,s,message\n")
        self.refuse("t.trace:5")

    def test_folder_for_a_trace(self):
        (self.folder / "t.trace").mkdir()
        self.refuse("t.trace")

    def test_something_else_than_a_trace(self):
        self.write("t.trace", "Nov 22 20:34:20 mail postfix/smtpd[1]: connect from nowhere\n")
        self.refuse("t.trace:1")


class UsageTest(ProgramTest):
    def test_every_wrong_call_is_a_usage_error(self):
        for call in ([], ["run"], ["frobnicate"], ["run", "small.toml", "--bogus"],
                     ["run", "small.toml", "more.toml"],
                     ["run", "small.toml", "--jobs", "0"], ["run", "small.toml", "--jobs", "-1"],
                     ["run", "small.toml", "--seed", "x"], ["run", "small.toml", "--seed", "-1"],
                     ["run", "small.toml", "--seed", "99999999999999999999999"],
                     ["run", "small.toml", "--replications", "0"],
                     ["run", "small.toml", "--replications", "-1"],
                     ["run", "small.toml", "--replications", "999999999999999"],
                     ["run", "small.toml", "--variant", "nosuch"],
                     ["run", "small.toml", "--variants", "--variant", "all-at-once"],
                     ["run", "small.toml", "--variants", "--sender-log", "x"],
                     ["run", "small.toml", "-o"], ["import"], ["import", "frob", "x"]):
            with self.subTest(call):
                done = self.weir(*call)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertNotEqual(done.stderr, "")
        self.assertEqual(self.files(), [])

    def test_help_and_version_are_no_errors(self):
        for call in (["--help"], ["run", "--help"], ["--version"]):
            done = self.weir(*call)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(self.weir("--version").stdout, r"^weir \d+\.\d+\.\d+\n$")

    def test_variant_that_is_meant(self):
        done = self.weir("run", "small.toml", "--variant", "all-at-onec")
        self.assert_fails(done, 1, "did you mean 'all-at-once'?")


class OutputTest(ProgramTest):
    def run_json(self, *more):
        done = self.weir("run", "small.toml", "--json", *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)  # refuses anything before or behind the object

    def test_json_is_one_object_with_the_keys_of_the_contract(self):
        result = self.run_json()
        for key in ("scenario seed replication fingerprint events wall_s peak_rss_bytes messages "
                    "recipients attempts causes replies windows delay_s held_s sources "
                    "addresses").split():
            self.assertIn(key, result)
        self.assertEqual(list(result["recipients"]),
                         "submitted expanded refused delivered junked quarantined deleted "
                         "redirected bounced expired held in_flight".split())
        self.assertLessEqual({"total", "accepted", "deferred", "rejected"},
                             result["attempts"].keys())
        self.assertLessEqual({"mean", "p50", "p90", "p99", "max"}, result["delay_s"].keys())
        self.assertLessEqual({"mean", "max"}, result["held_s"].keys())
        self.assertLessEqual({"opened", "hours"}, result["windows"].keys())
        self.assertLessEqual({"mail", "daily", "notices"}, result["sources"].keys())
        self.assertLessEqual({"reputation_end", "windows"}, result["addresses"]["new"].keys())

    def test_resident_size_is_that_of_the_program_alone(self):
        alone = self.run_json()["peak_rss_bytes"]
        ballast = b"x" * 300_000_000  # of whoever starts it
        self.assertLess(self.run_json()["peak_rss_bytes"], alone + len(ballast) / 2)

    def test_json_of_variants(self):
        result = self.run_json("--variants", "--replications", "2")
        self.assertEqual(list(result["variants"]), ["scenario", "all-at-once"])

    def test_conservation_in_the_figures_that_are_printed(self):
        recipients = self.run_json()["recipients"]
        ends = sum(n for name, n in recipients.items() if name not in ("submitted", "expanded"))
        self.assertEqual(recipients["submitted"] + recipients["expanded"], ends)

    def test_default_seed_is_one(self):
        self.assertEqual(self.run_json()["seed"], 1)
        self.assertEqual(self.run_json()["fingerprint"],
                         self.run_json("--seed", "1")["fingerprint"])
        self.assertNotEqual(self.run_json()["fingerprint"],
                            self.run_json("--seed", "2")["fingerprint"])

    def test_result_file_is_named_after_the_scenario_unless_it_gets_a_name(self):
        self.weir("run", "small.toml")
        self.weir("run", "small.toml", "-o", "other.h5")
        self.weir("run", "small.toml", "--no-result")
        self.assertEqual(self.files(), ["other.h5", "small.h5"])

    def test_quiet_says_nothing_beside_the_result(self):
        self.assertEqual(self.weir("run", "small.toml", "--quiet").stderr, "")

    def test_colour_is_used_nowhere(self):
        for environment in ({"NO_COLOR": "1"}, {"TERM": "xterm-256color"}):
            done = self.weir("run", "small.toml", env=environment)
            self.assertEqual(done.returncode, 0)
            self.assertNotIn("\x1b", done.stdout + done.stderr)

    def test_no_color_changes_no_figure(self):
        plain = self.weir("run", "small.toml", env={}).stdout
        without = self.weir("run", "small.toml", env={"NO_COLOR": "1"}).stdout
        self.assertEqual(*(re.sub(r"in \d+\.\d+ s", "", text) for text in (plain, without)))

    def test_printed_scenario_runs(self):
        self.write("my.toml", self.weir("init").stdout)
        done = self.weir("run", "my.toml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.files(), ["my.h5"])


if __name__ == "__main__":
    unittest.main()
