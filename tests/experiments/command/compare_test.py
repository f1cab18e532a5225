"""`weir compare`: what is found between scenarios, how it is said, and what is refused."""

import json
import signal
import time
import unittest

import h5py

from program import SMALL, ProgramTest

# The same mail in half the time.
FAST = SMALL.replace("days = 2", "days = 1")


class CompareTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("fast.toml", FAST)
        self.write("same.toml", SMALL)

    def compare(self, *arguments, code=0, **more):
        """What it says as JSON."""
        done = self.weir("compare", *arguments, "--json", "--quiet", **more)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)


class FindingsTest(CompareTest):
    def test_a_planted_difference_is_found_and_said(self):
        done = self.weir("compare", "small.toml", "fast.toml", "--replications", "30",
                         "--delivered", "90 %")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"30 receivers, the same ones")
        self.assertRegex(done.stdout, r"small +fast +difference +95 % interval +saved")
        self.assertRegex(done.stdout, r"fast delivers [\d.]+ h earlier, 95 % between")
        self.assertRegex(done.stdout, r"fast delivers \d+(\.\d+)? more by day 1, 95 % between")
        self.assertRegex(done.stdout, r"the same in every run: .*submitted")
        self.assertTrue(all(len(line) <= 100 for line in done.stdout.splitlines()), done.stdout)
        self.assertEqual(self.files(), [], "no result file unless asked for")

    def test_the_difference_is_what_the_runs_say(self):
        found = self.compare("small.toml", "fast.toml", "--replications", "12")
        runs = json.loads(self.weir("run", "small.toml", "--replications", "12", "--no-result",
                                    "--json").stdout)["variants"]["scenario"]
        day = found["figures"]["delivered_by_day_1"]
        self.assertAlmostEqual(day["mean"]["small"], runs["delivered_by_day"]["1"]["mean"])
        against = day["against_first"]["fast"]
        self.assertAlmostEqual(against["difference"], day["mean"]["fast"] - day["mean"]["small"])
        self.assertEqual(against["finding"], "more")
        self.assertGreater(against["low"], 0)
        self.assertIn("paired differences", against["method"])
        self.assertEqual(found["receivers"], 12)
        self.assertEqual(found["remarks"], [])

    def test_equal_scenarios_do_not_differ(self):
        found = self.compare("small.toml", "same.toml", "--replications", "10")
        self.assertEqual(found["verdict"]["same"]["found"], [])
        for name, figure in found["figures"].items():
            self.assertEqual(figure["against_first"]["same"]["finding"], "same in every run", name)

    def test_common_random_numbers_save_replications(self):
        self.write("slow.toml", SMALL + '[lane]\nconnection_limit = 1\n')
        found = self.compare("small.toml", "slow.toml", "--replications", "40")
        against = found["figures"]["attempts"]["against_first"]["slow"]
        self.assertGreater(against["variance_reduction"] or 1e9, 10,
                           "the same mail at the same receivers: attempts hardly differ")

    def test_what_was_never_delivered_counts_as_the_horizon_and_is_told(self):
        arguments = ("small.toml", "fast.toml", "--replications", "10", "--delivered", "99.9 %")
        figure = self.compare(*arguments)["figures"]["days_to_deliver"]
        self.assertEqual(figure["at_horizon"], {"small": 10, "fast": 10}, "2 % are unknown")
        self.assertEqual(figure["mean"], {"small": 3, "fast": 3})
        text = " ".join(self.weir("compare", *arguments).stdout.split())
        self.assertIn("* counts as the horizon where the run ended before", text)
        self.assertIn("time to deliver 99.9 % (10, 10)", text)

    def test_receivers_without_a_value_are_left_out_and_told(self):
        # Nobody knows the recipients: nothing is delivered, and no mean delay is known.
        self.write("never.toml", SMALL.replace('unknown = "2 %"', 'unknown = "100 %"'))
        found = self.compare("small.toml", "never.toml", "--replications", "10")
        delay = found["figures"]["delay_mean"]
        self.assertEqual((delay["receivers"], delay["left_out"]), (0, 10))
        self.assertEqual(delay["against_first"]["never"], {"finding": "unknown"})
        self.assertIsNone(delay["mean"]["small"])
        text = self.weir("compare", "small.toml", "never.toml", "--replications", "10").stdout
        self.assertIn("too few receivers with a value: delay, mean", text)

    def test_variants_of_one_scenario_with_all_against_the_best(self):
        self.write("three.toml", SMALL + "[variant.fast]\nplan.warmup.days = 1\n")
        found = self.compare("three.toml", "--variants", "--replications", "20")
        self.assertEqual(list(found["variants"]), ["scenario", "all-at-once", "fast"])
        best = found["figures"]["delivered_by_day_1"]["against_best"]
        self.assertIn("scenario", best["excluded"])
        self.assertEqual(set(best["best"] + best["possible"] + best["excluded"]),
                         set(found["variants"]))
        share = found["figures"]["share_with_window"]
        self.assertIn("Tango", share["against_first"]["all-at-once"]["method"])
        text = self.weir("compare", "three.toml", "--variants", "--replications", "20").stdout
        self.assertRegex(text, r"all against the best, 95 %")

    def test_does_not_depend_on_the_workers(self):
        one = self.compare("small.toml", "fast.toml", "--replications", "12", "--jobs", "1")
        two = self.compare("small.toml", "fast.toml", "--replications", "12", "--jobs", "3")
        del one["wall_s"], two["wall_s"]
        self.assertEqual(one, two)


class PrecisionTest(CompareTest):
    GOAL = ("small.toml", "fast.toml", "--figure", "attempts", "--precision")

    def test_stops_when_the_difference_is_known_the_same_for_any_number_of_workers(self):
        one, three = (self.compare(*self.GOAL, "2 %", "--jobs", jobs) for jobs in (1, 3))
        self.assertTrue(one["goal"]["reached"])
        self.assertEqual(one["receivers"], three["receivers"])
        self.assertEqual(one["figures"], three["figures"])
        attempts = one["figures"]["attempts"]
        against = attempts["against_first"]["fast"]
        half_width = (against["high"] - against["low"]) / 2
        self.assertLessEqual(half_width, 0.02 / 1.02 * attempts["mean"]["small"])
        self.assertGreaterEqual(one["receivers"], 10)

    def test_says_when_the_cap_came_first_and_exits_with_4(self):
        done = self.weir("compare", *self.GOAL, "0.01 %", "--replications", "12")
        self.assert_fails(done, 4, "not known to within 0.01 % after 12 receivers",
                          "allow more with --replications")
        self.assertIn("NOT REACHED", done.stdout)
        found = self.compare(*self.GOAL, "0.01 %", "--replications", "12", code=4)
        self.assertEqual((found["goal"]["reached"], found["receivers"]), (False, 12))


class RemarksTest(CompareTest):
    def test_scenarios_that_share_nothing_are_compared_with_a_remark(self):
        self.write("other.toml", FAST.replace("source.mail", "source.letters")
                   .replace("source.daily", "source.weekly").replace("site.receiver", "site.else"))
        found = self.compare("small.toml", "other.toml", "--replications", "10")
        remarks = " ".join(found["remarks"])
        self.assertIn("small and other share no source", remarks)
        self.assertIn("share no unknown of the receiver", remarks)
        self.assertIn("deliveries and delay are of 'mail' in small, of 'letters' in other", remarks)

    def test_horizons_that_differ(self):
        self.write("long.toml", SMALL.replace('"3 d"', '"4 d"'))
        found = self.compare("small.toml", "long.toml", "--replications", "10")
        self.assertIn("small runs for 3 d, long for 4 d", " ".join(found["remarks"]))

    def test_few_receivers_are_doubted(self):
        done = self.weir("compare", "small.toml", "fast.toml", "--replications", "5")
        self.assertIn("doubt: too few samples", done.stdout)


class ResultTest(CompareTest):
    def test_the_file_holds_runs_and_findings(self):
        found = self.compare("small.toml", "fast.toml", "--replications", "10", "-o", "c.h5")
        self.assertEqual(self.files(), ["c.h5"])
        with h5py.File(self.folder / "c.h5") as file:
            self.assertEqual(file["attempts"].shape, (2, 10))
            names = [name.decode() for name in file["figure"][:]]
            self.assertEqual(names, list(found["figures"]))
            at = names.index("delivered_by_day_1")
            against = found["figures"]["delivered_by_day_1"]["against_first"]["fast"]
            self.assertEqual(file["difference"][at, 1], against["difference"])
            self.assertEqual(file["difference_low"][at, 1], against["low"])
            self.assertEqual(len(file["figure"].attrs["figure_units"].decode().split()), len(names))

    def test_interrupted_it_compares_what_is_done(self):
        process = self.start("compare", "small.toml", "fast.toml", "--replications", "200000",
                             "--json")
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 3, err)
        self.assertIn("interrupted", err)
        self.assertTrue(json.loads(out)["interrupted"])


class WrongCallsTest(CompareTest):
    def test_each_says_the_reason_and_the_remedy(self):
        for arguments, *texts in (
                (["small.toml"], "compared with nothing", "--variants"),
                (["small.toml", "fast.toml", "--variants"], "single scenario"),
                (["small.toml", "fast.toml", "--replications", "1"], "fewer than 2"),
                (["small.toml", "fast.toml", "--precision", "5 %"], "--figure"),
                (["small.toml", "fast.toml", "--figure", "windows"], "--precision"),
                (["small.toml", "fast.toml", "--precision", "5 %", "--figure", "windows",
                  "--replications", "9"], "fewer than 10"),
                (["small.toml", "fast.toml", "--precision", "5", "--figure", "windows"],
                 "--precision 5:", "such as \"5 %\""),
                (["small.toml", "fast.toml", "--precision", "5 %", "--figure", "window"],
                 "--figure window:", "did you mean 'windows'?"),
                (["small.toml", "fast.toml", "--precision", "5 %", "--figure", "share_listed"],
                 "no figure that can be known to a share of its mean"),
                (["small.toml", "fast.toml", "--confidence", "100 %"], "--confidence 100 %:"),
                (["small.toml", "fast.toml", "--delivered", "0 %"], "--delivered 0 %:")):
            with self.subTest(arguments):
                self.assert_fails(self.weir("compare", *arguments), 1, *texts)

    def test_a_scenario_without_variants(self):
        self.write("plain.toml", SMALL[:SMALL.index("[variant")])
        self.assert_fails(self.weir("compare", "plain.toml", "--variants"), 1,
                          "no [variant.NAME] tables")

    def test_unsound_scenarios_are_all_told_and_nothing_runs(self):
        self.write("bad.toml", SMALL.replace('"3 d"', '"3"'))
        self.write("worse.toml", SMALL.replace("days = 2", 'days = "two"'))
        done = self.weir("compare", "bad.toml", "worse.toml", "-o", "c.h5")
        self.assert_fails(done, 2, "bad.toml:3:11:", "worse.toml:", "nothing was run")
        self.assertEqual(self.files(), [])

    def test_a_disk_that_cannot_be_written(self):
        done = self.weir("compare", "small.toml", "fast.toml", "--replications", "2", "-o",
                         "nosuch/c.h5")
        self.assert_fails(done, 3, "nosuch/c.h5", "No such file or directory")


class NamesTest(CompareTest):
    def test_files_of_one_name_are_told_apart(self):
        (self.folder / "a").mkdir()
        self.write("a/small.toml", FAST)
        found = self.compare("small.toml", "a/small.toml", "--replications", "2")
        self.assertEqual(list(found["variants"]), ["small.toml", "a/small.toml"])
        twice = self.compare("small.toml", "small.toml", "--replications", "2")
        self.assertEqual(list(twice["variants"]), ["small.toml #1", "small.toml #2"])


if __name__ == "__main__":
    unittest.main()
