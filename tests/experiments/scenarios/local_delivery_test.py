"""experiments/scenarios/local-delivery.toml comes out as its header says."""

import unittest

from scenario_run import longest_s, runs_of

APART_S = 1 + 6 + 1  # a hop, the scan, a hop

run = runs_of("local-delivery")


def scanned(result):
    return result["sites"]["filter"]["accepted"]


def bypassed(result):
    return result["organisations"]["neighbour"]["filter_bypassed"]


class LocalDeliveryTest(unittest.TestCase):
    def test_apart_all_mail_passes_the_filter(self):
        apart = run()
        self.assertEqual((scanned(apart), bypassed(apart)), (2000, 0))
        for source in ("neighbour", "outside"):
            self.assertAlmostEqual(longest_s(apart, source), APART_S)

    def test_together_the_neighbours_mail_passes_it_by(self):
        together = run("together")
        self.assertEqual((scanned(together), bypassed(together)), (1000, 1000))
        self.assertEqual(longest_s(together, "neighbour"), 0)
        self.assertAlmostEqual(longest_s(together, "outside"), APART_S)

    def test_not_known_is_one_or_the_other_by_receiver(self):
        seen = {bypassed(run("not-known", "--receiver", str(receiver))) for receiver in range(16)}
        self.assertEqual(seen, {0, 1000}, "by chance all are alike in 0.7^16 = 0.3 % of such tests")

    def test_a_domain_that_has_moved_is_delivered_in_the_old_place(self):
        moved = run("moved")
        self.assertEqual(moved["organisations"]["contoso"]["misplaced"], 100)
        self.assertEqual(moved["sites"]["new-home"]["accepted"], 100, "that from outside")
        self.assertEqual(run()["sites"]["new-home"]["accepted"], 200)

    def test_while_the_filter_is_down_only_mail_by_mx_waits(self):
        down = run("filter-down")
        self.assertGreater(longest_s(down, "outside"), 3600)
        self.assertEqual(longest_s(down, "neighbour"), 0)
        self.assertEqual(down["recipients"]["delivered"], 2200)


if __name__ == "__main__":
    unittest.main()
