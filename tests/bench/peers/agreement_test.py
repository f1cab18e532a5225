"""The statistics that say whether a peer and weir agree, and the plan that the peer follows."""

import random
import sys
import unittest

sys.path.insert(0, "bench/peers/warmup")
import agreement  # noqa: E402
import plan  # noqa: E402
import scenario  # noqa: E402


def runs(mean, seed, number=6):
    draw = random.Random(seed)
    return [draw.gauss(mean, 1.0) for _ in range(number)]


class Agreement(unittest.TestCase):
    def test_quantiles_are_those_of_the_tables(self):
        for freedom, tail, expected in ((1, 0.025, 12.706), (4, 0.025, 2.776), (8, 0.0005, 5.041),
                                        (30, 0.0005, 3.646)):
            self.assertAlmostEqual(agreement.student_quantile(tail, freedom) / expected, 1, 3)

    def test_the_interval_is_wrong_as_often_as_it_says(self):
        wrong = sum(not agreement.agree(runs(0, seed), runs(0, seed + 0.5), 0.1)
                    for seed in range(200))
        self.assertTrue(5 <= wrong <= 35, wrong)  # 20 expected, deviation 4

    def test_five_deviations_apart_is_noticed(self):
        self.assertFalse(agreement.agree(runs(0, 1), runs(5, 2), 0.01))

    def test_what_never_varies_must_be_equal(self):
        self.assertTrue(agreement.agree([3, 3], [3, 3], 0.01))
        self.assertFalse(agreement.agree([3, 3], [4, 4], 0.01))


class Quantities(unittest.TestCase):
    def test_units_are_understood(self):
        for written, expected in (("24 h", 86400.0), ("86400/d", 1.0), ("0.5 %", 0.005),
                                  ("closed", "closed"), ("90000", 90000.0), (3.0, 3.0),
                                  ({"dist": "lognormal", "median": "36 h"}, 129600.0),
                                  ({"dist": "choice", "of": ["closed", "trickle"]}, "closed")):
            self.assertEqual(scenario.quantity(written), expected)


class Plans(unittest.TestCase):
    def releases(self, of, days, throttled_at=None):
        """Messages a day."""
        now, counts = 0.0, [0] * days
        while (now := of.next_release(now)) < days * scenario.DAY:
            if throttled_at and now >= throttled_at:
                of.throttled(throttled_at)
                throttled_at = None
            elif of.next_release(now) <= now:
                of.released(now)
                counts[int(now // scenario.DAY)] += 1
        return counts

    def test_flat_sends_the_same_each_day(self):
        self.assertEqual(self.releases(plan.Plan("flat", volume=210, days=30), 5), [7] * 5)

    def test_throttling_cuts_and_holds_as_the_card_says(self):
        of = plan.Plan("flat", volume=72_000, days=30)
        self.assertEqual(self.releases(of, 6, throttled_at=1.5 * scenario.DAY),
                         [2400, 1200, 600, 1200, 1800, 2400])


if __name__ == "__main__":
    unittest.main()
