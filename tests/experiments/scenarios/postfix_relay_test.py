"""experiments/scenarios/postfix-relay.toml comes out as its header says."""

import math
import unittest

from scenario_run import runs_of

MESSAGES = 17_831


class PostfixRelayTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.run_ = runs_of("postfix-relay")()

    def check_one_percent(self, count):
        self.assertLessEqual(abs(count - MESSAGES / 100), 5 * math.sqrt(MESSAGES * 0.01 * 0.99))

    def test_one_percent_bounces_and_one_is_deferred(self):
        self.assertEqual(self.run_["recipients"]["in_flight"], 0)
        self.check_one_percent(self.run_["recipients"]["bounced"])
        self.check_one_percent(self.run_["attempts"]["deferred"])

    def test_half_is_through_in_a_tenth_of_a_second(self):
        # Exp(30 ms) and Exp(80 ms) one after the other have their median at 92 ms.
        self.assertAlmostEqual(self.run_["delay_s"]["p50"], 0.092, delta=0.01)

    def test_the_deferred_wait_for_a_scan_or_two(self):
        self.assertGreater(self.run_["delay_s"]["p99"], 20)
        self.assertLess(self.run_["delay_s"]["p99"], 31)


if __name__ == "__main__":
    unittest.main()
