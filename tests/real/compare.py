"""What was measured beside what was simulated, as rows of a number and the band it must lie in."""

import bisect
import collections
import math
from typing import NamedTuple

import bands
import lives

# Postfix counts whole seconds, and does what it plans for one within it; so does its log.
SLACK = 1.0


class Row(NamedTuple):
    what: str
    measured: float
    band: bands.Band

    @property
    def holds(self):
        return self.band.holds(self.measured)

    def __str__(self):
        low, middle, high = self.band
        return f"{self.what}: {self.measured:g} measured, {middle:.4g} simulated, " \
               f"{low:g} to {high:g} allowed"


def of_senders(of):
    return [life for life in of if life.source != "notices"]


class EndStates:
    """Messages of each source by how they ended."""
    shifts = (0.0,)

    def __init__(self, sources):
        self._cells = [(source, state) for source in sources
                       for state in ("sent", "bounced", "in queue")]
        self.names = [" ".join(cell) for cell in self._cells]

    def counts(self, of):
        found = collections.Counter((life.source, life.state) for life in of)
        return [[found[cell] for cell in self._cells]]


class Tries:
    """Messages by the number of their tries."""
    shifts = (0.0,)

    def __init__(self, most):
        self._most = most
        self.names = ["tried once", *(f"tried {n} times" for n in range(2, most + 1)),
                      f"tried more than {most} times"]

    def counts(self, of):
        by_number = lives.attempts(of_senders(of))
        few = [by_number[n] for n in range(1, self._most + 1)]
        return [[*few, sum(by_number.values()) - by_number[0] - sum(few)]]


class ByHost:
    """Messages that each host ended, between one of `edges` and the next."""
    shifts = (0.0, -SLACK, SLACK)

    def __init__(self, hosts, edges):
        self._cells = [(host, *between) for between in zip(edges, edges[1:]) for host in hosts]
        self.names = [f"{begin:g} to {end:g} s, by {host}" for host, begin, end in self._cells]

    def counts(self, of):
        of = of_senders(of)
        return [[lives.by_host(of, begin + shift, end + shift)[host]
                 for host, begin, end in self._cells] for shift in self.shifts]


class Queue:
    """Messages of senders in the queue, every `step` seconds: by the instants themselves, or by
    stamps of whole seconds, which is all that a log has."""
    shifts = (0.0, -SLACK, SLACK)

    def __init__(self, step, until, stamp=float):
        self._stamp = stamp
        self._instants = [i * step for i in range(math.ceil(until / step) + 1)]
        self.names = [f"queued at {t:g} s" for t in self._instants]

    def counts(self, of):
        shifted = [t + shift for shift in self.shifts for t in self._instants]
        lengths = lives.queue_lengths(of_senders(of), shifted, self._stamp)
        size = len(self._instants)
        return [lengths[i:i + size] for i in range(0, len(lengths), size)]


class Waits:
    """Waits between two tries of up to 1, 2 ... `most` seconds; by stamps of whole seconds."""
    shifts = (0.0, -SLACK, SLACK)

    def __init__(self, most):
        self._bounds = range(1, most + 1)
        self.names = [f"waits of up to {bound} s" for bound in self._bounds]

    def counts(self, of):
        waits = sorted(math.floor(after.at) - math.floor(before.at) for life in of_senders(of)
                       for before, after in zip(life.tries, life.tries[1:]))
        return [[bisect.bisect_right(waits, bound + shift) for bound in self._bounds]
                for shift in self.shifts]


class Expectation:
    """What replications, of which there are at least 31, say of one statistic. One that depends on
    instants may be ahead or behind by any of its `shifts`, of which the first is none."""

    def __init__(self, statistic, *ensembles):
        """Of several ensembles, between which the truth lies, the first is the one shown."""
        self._statistic = statistic
        self._bands = [self._band(of_ensembles) for of_ensembles in
                       zip(*(self._by_shift(runs) for runs in ensembles))]

    def _by_shift(self, runs):
        """For each row of the statistic: its band at each shift, that without a shift first."""
        counted = zip(*(self._statistic.counts(run) for run in runs))
        return list(zip(*([bands.of_counts(samples) for samples in zip(*of_shift)]
                          for of_shift in counted)))

    @staticmethod
    def _band(of_ensembles):
        every = [band for by_shift in of_ensembles for band in by_shift]
        return bands.Band(min(band.low for band in every), of_ensembles[0][0].middle,
                          max(band.high for band in every))

    def rows(self, measured):
        return [Row(*row) for row in zip(self._statistic.names,
                                         self._statistic.counts(measured)[0], self._bands)]


def failures(rows):
    return [str(row) for row in rows if not row.holds]
