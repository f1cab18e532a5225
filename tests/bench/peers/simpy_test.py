"""The programs in SimPy, at tiny sizes: M/M/1, and the warm-up scenario beside weir."""

import importlib.util
import os
import sys
import unittest
import unittest.mock

sys.path[:0] = ["bench/peers/warmup", "bench/peers"]
has_simpy = importlib.util.find_spec("simpy") is not None
if has_simpy:
    import beside_weir
    import simpy_mm1

needs_simpy = unittest.skipUnless(has_simpy, "SimPy is not installed (package python3-simpy3)")

RUNS = 3
MESSAGES = 900


@needs_simpy
class Queue(unittest.TestCase):
    CUSTOMERS = 30_000
    ALLOWED = 5 * (3.59e4 / CUSTOMERS) ** 0.5  # five deviations of the mean

    def distance(self):
        mean, _ = simpy_mm1.run(self.CUSTOMERS, seed=1)
        return abs(mean - 10)

    def test_the_mean_time_in_system_is_ten(self):
        self.assertLess(self.distance(), self.ALLOWED)

    def test_that_of_a_queue_half_empty_is_not(self):
        with unittest.mock.patch.object(simpy_mm1, "ARRIVALS", 0.5):
            self.assertGreater(self.distance(), self.ALLOWED)


@needs_simpy
class Warmup(unittest.TestCase):
    def differing(self, case, simpy_case=None):
        pair = beside_weir.run_both(os.environ["WEIR_PROGRAM"], case, MESSAGES, RUNS)
        if simpy_case:
            pair = pair._replace(simpy=[beside_weir.run_simpy(simpy_case, MESSAGES, seed)
                                        for seed in range(RUNS)])
        return [each.figure for each in beside_weir.compare(*pair, error=1e-4)
                if not each.agrees]

    def test_every_case_agrees_with_weir(self):
        for case in beside_weir.CASES:
            with self.subTest(case.name):
                self.assertEqual(self.differing(case), [])

    def test_a_receiver_that_allows_more_is_noticed(self):
        case = beside_weir.CASES[1]
        self.assertIn("attempts throttled", self.differing(case, case._replace(probation=1.0)))

    def test_a_history_that_is_kept_is_not_one_that_is_deleted(self):
        case = beside_weir.CASES[3]
        self.assertIn("attempts throttled",
                      self.differing(case, case._replace(in_window="closed")))


if __name__ == "__main__":
    unittest.main()
