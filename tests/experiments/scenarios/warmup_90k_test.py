"""experiments/scenarios/warmup-90k.toml comes out as its header says.

Thirty-two receivers cannot tell 1.4 % from 0.5 %: tests/laws/ensemble_test.cc does that over 4,096.
Here each share lies within five standard deviations of the one that the header states.
"""

import math
import unittest

from scenario_run import weir

RECEIVERS = 32


class WarmupTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.variants = weir("run", "warmup-90k", "--variants", "--replications", str(RECEIVERS),
                            "--no-result", "--quiet")["variants"]

    def check_throttled(self, variant, share):
        spread = 5 * math.sqrt(RECEIVERS * share * (1 - share))
        opened = self.variants[variant]["throttled"]["count"]
        self.assertLessEqual(abs(opened - RECEIVERS * share), spread, variant)

    def delivered(self, variant, day):
        return self.variants[variant]["delivered_by_day"][str(day)]["mean"]

    def test_windows_open_as_often_as_stated(self):
        self.check_throttled("flat-30", 0.014)
        self.check_throttled("flat-15", 0.21)
        self.check_throttled("ramp", 0.005)
        self.check_throttled("tuned", 0.013)

    def test_all_at_once_is_throttled_everywhere_for_days_and_listed(self):
        at_once = self.variants["all-at-once"]
        self.assertEqual(at_once["throttled"]["count"], RECEIVERS)
        self.assertEqual(at_once["listed"]["count"], RECEIVERS)
        self.assertEqual(at_once["windows"]["opened"]["mean"], 3)
        self.assertAlmostEqual(at_once["windows"]["hours"]["mean"], 48, delta=12)

    def test_flat_15_is_through_when_flat_30_is_half_way(self):
        self.assertLess(self.delivered("flat-30", 15), 0.51 * 90_000)
        self.assertGreater(self.delivered("flat-15", 15), 0.9 * 90_000)

    def test_the_ramp_is_ahead_of_flat_30_from_the_first_week(self):
        self.assertLess(self.delivered("ramp", 1), self.delivered("flat-30", 1))
        self.assertGreater(self.delivered("ramp", 7), self.delivered("flat-30", 7))

    def test_the_tuned_plan_is_ahead_of_flat_15_at_a_fraction_of_its_risk(self):
        self.assertGreater(self.delivered("tuned", 7), 1.3 * self.delivered("flat-15", 7))
        self.assertGreater(self.delivered("tuned", 15), 0.97 * 90_000)


if __name__ == "__main__":
    unittest.main()
