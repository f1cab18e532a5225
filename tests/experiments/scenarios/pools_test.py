"""experiments/scenarios/pools.toml comes out as its header says."""

import unittest

from scenario_run import runs_of

run = runs_of("pools")


def share(variant):
    return run(variant)["tenants"]["others"]["delivered_share"]


class PoolsTest(unittest.TestCase):
    def test_little_spam_costs_nobody_anything(self):
        for variant in ("0-one-pool", "0-two-pools", None, "2-two-pools"):
            with self.subTest(variant=variant):
                self.assertEqual(share(variant), 1.0)

    def test_at_ten_percent_the_pool_keeps_clean_mail_out_of_junk(self):
        self.assertLess(share("10-one-pool"), 0.97)
        self.assertEqual(share("10-two-pools"), 1.0)

    def test_the_cost_is_borne_by_what_is_taken_for_spam(self):
        one, two = run(None), run("2-two-pools")
        by_high_risk = two["addresses"]["high-risk-1@receiver"]["messages"]
        self.assertEqual(one["addresses"]["normal-1@receiver"]["messages"]
                         + one["addresses"]["normal-2@receiver"]["messages"],
                         two["addresses"]["normal-1@receiver"]["messages"]
                         + two["addresses"]["normal-2@receiver"]["messages"] + by_high_risk)
        self.assertGreater(by_high_risk, 0)
        self.assertLess(by_high_risk, 0.02 * two["sources"]["ours"]["messages"])


if __name__ == "__main__":
    unittest.main()
