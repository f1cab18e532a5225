"""One run of a real relay before servers that follow a scenario, from an empty queue to an empty
queue. All files are in one folder, all sockets on loopback."""

import json
import math
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import feed
import maillog
from relay import Relay

HERE = Path(__file__).resolve().parent
PATIENCE = 60  # seconds for the queue to run empty after the last arrival
# Sources of the scenario and the local part of their recipients, which servers go by.
LOCAL_PARTS = {"known": "known", "unknown": "reject"}


def write_traces(folder, seconds, rate, unknown, seed):
    """A Poisson process with a wave of 50 s in its rate (messages a second), as one trace for each
    of LOCAL_PARTS; `unknown` is the share of recipients that do not exist."""
    chance, now, wave = random.Random(seed), 0.0, 0.3
    rows = {source: [] for source in LOCAL_PARTS}
    while (now := now + chance.expovariate(rate * (1 + wave))) < seconds:
        if chance.random() * (1 + wave) > 1 + wave * math.sin(2 * math.pi * now / 50):
            continue
        source = "unknown" if chance.random() < unknown else "known"
        size = min(50_000, int(chance.lognormvariate(8, 1)))
        rows[source].append(f"{now:.3f},{size},1,fabrikam.example,{feed.SENDER},message\n")
    for source, lines in rows.items():
        head = "# weir-trace 1\n# start 2026-11-22T12:00:00\n" \
               "seconds,bytes,recipients,domain,sender,kind\n"
        (Path(folder) / f"{source}.trace.csv").write_text(head + "".join(lines), encoding="ascii")


def free_port(address):
    with socket.socket() as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]


class Session:
    """After run(): `lives` of all messages in seconds of the scenario, `replies` of the servers,
    `handed` of the feeder; what is no setting of the relay: `scan_phase` of its queue scans and
    `own_time`, which 95 of 100 messages do not exceed on their way without their host's work."""

    def __init__(self, folder, scenario, more_settings):
        self.folder, self.scenario = Path(folder), scenario
        # Hosts must differ in address: Postfix goes by it alone when it has tried one.
        places = {host: f"127.0.0.{number}" for number, host in enumerate(scenario.hosts, 1)}
        self.places = {host: (address, free_port(address)) for host, address in places.items()}
        (self.folder / "relay").mkdir()
        self._relay = Relay(self.folder / "relay", free_port("127.0.0.1"),
                            list(self.places.values()),
                            scenario.postfix_settings() | more_settings)

    def run(self):
        servers = None
        try:
            self._relay.start()
            begin = math.ceil(time.time() + 1)
            servers = self._start_servers(begin)
            arrivals = [arrival for source, local_part in LOCAL_PARTS.items()
                        for arrival in feed.read_trace(self.folder / f"{source}.trace.csv", source,
                                                       local_part)]
            self.handed = feed.feed(arrivals, self._relay.port, begin)
            self._wait_for_an_empty_queue()
        finally:
            self._relay.stop()
            if servers:
                servers.terminate()
                servers.wait(10)
        self._read(begin)

    def _start_servers(self, begin):
        script = self.folder / "script.json"
        script.write_text(json.dumps(self.scenario.server_script(self.places, begin, seed=1)))
        return subprocess.Popen([sys.executable, HERE / "receiver.py", script,
                                 self.folder / "replies.jsonl"])

    def _wait_for_an_empty_queue(self):
        until = time.monotonic() + PATIENCE
        while not self._relay.queue_is_empty():
            if time.monotonic() > until:
                raise AssertionError(f"mail is still queued {PATIENCE} s after the last arrival")
            time.sleep(0.2)

    def _read(self, begin):
        with open(self.folder / "replies.jsonl", encoding="ascii") as replies:
            self.replies = [json.loads(line) for line in replies]
        second_zero = maillog.seconds(time.strftime("%b %d %H:%M:%S", time.gmtime(begin)))
        hosts = {address: host for host, (address, _) in self.places.items()}
        # Not by port: the log gives that of the host asked first, even when a session to another
        # one is used again.
        reader = maillog.Reader(lambda address, _: hosts[address], second_zero)
        reader.read(self._relay.log)
        self.lives, self.scan_phase = reader.lives, reader.scan_phase(self._scan_distance())
        self._sharpen()
        self.own_time = self._own_time()

    def _scan_distance(self):
        return int(self.scenario.postfix_settings()["queue_run_delay"].removesuffix("s"))

    def _sharpen(self):
        """Replaces whole seconds by what feeder and servers saw."""
        arrivals = {handed.queue_id: handed for handed in self.handed}
        ends = {reply["recipient"]: reply["t"] for reply in self.replies
                if reply["reply"][0] in "25"}
        for life in self.lives:
            if handed := arrivals.get(life.name):
                life.source, life.arrived = handed.arrival.source, handed.arrival.at
                if life.ended is not None:
                    life.ended = ends.get(life.recipient, life.ended)

    def _own_time(self):
        worked = {reply["recipient"]: reply["worked_s"] for reply in self.replies}
        usual = sorted(life.ended - life.arrived - worked[life.recipient] for life in self.lives
                       if life.source == "known" and life.state == "sent" and not life.put_off
                       and len(life.tries) == 1 and life.tries[0].host == self.scenario.hosts[0]
                       and not self._in_outage(life))
        return usual[len(usual) * 95 // 100]

    def _in_outage(self, life):
        """Whether it may have waited for those that waited for the first host."""
        return any(outage["from_s"] <= life.ended and life.arrived < outage["until_s"] + 1
                   for outage in self.scenario.outages(self.scenario.hosts[0]))
