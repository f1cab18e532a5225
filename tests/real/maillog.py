"""What became of each message, read from a Postfix log, in another way than `weir import` does.

Postfix stamps lines with whole seconds and tells delays to two digits.
"""

import collections
import datetime
import functools
import gzip
import re

from lives import Life, Try

LINE = re.compile(r"(\w{3} [ \d]\d [\d:]{8}) \S+ postfix/\w+\[\d+\]: ([0-9A-F]{6,}): (.*)")
BEGAN = re.compile(r"(\w{3} [ \d]\d [\d:]{8}) .*daemon started")
DELIVERY = re.compile(r"to=<([^>]*)>,.* relay=([^,]*),(.* conn_use=\d+,)?.* status=(\w+) \((.*)\)")
HOST_SAID = re.compile(r"host \S+ said: (.*)")
RELAY = re.compile(r"[^\[]*\[([^\]]*)\]:(\d+)")
SUSPENDED = "delivery temporarily suspended"


@functools.cache
def seconds(stamp):
    """Of a stamp without year: the year only matters for February 29."""
    instant = datetime.datetime.strptime(f"2024 {stamp}", "%Y %b %d %H:%M:%S")
    return int(instant.replace(tzinfo=datetime.timezone.utc).timestamp())


def open_log(path):
    opener = gzip.open if str(path).endswith(".gz") else open
    return opener(path, "rt", encoding="ascii", errors="replace")


class Reader:
    """Keeps one Life for each message, in order of arrival. `name_host` names the host behind
    (address, port); `zero` is the second that lives count from, else that of the relay's start."""

    def __init__(self, name_host, zero=None):
        self.lives, self._zero = [], zero
        self._name_host, self._living, self._said = name_host, {}, {}
        self._scans = collections.Counter()  # taken up from the deferred queue, by second

    def read(self, path):
        with open_log(path) as log:
            for text in log:
                if self._zero is None and (began := BEGAN.match(text)):
                    self._zero = seconds(began[1])
                if line := LINE.match(text):
                    self._note(seconds(line[1]) - self._zero, line[2], line[3])
        return self

    def scan_phase(self, distance):
        """The second, modulo the distance between two scans, in which most retries begin."""
        phases = collections.Counter()
        for second, count in self._scans.items():
            phases[second % distance] += count
        return phases.most_common(1)[0][0]

    def _note(self, now, queue_id, said):
        life = self._living.get(queue_id)
        if life is None:
            life = self._living[queue_id] = Life(name=queue_id, source="notices", arrived=now)
            self.lives.append(life)
        if said.startswith("client="):
            life.source = "senders"
        elif said.endswith("(queue active)") and life.put_off:
            self._scans[now] += 1
        elif host_said := HOST_SAID.match(said):
            self._said.setdefault(queue_id, []).append(host_said[1])
        elif delivery := DELIVERY.match(said):
            self._note_delivery(now, life, *delivery.groups())
        elif said == "removed":
            life.ended = now
            del self._living[queue_id]

    def _note_delivery(self, now, life, recipient, relay, reused, status, text):
        life.recipient = recipient
        if status == "deferred":
            life.put_off += 1
        if text.startswith(SUSPENDED):
            return
        place = RELAY.fullmatch(relay)
        host = self._name_host(*place.groups()) if place else None
        life.tries.append(Try(now, host, status, HOST_SAID.sub(r"\1", text), bool(reused),
                              tuple(self._said.pop(life.name, ()))))
        if status in ("sent", "bounced", "expired"):
            life.state = status
