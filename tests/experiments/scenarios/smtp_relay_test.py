"""experiments/scenarios/smtp-relay.toml comes out as its header says."""

import unittest

from scenario_run import ended, longest_s, runs_of

PROGRAMS = "programs"  # the source of the house
MESSAGES = 3000
MINUTE_S = 60
RATE = 30  # a minute, of each mailbox

run = runs_of("smtp-relay")


def accepted(result, site):
    return result["sites"][site]["accepted"]


class SmtpRelayTest(unittest.TestCase):
    def check_last_minute(self, result, mailboxes):
        self.assertEqual(ended(result, PROGRAMS, "delivered"), MESSAGES)
        minutes = -(-MESSAGES // mailboxes // RATE)  # begun
        self.assertGreater(longest_s(result, PROGRAMS), (minutes - 1) * MINUTE_S)
        self.assertLess(longest_s(result, PROGRAMS), minutes * MINUTE_S)

    def test_a_mailbox_passes_thirty_a_minute(self):
        relay = run()
        self.check_last_minute(relay, mailboxes=1)
        self.assertEqual(accepted(relay, "submission"), MESSAGES)

    def test_three_mailboxes_pass_three_times_that(self):
        self.check_last_minute(run("three-accounts"), mailboxes=3)

    def test_refusals_cost_a_relay_that_pauses_more_than_a_day(self):
        reject = run("reject")
        self.assertGreater(reject["replies"]["421 4.4.2"], 0)
        self.assertGreater(ended(reject, PROGRAMS, "in_flight"), 0)

    def test_what_no_pattern_covers_the_relay_delivers_itself(self):
        direct = run("no-pattern")
        self.assertEqual((accepted(direct, "submission"), accepted(direct, "fabrikam")),
                         (0, MESSAGES))

    def test_a_server_that_is_no_mx_any_more_is_refused(self):
        own = run("own-server")
        self.assertEqual(ended(own, PROGRAMS, "bounced"), MESSAGES)
        self.assertEqual(own["replies"]["550 5.7.25"], MESSAGES)

    def test_another_sender_is_refused_and_returned(self):
        other = run("send-as")
        self.assertEqual(ended(other, PROGRAMS, "bounced"), MESSAGES)
        self.assertEqual(other["replies"]["550 5.7.1"], MESSAGES)

    def test_in_an_outage_the_old_server_receives(self):
        outage = run("outage")
        self.assertEqual((accepted(outage, "on-premises"), accepted(outage, "exchange-online")),
                         (100, 100))
        self.assertGreater(longest_s(outage, "outside"), 30)
        self.assertLess(longest_s(run(), "outside"), 1)


if __name__ == "__main__":
    unittest.main()
