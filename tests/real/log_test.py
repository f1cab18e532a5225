"""Compares the log of a real Postfix with log.toml, which says how it was made."""

import concurrent.futures
import csv
import math
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import bands
from compare import (SLACK, EndStates, Expectation, Queue, Row, Tries, Waits, failures,
                     of_senders)
from lives import end_states
from maillog import Reader
from report import Report
from scenario import PROGRAM, Scenario, plain

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("WEIR_SHARED_DATA", HERE.parents[2] / "shared" / "data"))
LOG = DATA / "postfix-relay" / "maillog.gz"
REPLICATIONS = 32
HOSTS = {"2601": "h1", "2602": "h2"}
# Both hosts have one address. When a session that was used again gets a 4xx, Postfix takes the
# other host for tried too, since it goes by the address: the try ends there. Else it goes on to the
# other host. The log lies between two runs that always do the one or the other.
MANNERS = ("next_host", "defer")
WRONG = {
    "shorter waits": ["lane.retry.maximal_backoff=60 s"],
    "scans at another time": ["lane.retry.queue_run_delay=20 s"],
    "no outage of both": ["site.h2.outage.busy.until=603 s"],
    "no ban": ["site.h1.outage.banned.until=1083 s"],
    "more unknown recipients": ["source.senders.unknown=3 %"],
}


@unittest.skipUnless(LOG.exists(), f"the real log is not here: {LOG}")
class LogTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="weir-real-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        trace = cls.folder / "log.trace.csv"
        subprocess.run([PROGRAM, "import", "postfix", LOG, "-o", trace, "--quiet"], check=True,
                       stdout=subprocess.DEVNULL)
        shutil.copy(HERE / "log.toml", cls.folder)
        cls.scenario = Scenario(cls.folder / "log.toml")
        with open(trace, encoding="ascii", newline="") as file:
            rows = csv.DictReader(line for line in file if not line.startswith("#"))
            cls.arrivals = {"senders": [float(row["seconds"]) for row in rows]}
        cls.lives = Reader(lambda _, port: HOSTS[port]).read(LOG).lives
        tasks = [(seed, manner) for manner in MANNERS for seed in range(1, REPLICATIONS + 1)]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            runs = list(pool.map(lambda task: cls.simulate(*task), tasks))
        cls.runs = {manner: runs[i * REPLICATIONS:(i + 1) * REPLICATIONS]
                    for i, manner in enumerate(MANNERS)}
        cls.expected = {
            name: Expectation(statistic, *cls.runs.values()) for name, statistic in {
                "ends": EndStates(["senders", "notices"]), "tries": Tries(6),
                "queue": Queue(10, 1520, math.floor), "waits": Waits(140)}.items()}
        cls.report = Report(os.environ.get("WEIR_BUILD_DIR", cls.folder), "log")

    @classmethod
    def simulate(cls, seed, manner, settings=()):
        folder = Path(tempfile.mkdtemp(dir=cls.folder))
        return cls.scenario.simulate(folder, cls.arrivals, seed,
                                     [f"system.relay.route.out.on_4xx={manner}", *settings])

    def check(self, what):
        rows = self.expected[what].rows(self.lives)
        self.assertEqual(failures(rows), [])
        return rows

    def test_the_log_holds_what_its_readme_says(self):
        self.assertEqual(len(of_senders(self.lives)), 17_831)
        self.assertEqual(end_states(self.lives)["in queue"], 0)

    def test_messages_end_as_simulated(self):
        self.report.table("ends", self.check("ends"))

    def test_messages_take_as_many_tries_as_simulated(self):
        rows = self.check("tries")
        self.report.table("tries", rows)
        self.report.bars("tries", "Messages by number of tries",
                         [str(tries) for tries in range(1, len(rows))] + ["more"], rows)

    def test_the_queue_is_as_long_as_simulated(self):
        rows = self.check("queue")
        words = {"refused": "h1 refuses", "451 4.7.500": "both 451", "550 5.7.606": "h1 550"}
        self.report.over_time("queue", "Messages in the queue, every 10 s", rows, 10,
                              [(o["from_s"], o["until_s"], words[o["answer"]])
                               for o in self.scenario.outages("h1")])

    def test_messages_wait_as_simulated(self):
        rows = self.check("waits")
        self.report.over_time("waits", "Waits between two tries: so many of up to x seconds",
                              [rows[0], *rows], 1)

    def test_every_retry_is_at_the_scan_at_which_it_is_due(self):
        """By Postfix's rule, computed here once more: as long again as the message is old."""
        retry = {key: plain(text) for key, text in self.scenario.words["lane"]["retry"].items()
                 if key != "model"}
        late = []
        for life in self.lives:
            for before, after in zip(life.tries, life.tries[1:]):
                wait = min(max(before.at - life.arrived, retry["minimal_backoff"]),
                           retry["maximal_backoff"])
                scans = math.ceil((before.at + wait - SLACK) / retry["queue_run_delay"])
                late.append(after.at - scans * retry["queue_run_delay"])
        self.assertEqual(len(late), 4_448)
        self.assertTrue(0 <= min(late) <= max(late) < retry["queue_run_delay"], late)

    def test_each_host_gets_its_share(self):
        """Of messages whose last try opened a session: where one is used again, the log names the
        port of the host that was asked first."""
        fresh = [life for life in of_senders(self.lives) if not life.tries[-1].reused]
        edges = [0, *(o[key] for o in self.scenario.outages("h1") for key in ("from_s", "until_s")),
                 1600]
        rows = []
        for begin, end in zip(edges, edges[1:]):
            ended = SLACK + begin, end - SLACK
            hits, trials = count_of(fresh, "h2", *ended)
            pooled = [count_of(run, "h2", *ended) for run in self.runs["next_host"]]
            of_all = sum(trials for _, trials in pooled)
            if trials and of_all:
                share = sum(hits for hits, _ in pooled) / of_all
                rows.append(Row(f"ended by h2 from {begin:g} to {end:g} s, of {trials}", hits,
                                bands.binomial(trials, share)))
        self.assertEqual(failures(rows), [])
        self.report.table("hosts", rows)

    def test_a_wrong_scenario_is_noticed(self):
        for belief, settings in WRONG.items():
            with self.subTest(belief):
                wrong = self.simulate(1, "next_host", settings)
                rows = [row for expected in self.expected.values() for row in expected.rows(wrong)]
                self.assertNotEqual(failures(rows), [])


def count_of(lives, host, begin, end):
    """Messages ended by that host, and by any."""
    hosts = [life.tries[-1].host for life in of_senders(lives)
             if life.tries and life.ended is not None and begin <= life.ended < end]
    return hosts.count(host), len(hosts)


if __name__ == "__main__":
    unittest.main()
