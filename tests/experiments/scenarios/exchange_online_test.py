"""experiments/scenarios/exchange-online.toml comes out as its header says."""

import math
import unittest

from scenario_run import ended, runs_of

run = runs_of("exchange-online")


class ExchangeOnlineTest(unittest.TestCase):
    def assert_share(self, count, among, share):
        """Five standard deviations of a binomial count: one chance in a million for a right
        program."""
        self.assertLessEqual(abs(count - among * share),
                             5 * math.sqrt(among * share * (1 - share)))

    def test_filters_by_source(self):
        result = run()
        spam = ended(result, "partner", "junked")
        self.assert_share(spam, 2000, 0.02)
        self.assertEqual(ended(result, "partner", "delivered"), 2000 - spam)
        self.assertEqual(ended(result, "forged", "junked"), 200)
        self.assertEqual(ended(result, "infected", "quarantined"), 100)

    def test_throttles_and_lists_keep_mail_out_of_the_trace(self):
        result = run()
        self.assertEqual(ended(result, "newcomer", "delivered"), 500)
        self.assertEqual(ended(result, "newcomer", "in_flight"), 2500)
        self.assertEqual(result["windows"]["opened"], 1)
        for source in ("listed", "spamhaus", "blocked"):
            self.assertEqual(ended(result, source, "bounced"), 1200)
        self.assertEqual(result["organisations"]["contoso"]["failed"],
                         ended(result, "hijacked", "bounced"))

    def test_what_leaves(self):
        result = run()
        self.assertEqual(ended(result, "staff", "delivered"), 2000)
        self.assertEqual(ended(result, "to-group", "delivered"), 600)
        self.assertEqual(ended(result, "hijacked", "junked"), 1000)
        self.assertEqual(ended(result, "hijacked", "bounced"), 2000)
        self.assertEqual(result["addresses"]["high-risk@outside"]["messages"], 1000)

    def test_the_allow_list_works_an_hour_later_against_one_list(self):
        result = run("allow")
        self.assertEqual(ended(result, "listed", "bounced"), 650)
        self.assertEqual(ended(result, "listed", "delivered"), 550)
        self.assertEqual(ended(result, "spamhaus", "bounced"), 1200)
        self.assertEqual(ended(result, "infected", "quarantined"), 100)
        self.assertEqual(ended(result, "newcomer", "delivered"), 500)

    def test_one_pool_for_all_puts_everybodys_address_on_a_list(self):
        def outside(variant=None):
            return run(variant)["addresses"]["normal@outside"]
        self.assertEqual(outside()["state_end"], "known")
        self.assertEqual(outside("one-pool")["state_end"], "listed")
        self.assertLess(ended(run("one-pool"), "staff", "delivered"), 1000)


if __name__ == "__main__":
    unittest.main()
