"""experiments/scenarios/failover.toml comes out as its header says."""

import unittest

from scenario_run import runs_of

MESSAGES = 3000
TIME_OUT_S = 30

run = runs_of("failover")


def accepted(result):
    """By h1, h2, h3 and the mail exchanger."""
    return [result["sites"][name]["accepted"] for name in ("h1", "h2", "h3", "fabrikam")]


class FailoverTest(unittest.TestCase):
    def check(self, result, bounced, longest_s):
        self.assertEqual(result["recipients"]["bounced"], bounced)
        self.assertAlmostEqual(result["delay_s"]["max"], longest_s)

    def test_healthy_hosts_share_the_mail(self):
        healthy = run()
        self.check(healthy, bounced=0, longest_s=1)
        self.assertEqual(accepted(healthy), [1000, 1000, 1000, 0])

    def test_a_dead_host_costs_a_third_of_the_mail_its_time_out(self):
        dead = run("one-dies")
        self.check(dead, bounced=0, longest_s=1 + TIME_OUT_S)
        self.assertAlmostEqual(dead["delay_s"]["mean"], 1 + TIME_OUT_S / 3)
        self.assertEqual(accepted(dead), [0, 2000, 1000, 0])

    def test_a_host_known_to_be_dead_costs_little(self):
        known = run("one-dies-known")
        self.check(known, bounced=0, longest_s=1 + TIME_OUT_S)
        # In each 300 s and two time-outs at most, those whose turn came while it was asked: 17 / 3.
        late = (known["delay_s"]["mean"] - 1) / TIME_OUT_S
        self.assertLessEqual(late, (TIME_OUT_S / 3) / 300)
        self.assertGreaterEqual(late, (TIME_OUT_S / 3 - 2) / (300 + 2 * TIME_OUT_S))

    def test_a_host_that_refuses_bounces_its_share(self):
        self.check(run("one-refuses"), bounced=MESSAGES // 3, longest_s=1)

    def test_both_bounce_by_who_comes_after_the_dead_one(self):
        self.check(run("both"), bounced=2 * MESSAGES // 3, longest_s=1)
        self.check(run("both-reordered"), bounced=MESSAGES // 3, longest_s=1 + TIME_OUT_S)
        half = run("both-known")["recipients"]["bounced"]
        late = MESSAGES * (TIME_OUT_S / 3) / 300  # at most: these go to h2
        self.assertGreaterEqual(half, MESSAGES // 2)
        self.assertLessEqual(half, MESSAGES // 2 + late / 2)

    def test_the_first_connector_by_name_takes_all(self):
        self.assertEqual(accepted(run("two-connectors")), [0, 0, 0, MESSAGES])

    def test_a_burst_is_bound_by_connections_that_wait(self):
        self.check(run("burst"), bounced=0, longest_s=MESSAGES / 20)
        self.check(run("burst-known"), bounced=0, longest_s=MESSAGES / 20 + TIME_OUT_S)
        longest = run("burst-one-dies")["delay_s"]["max"]
        self.assertAlmostEqual(longest, MESSAGES * 11 / 20, delta=1 + TIME_OUT_S,
                               msg="but for what the last ones hold their connections")


if __name__ == "__main__":
    unittest.main()
