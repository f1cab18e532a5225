"""`weir run --replications auto`: as many receivers as a precision takes."""

import json
import unittest

from program import ProgramTest

AUTO = ("run", "small.toml", "--no-result", "--replications", "auto", "--figure", "attempts",
        "--precision")


class AutoTest(ProgramTest):
    def goal(self, *arguments, code=0):
        done = self.weir(*AUTO, *arguments, "--json", "--quiet")
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def test_stops_when_the_mean_is_known_the_same_for_any_number_of_workers(self):
        one, three = (self.goal("8 %", "--jobs", jobs) for jobs in (1, 3))
        goal = one["goal"]
        self.assertTrue(goal["reached"])
        self.assertGreaterEqual(goal["receivers"], 10)
        self.assertLessEqual((goal["high95"] - goal["low95"]) / 2, 0.08 / 1.08 * goal["mean"])
        self.assertEqual(one["goal"], three["goal"])
        self.assertEqual(one["variants"], three["variants"])
        variant = one["variants"]["scenario"]
        self.assertEqual(variant["receivers"], goal["receivers"])
        self.assertTrue(variant["complete"])
        plain = json.loads(self.weir("run", "small.toml", "--no-result", "--json",
                                     "--replications", goal["receivers"]).stdout)
        self.assertEqual(plain["variants"], one["variants"], "as if as many had been asked for")

    def test_a_finer_precision_takes_more(self):
        self.assertGreater(self.goal("4 %")["goal"]["receivers"],
                           self.goal("8 %")["goal"]["receivers"])

    def test_says_when_the_cap_came_first_and_exits_with_4(self):
        done = self.weir(*AUTO, "0.01 %", "--most", "12")
        self.assert_fails(done, 4, "NOT REACHED: not known to within 0.01 % after 12 receivers",
                          "allow more with --most")
        self.assertIn("NOT REACHED", done.stdout)
        self.assertFalse(self.goal("0.01 %", "--most", "12", code=4)["goal"]["reached"])

    def test_tells_the_mean_to_people(self):
        done = self.weir(*AUTO, "8 %")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"attempts: [\d,]+, 95 % between [\d,]+ and [\d,]+; known to "
                                      r"within 8 % after \d+ receivers")

    def test_wrong_calls(self):
        for arguments, *texts in (
                (["--replications", "auto"], "needs --precision and --figure"),
                (["--precision", "5 %"], "go with --replications auto"),
                (["--replications", "some"], "'some' is no whole number"),
                ([*AUTO[3:], "5"], "--precision 5:", "such as \"5 %\""),
                ([*AUTO[3:], "5 %", "--most", "9"], "--most 9: fewer than 10"),
                ([*AUTO[3:], "5 %", "--variants"], "weir compare"),
                (["--replications", "auto", "--precision", "5 %", "--figure", "attemps"],
                 "--figure attemps:", "did you mean 'attempts'?")):
            with self.subTest(arguments):
                self.assert_fails(self.weir("run", "small.toml", *arguments), 1, *texts)


if __name__ == "__main__":
    unittest.main()
