"""Runs a real Postfix before servers that follow live.toml, runs live.toml, and compares."""

import collections
import concurrent.futures
import csv
import itertools
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import bands
import relay
from compare import ByHost, EndStates, Expectation, Queue, Tries, Waits, failures, of_senders
from lives import end_states
from report import Report
from scenario import PROGRAM, Scenario, plain
from session import Session, write_traces

HERE = Path(__file__).resolve().parent
SECONDS, RATE, UNKNOWN = 100, 12, 0.05
REPLICATIONS = 32
BUSY = "452"
# With its cache of open sessions Postfix stays with a host longer than `weir` knows of.
MORE_SETTINGS = {"smtp_connection_cache_on_demand": "no"}
# Each is a wrong belief about the relay or its hosts, and must not pass.
WRONG = {
    "a 4xx ends the try": ["system.relay.route.out.on_4xx=defer"],
    "hosts in turn": ["system.relay.route.out.order=round_robin"],
    "shorter waits": ["lane.retry.minimal_backoff=3 s"],
    "scans at another time": ["lane.retry.queue_run_delay=11 s"],
    "no dead destination": ["lane.control.failed_cohort_limit=0"],
    "a narrow window": ["lane.control.concurrency_limit=3"],
    "an outage too long": ["site.h1.outage.dead.until=67 s"],
}


@unittest.skipIf(relay.why_not(), relay.why_not())
class LiveTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="weir-real-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.folder.chmod(0o755)
        scenario = cls.folder / "live.toml"
        scenario.write_text((HERE / "live.toml").read_text(encoding="utf-8"), encoding="utf-8")
        cls.scenario = Scenario(scenario)
        write_traces(cls.folder, SECONDS, RATE, UNKNOWN, seed=1)
        cls.session = Session(cls.folder, cls.scenario, MORE_SETTINGS)
        cls.session.run()
        cls.arrivals = collections.defaultdict(list)
        for handed in sorted(cls.session.handed):
            cls.arrivals[handed.arrival.source].append(handed.arrival.at)
        # A relay that takes no time for itself, and one that takes for each connection what few
        # a message took: the real one lies between.
        slow = f"lane.connect_time={1000 * cls.session.own_time:.0f} ms"
        # The log says in which second the queue is scanned, not when in it.
        late = f"lane.retry.scan_phase={cls.session.scan_phase}.9 s"
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            cls.runs = [list(pool.map(lambda seed, of=settings: cls.simulate(seed, of),
                                      range(1, REPLICATIONS + 1)))
                        for settings in ([], [slow], [late], [slow, late])]
        cls.expected = {name: Expectation(statistic, *cls.runs) for name, statistic in {
            "ends": EndStates(["known", "unknown", "notices"]), "tries": Tries(4),
            "queue": Queue(1, SECONDS + 10), "hosts": ByHost(cls.scenario.hosts, cls.edges()),
            "waits": Waits(40)}.items()}
        cls.report = Report(os.environ.get("WEIR_BUILD_DIR", cls.folder), "live")

    @classmethod
    def simulate(cls, seed, settings=()):
        phase = f"lane.retry.scan_phase={cls.session.scan_phase} s"
        return cls.scenario.simulate(cls.folder, cls.arrivals, seed, [phase, *settings])

    def check(self, what):
        rows = self.expected[what].rows(self.session.lives)
        self.assertEqual(failures(rows), [])
        return rows

    @classmethod
    def edges(cls):
        """When anything changes at a host, and the ends of the run."""
        changes = {outage[key] for host in cls.scenario.hosts
                   for outage in cls.scenario.outages(host) for key in ("from_s", "until_s")}
        return sorted(changes | {0.0, SECONDS + 60.0})

    def test_every_message_is_handed_in_and_ends(self):
        measured = of_senders(self.session.lives)
        self.assertEqual(len(measured), sum(map(len, self.arrivals.values())))
        self.assertEqual(end_states(measured)["in queue"], 0)

    def test_recipients_that_do_not_exist_bounce_exactly(self):
        for lives in (self.session.lives, *itertools.chain(*self.runs)):
            unknown = [life for life in lives if life.source == "unknown"]
            self.assertEqual(end_states(unknown), {"bounced": len(self.arrivals["unknown"])})

    def test_each_bounce_makes_one_notice(self):
        for lives in (self.session.lives, *itertools.chain(*self.runs)):
            notices = [life for life in lives if life.source == "notices"]
            self.assertEqual(len(notices), end_states(of_senders(lives))["bounced"])

    def test_messages_end_as_simulated(self):
        self.report.table("ends", self.check("ends"))

    def test_the_share_put_off_at_random_is_the_one_set(self):
        outages = {host: self.scenario.outages(host) for host in self.scenario.hosts}
        usual = [reply for reply in self.session.replies
                 if not any(o["from_s"] - 1 <= reply["t"] < o["until_s"] + 1
                            for o in outages[reply["host"]])
                 and not reply["recipient"].startswith("reject.")]
        busy = sum(reply["reply"].startswith(BUSY) for reply in usual)
        share = plain(self.scenario.words["site"]["h1"]["transient"])
        self.assertTrue(bands.binomial(len(usual), share).holds(busy), f"{busy} of {len(usual)}")

    def test_messages_take_as_many_tries_as_simulated(self):
        rows = self.check("tries")
        names = [str(tries) for tries in range(1, len(rows))] + ["more"]
        self.report.table("tries", rows)
        self.report.bars("tries", "Messages by number of tries", names, rows)

    def test_the_queue_is_as_long_as_simulated(self):
        rows = self.check("queue")
        words = {"refused": "h1 refuses", "none": "h1 silent"}
        stretches = [(o["from_s"], o["until_s"], words.get(o["answer"], o["answer"][:3]))
                     for o in self.scenario.outages("h1")]
        self.report.over_time("queue", "Messages in the queue, every second", rows, 1, stretches)

    def test_each_host_gets_its_share(self):
        self.report.table("hosts", self.check("hosts"))

    def test_messages_wait_as_simulated(self):
        rows = self.check("waits")
        self.report.over_time("waits", "Waits between two tries: so many of up to x seconds",
                              [rows[0], *rows], 1)

    def test_a_wrong_scenario_is_noticed(self):
        for belief, settings in WRONG.items():
            with self.subTest(belief):
                wrong = self.simulate(1, settings)
                rows = [row for expected in self.expected.values() for row in expected.rows(wrong)]
                self.assertNotEqual(failures(rows), [])

    def test_the_import_finds_the_same_messages(self):
        log, trace = self.folder / "relay" / "maillog", self.folder / "imported.csv"
        done = subprocess.run([PROGRAM, "import", "postfix", log, "-o", trace, "--json"],
                              capture_output=True, text=True, check=True)
        found, states = json.loads(done.stdout), end_states(self.session.lives)
        measured = of_senders(self.session.lives)
        self.assertEqual([found[key] for key in ("messages", "bounce_notices", "delivered",
                                                 "bounced")],
                         [len(measured), len(self.session.lives) - len(measured), states["sent"],
                          states["bounced"]])
        with open(trace, encoding="ascii", newline="") as file:
            rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
        self.assertEqual(len(rows), len(measured))


if __name__ == "__main__":
    unittest.main()
