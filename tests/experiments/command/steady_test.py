"""`weir run --steady`: means and quantiles of a long run, with how sure they are."""

import json
import unittest

from program import ProgramTest

# M/M/1 at half load: two seconds in the system on average, one message there, and the delay is
# exponential.
QUEUE = """\
title = "One connection that serves for a second on average"
horizon = "240 h"
grid = "1 min"

[source.mail]
arrivals = { model = "poisson", rate = "1800/h" }

[address.only]

[lane]
connection_limit = 1
connect_time = "0 s"
transaction_time = "0 s"
transfer_time = "0 s"

[site.there]
envelope_time = "1 s"
acceptance_time = "0 s"
reply_times = "exponential"
"""

# The same with a load that follows the hour.
DAILY = QUEUE.replace('model = "poisson"', 'model = "profile"').replace(
    'rate = "1800/h"', 'rate = "1800/h", days = [1, 1, 1, 1, 1, 1, 1]').replace(
    '"1 min"', '"1 h"').replace('"240 h"', '"480 h"')


class SteadyTest(ProgramTest):

    def run_json(self, text, *arguments, code=0):
        self.write("queue.toml", text)
        done = self.weir("run", "queue.toml", "--no-result", "--json", *arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def assert_holds(self, figure, expected):
        self.assertLess(figure["low95"], expected, figure)
        self.assertGreater(figure["high95"], expected, figure)
        self.assertLess(figure["high95"] - figure["low95"], 0.2 * expected, figure)

    def test_finds_the_mean_of_a_queue_that_is_known(self):
        figures = self.run_json(QUEUE, "--steady", "lane_queue:only@there", "--steady",
                                "source_delay:mail", "--steady", "site_accepted")["steady"]
        self.assertEqual([f["series"] for f in figures],
                         ["lane_queue:only@there", "source_delay:mail", "site_accepted"])
        for figure, expected in zip(figures, (1.0, 2.0, 30.0)):
            self.assert_holds(figure, expected)
            self.assertIsNone(figure["quantile"])
            self.assertEqual(figure["cycle"], 1)
        self.assertEqual(figures[0]["samples"], 240 * 60)
        self.assertIn("N-Skart", figures[0]["method"])

    def test_finds_a_quantile_too(self):
        mean, quantile = self.run_json(QUEUE, "--steady", "source_delay", "--quantile",
                                       "0.9")["steady"]
        self.assert_holds(mean, 2.0)
        self.assertEqual(quantile["quantile"], 0.9)
        self.assert_holds(quantile, 4.605)

    def test_leaves_the_run_as_it_is(self):
        plain = self.run_json(QUEUE)
        self.assertNotIn("steady", plain)
        self.assertEqual(self.run_json(QUEUE, "--steady", "lane_queue")["fingerprint"],
                         plain["fingerprint"])

    def test_batches_are_whole_days_where_the_load_has_days(self):
        figure = self.run_json(DAILY, "--steady", "source_arrived:mail")["steady"][0]
        self.assertEqual(figure["cycle"], 24)
        self.assertEqual(figure["batch_length"] % 24, 0)
        self.assert_holds(figure, 1800)
        self.assertEqual(
            self.run_json(DAILY, "--steady", "source_arrived:mail", "--cycle",
                          "48 h")["steady"][0]["batch_length"] % 48, 0)

    def test_says_when_a_run_is_too_short(self):
        figure = self.run_json(QUEUE.replace('"240 h"', '"5 min"'), "--steady", "lane_queue",
                               code=4)["steady"][0]
        self.assertIn("run longer", figure["none_because"])
        self.assertNotIn("value", figure)

    def test_people_read_the_method_and_what_to_doubt(self):
        self.write("queue.toml", QUEUE)
        done = self.weir("run", "queue.toml", "--no-result", "--steady", "lane_queue")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"lane_queue, mean +[01]\.\d+, 95 % between ")
        self.assertIn("N-Skart", done.stdout)
        for line in done.stdout.splitlines():
            self.assertLessEqual(len(line), 100, line)

    def test_refuses_what_has_no_steady_state(self):
        done = self.weir("run", "small.toml", "--no-result", "--steady", "source_queue")
        self.assert_fails(done, 1, "source mail", "held by a plan", "use replications")

    def test_refuses_series_that_there_are_not(self):
        self.write("queue.toml", QUEUE)
        self.write("daily.toml", DAILY)
        for arguments, *words in (
            (["--steady", "line_queue"], "'line_queue'", "lane_"),
            (["--steady", "lane_wait"], "'lane_wait'", "queue", "accepted"),
            (["--steady", "lane_queue:here"], "no lane 'here'", "only@there"),
            (["--quantile", "0.9"], "--steady"),
            (["--steady", "lane_queue", "--quantile", "1.5"], "between 0 and 1"),
            (["--steady", "lane_queue", "--cycle", "often"], "--cycle", "'often'"),
            (["--steady", "lane_queue", "--cycle", "90 s"], "grid"),
            (["--steady", "lane_queue", "--replications", "3"], "single long run"),
        ):
            with self.subTest(arguments):
                self.assert_fails(self.weir("run", "queue.toml", "--no-result", *arguments), 1,
                                  *words)
        self.assert_fails(
            self.weir("run", "daily.toml", "--no-result", "--steady", "source_delay"), 1,
            "Little's law")


if __name__ == "__main__":
    unittest.main()
