"""experiments/scenarios/retry-policy.toml comes out as its header says."""

import unittest

from scenario_run import runs_of

run = runs_of("retry-policy")


class RetryPolicyTest(unittest.TestCase):
    def hours(self, variant=None):
        return run(variant)["delay_s"]["p50"] / 3600

    def test_a_bounded_wait_costs_less_than_its_bound(self):
        # The last wait before the window's end began inside it: it ends at most one bound later.
        for variant, bound in ((None, 4000 / 3600 + 300 / 3600), ("kumomta-capped", 1.0)):
            with self.subTest(variant=variant or "postfix"):
                hours = self.hours(variant)
                self.assertGreater(hours, 24.0 - 10 / 60, "of the last message, 10 min later")
                self.assertLess(hours, 24.0 + bound)

    def test_doubling_waits_cost_up_to_another_window(self):
        # KumoMTA's retries: 20 min x (2^n - 1) = 21 h, 42.33 h; Haraka's: 2^(n + 5) s summed up.
        self.assertAlmostEqual(self.hours("kumomta"), 127 / 3, delta=0.1)
        self.assertAlmostEqual(self.hours("haraka"), (2**17 - 64) / 3600, delta=0.1)

    def test_growing_by_half_lies_between(self):
        self.assertGreater(self.hours("exim"), self.hours())
        self.assertLess(self.hours("exim"), self.hours("kumomta"))

    def test_exchange_online_gives_up_as_the_window_ends(self):
        recipients = run("exchange-online")["recipients"]
        self.assertEqual(recipients["expired"], 1000)


if __name__ == "__main__":
    unittest.main()
