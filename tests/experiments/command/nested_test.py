"""`--traffics`: how much is due to the receiver that nobody knows, and how much to chance."""

import json
import unittest

import h5py

from program import SMALL, ProgramTest

NESTED = ("--replications", "24", "--traffics", "3")


class NestedTest(ProgramTest):
    def setUp(self):
        super().setUp()
        # A second unknown, which decides nothing; so few unknown recipients that 99 % can be
        # delivered.
        self.write("two.toml", SMALL.replace('"2 %"', '"0.2 %"').replace("[variant", """\
domain_factor = { dist = "lognormal", median = 1000.0, sigma = 0.1 }
[variant"""))

    def shares(self, *arguments):
        done = self.weir("run", *arguments, "--json", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_tells_what_is_due_to_the_receiver_and_which_unknown(self):
        found = self.shares("two.toml", *NESTED, "--no-result")
        self.assertEqual((found["receivers"], found["traffics"]), (24, 3))
        hours = found["figures"]["window_hours"]
        share = hours["share_between_receivers"]
        self.assertGreater(share["value"], 0.5, "the probation decides about windows")
        self.assertLessEqual(share["low95"], share["value"])
        self.assertLessEqual(share["value"], share["high95"])
        self.assertEqual(hours["unknowns"][0]["path"], "site.receiver.throttle.ip.probation")
        self.assertEqual(len(hours["unknowns"]), 2)
        self.assertIn("unknowns", found["figures"]["days_to_deliver"])

    def test_traffic_alone_varies_where_nothing_is_unknown(self):
        self.write("known.toml", SMALL.replace(
            '{ dist = "lognormal", median = "900/d", sigma = 0.5 }', '"900/d"'))
        attempts = self.shares("known.toml", *NESTED, "--no-result")["figures"]["attempts"]
        self.assertLess(attempts["share_between_receivers"]["low95"], 0.01)
        self.assertGreater(attempts["variance_between_traffics"], 0)

    def test_traffic_0_is_the_run_without_traffics(self):
        self.shares("small.toml", "--replications", "3", "--traffics", "2", "-o", "n.h5")
        self.weir("run", "small.toml", "--replications", "3", "-o", "p.h5")
        with h5py.File(self.folder / "n.h5") as nested, h5py.File(self.folder / "p.h5") as plain:
            self.assertEqual(nested["fingerprint"].shape, (1, 3, 2))
            self.assertTrue((nested["fingerprint"][:, :, 0] == plain["fingerprint"][:]).all())
            self.assertTrue((nested["fingerprint"][:, :, 1] != plain["fingerprint"][:]).all())
            self.assertEqual(nested["delivered"].shape, (1, 3, 2, 3))

    def test_does_not_depend_on_the_workers(self):
        one, two = (self.shares("small.toml", *NESTED, "--no-result", "--jobs", jobs)
                    for jobs in (1, 3))
        del one["wall_s"], two["wall_s"]
        self.assertEqual(one, two)

    def test_for_people(self):
        done = self.weir("run", "two.toml", *NESTED, "--no-result")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("24 receivers with 3 traffics each", done.stdout)
        self.assertRegex(done.stdout, r"time in windows \[h\] +[\d.]+ +[\d.]+ to [\d.]+ +\d+ %")
        self.assertRegex(done.stdout, r"worth knowing for the time in windows.*\n +\d+ %  "
                                      r"site.receiver.throttle.ip.probation")
        self.assertTrue(all(len(line) <= 100 for line in done.stdout.splitlines()), done.stdout)

    def test_compare_takes_the_mean_of_each_receiver(self):
        self.write("fast.toml", SMALL.replace("days = 2", "days = 1"))
        done = self.weir("compare", "small.toml", "fast.toml", "--replications", "10",
                         "--traffics", "2", "--json")
        found = json.loads(done.stdout)
        self.assertEqual((found["receivers"], found["traffics"]), (10, 2))
        nested = self.shares("small.toml", "--replications", "10", "--traffics", "2", "--no-result")
        for name in ("attempts", "share_with_window", "days_to_deliver"):
            figure = found["figures"][name]
            self.assertAlmostEqual(figure["mean"]["small"],
                                   nested["figures"][name]["mean"]["value"])
            self.assertEqual(figure["at_horizon"]["small"], nested["figures"][name]["at_horizon"])

    def test_wrong_calls(self):
        for arguments, text in (
                (["run", "small.toml", "--traffics", "2"], "--replications R of at least 2"),
                (["run", "small.toml", "--variants", "--replications", "9", "--traffics", "2"],
                 "weir compare"),
                (["compare", "small.toml", "two.toml", "--traffics", "2", "--precision", "5 %",
                  "--figure", "windows"], "exclude each other"),
                (["run", "small.toml", "--replications", "9", "--traffics", "0"], "--traffics")):
            with self.subTest(arguments):
                self.assert_fails(self.weir(*arguments), 1, text)


if __name__ == "__main__":
    unittest.main()
