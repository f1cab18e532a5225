"""experiments/scenarios/roles-and-spf.toml comes out as its header says."""

import unittest

from scenario_run import ended, runs_of

run = runs_of("roles-and-spf")


class RolesAndSpfTest(unittest.TestCase):
    def check_that_ordinary_mail_is_delivered(self, result):
        self.assertEqual(ended(result, "ordinary", "delivered"), 2000)

    def test_without_spam_all_is_delivered(self):
        nobody = run()
        self.check_that_ordinary_mail_is_delivered(nobody)
        self.assertEqual(nobody["listings"], 0)

    def test_a_forger_reaches_no_inbox_and_does_contoso_no_harm(self):
        forged = run("forged")
        self.check_that_ordinary_mail_is_delivered(forged)
        self.assertEqual(ended(forged, "forger", "delivered"), 0)
        self.assertEqual(ended(forged, "forger", "submitted"), 3000)
        self.assertGreater(forged["replies"]["550 5.7.606"], 0, "its address is listed")

    def test_without_a_record_what_looks_clean_is_delivered(self):
        self.assertGreater(ended(run("forged-no-record"), "forger", "delivered"), 0)

    def test_a_hijacked_server_is_listed_with_all_its_mail(self):
        hijacked = run("hijacked")
        self.assertGreater(ended(hijacked, "hijacker", "delivered"), 0, "SPF does not stop it")
        self.assertGreater(ended(hijacked, "ordinary", "bounced"), 0)
        self.assertEqual(hijacked["causes"].keys(), {"block-list"})


if __name__ == "__main__":
    unittest.main()
