"""experiments/scenarios/what-breaks-first.toml: what is said before a run is what the run shows."""

import math
import unittest

from scenario_run import runs_of, weir

HOURS = 8

run = runs_of("what-breaks-first")


def delivered_an_hour(variant=None):
    return run(variant)["recipients"]["delivered"] / HOURS


def capacity_of(variant=None):
    return weir("capacity", "what-breaks-first", variant=variant)


def first_setting(capacity):
    return capacity["bottlenecks"][0]["setting"]


class WhatBreaksFirstTest(unittest.TestCase):
    def test_the_filter_breaks_first_and_its_bound_is_met(self):
        capacity = capacity_of()
        self.assertEqual(first_setting(capacity), "system.filter.servers")
        self.assertIn("breaks first", capacity["verdict"])
        bound = capacity["carried"]["per_second"] * 3600
        self.assertAlmostEqual(bound, 2400)
        # Of 19,200 exponential services the sum has a standard deviation of 0.7 %; five of them.
        self.assertAlmostEqual(delivered_an_hour() / bound, 1, delta=5 / math.sqrt(HOURS * bound))

    def test_two_addresses_behind_a_full_filter_change_nothing(self):
        self.assertEqual(first_setting(capacity_of("two-addresses-alone")),
                         "system.filter.servers")
        self.assertEqual(delivered_an_hour("two-addresses-alone"), delivered_an_hour())

    def test_with_more_servers_the_receiver_breaks_and_pauses_make_it_worse(self):
        capacity = capacity_of("six-servers")
        self.assertEqual(first_setting(capacity), "site.receiver.throttle.rate.limit")
        self.assertAlmostEqual(capacity["carried"]["per_second"] * 3600, 2700)
        delivered = delivered_an_hour("six-servers")
        # A burst of 100 at most between two refusals, which are a pause of 2 min apart or more,
        # and what the bucket gains in the meantime: 2,700 / 30 = 90.
        self.assertLess(delivered, 100 * 60 / 2)
        self.assertLess(delivered, delivered_an_hour() / 2)

    def test_a_paced_sender_is_never_refused_and_meets_its_rate(self):
        capacity = capacity_of("and-paced")
        self.assertEqual(first_setting(capacity), "pool.outbound.lane.message_rate")
        paced = run("and-paced")
        self.assertEqual(paced["attempts"]["deferred"], 0)
        self.assertAlmostEqual(paced["recipients"]["delivered"] / HOURS / 2600, 1, delta=0.01)

    def test_with_two_addresses_nothing_breaks(self):
        capacity = capacity_of("and-two-addresses")
        self.assertIn("Nothing breaks", capacity["verdict"])
        first = capacity["bottlenecks"][0]
        self.assertEqual(first["setting"], "system.filter.servers")
        whole = run("and-two-addresses")
        self.assertEqual(whole["attempts"]["deferred"], 0)
        self.assertLess(whole["recipients"]["in_flight"], 60)
        # Two attempts of a connection each and 6 s of service; the rest is the wait foreseen.
        waited = whole["delay_s"]["mean"] - 6 - 2 * 0.41
        self.assertAlmostEqual(waited, first["queue"]["wait_s"], delta=1)


if __name__ == "__main__":
    unittest.main()
