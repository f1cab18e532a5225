"""A scenario file of `weir` as the settings of a real relay and the script of real servers, and as
a run that is simulated: both sides of a comparison read the same file."""

import csv
import os
import re
import subprocess
import tomllib
from pathlib import Path

from lives import Life, Try

PROGRAM = Path(os.environ.get("WEIR_PROGRAM", "build/release/weir")).resolve()
UNITS = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "%": 1e-2}

# Postfix's name of each setting, and where it stands in the scenario.
SETTINGS = {
    "minimal_backoff_time": ("retry", "minimal_backoff"),
    "maximal_backoff_time": ("retry", "maximal_backoff"),
    "queue_run_delay": ("retry", "queue_run_delay"),
    "maximal_queue_lifetime": ("retry", "lifetime"),
    "bounce_queue_lifetime": ("retry", "lifetime"),
}

# Of the sender's log.
COLUMNS = ("source", "serial", "started_s", "replied_s", "site", "attempt", "code", "cause")
STATUS = {"2": "sent", "4": "deferred", "5": "bounced"}


def plain(text):
    """A quantity as a number of seconds or parts of one."""
    number, unit = re.fullmatch(r"([\d.]+) ?(\S+)", text).groups()
    return float(number) * UNITS[unit]


class Scenario:
    def __init__(self, path):
        self.path = Path(path)
        self.words = tomllib.loads(self.path.read_text(encoding="utf-8"))

    @property
    def hop(self):
        (route,) = self.words["system"]["relay"]["route"].values()
        return route

    @property
    def hosts(self):
        """Names of the smart hosts in the order in which they are tried."""
        return self.hop["smart_hosts"]

    @property
    def horizon(self):
        return plain(self.words["horizon"])

    def outages(self, host):
        return [{"from_s": plain(o["from"]), "until_s": plain(o["until"]), "answer": o["answer"]}
                for o in self.words["site"][host].get("outage", {}).values()]

    def postfix_settings(self):
        """Lines of main.cf."""
        settings = {name: f"{plain(self.words['lane'][table][key]):g}s"
                    for name, (table, key) in SETTINGS.items()}
        timeout = f"{plain(self.hop['connect_timeout']):g}s"
        return settings | {"smtp_connect_timeout": timeout, "smtp_helo_timeout": timeout}

    def server_script(self, places, begin, seed):
        """What receiver.py follows; `places` are address and port by host."""
        hosts = {}
        for host, (address, port) in places.items():
            site = self.words["site"][host]
            hosts[host] = {"address": address, "port": port,
                           "envelope_s": plain(site["envelope_time"]),
                           "acceptance_s": plain(site["acceptance_time"]),
                           "transient": plain(site["transient"]), "phases": self.outages(host)}
        return {"begin": begin, "seed": seed, "hosts": hosts}

    def simulate(self, folder, arrivals, seed, settings=()):
        """The lives of one replication; `arrivals` are the instants of each source's messages."""
        log = Path(folder) / f"sender-{seed}.csv"
        command = [PROGRAM, "run", self.path, "--no-result", "--quiet", "--seed", str(seed),
                   "--sender-log", log]
        for setting in settings:
            command += ["--set", setting]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(done.stderr)
        lives = read_sender_log(log, arrivals)
        log.unlink()
        return lives


def read_sender_log(path, arrivals):
    """One Life for each message, also for those of which the log has nothing."""
    lives = {(source, str(serial)): Life(f"{source} {serial}", source, at)
             for source, instants in arrivals.items() for serial, at in enumerate(instants)}
    attempt_before = {}
    with open(path, encoding="ascii", newline="") as file:
        rows = csv.reader(file)
        columns = list(map(next(rows).index, COLUMNS))
        for row in rows:
            source, serial, started, replied, site, attempt, code, cause = \
                (row[column] for column in columns)
            key = source, serial
            if key not in lives:
                lives[key] = Life(f"{source} {serial}", source, float(started))
            again = attempt_before.get(key) == attempt
            note_attempt(lives[key], float(replied), site, code, f"{code} {cause}", again)
            attempt_before[key] = attempt
    return list(lives.values())


def note_attempt(life, at, site, code, text, again):
    """`again`: the next host of the same try."""
    refusals = ()
    if again:
        before = life.tries.pop()
        refusals = (*before.refusals, before.text)
    status = STATUS[code[0]]
    life.tries.append(Try(at, site, status, text, False, refusals))
    if status != "deferred":
        life.state, life.ended = status, at
