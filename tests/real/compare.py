"""What was measured beside what was simulated, as rows of a number and the band it must lie in."""

import bisect
import collections
import math
from typing import NamedTuple

import bands
import lives


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


class Comparison:
    """`replications` are the lives of several simulated runs, at least 31. A Postfix counts whole
    seconds and may do within one what it plans for it: instants differ by up to `SLACK`."""

    SLACK = 1.0

    def __init__(self, measured, replications):
        self.measured, self.replications = measured, replications

    def _row(self, what, count):
        """Of a count that is taken of one run."""
        return Row(what, count(self.measured),
                   bands.of_counts([count(run) for run in self.replications]))

    def end_states(self):
        for source in sorted({life.source for life in self.replications[0]}):
            for state in ("sent", "bounced", "in queue"):
                yield self._row(f"{source} {state}", lambda run, s=source, e=state: sum(
                    life.source == s and life.state == e for life in run))

    def attempts(self):
        """Messages by the number of their tries; those above the most seen are one row."""
        most = max(len(life.tries) for life in of_senders(self.measured))
        for tries in range(1, most + 1):
            yield self._row(f"messages tried {tries} times", lambda run, n=tries: sum(
                len(life.tries) == n for life in of_senders(run)))
        yield self._row(f"messages tried more than {most} times", lambda run: sum(
            len(life.tries) > most for life in of_senders(run)))

    def by_host(self, hosts, edges):
        """Messages that each host ended, between one of `edges` and the next."""
        for begin, end in zip(edges, edges[1:]):
            for host in hosts:
                yield self._row(f"ended by {host} from {begin:g} to {end:g} s",
                                lambda run, h=host, b=begin, e=end:
                                lives.by_host(of_senders(run), b, e)[h])

    def queue(self, step, until):
        """How many messages of senders are queued every `step` seconds."""
        instants = [i * step for i in range(math.ceil(until / step) + 1)]
        shifts = (-self.SLACK, 0.0, self.SLACK)
        fine = sorted({t + shift for t in instants for shift in shifts})
        runs = [lives.queue_lengths(of_senders(run), fine) for run in self.replications]
        band = dict(zip(fine, map(bands.of_counts, zip(*runs))))
        measured = lives.queue_lengths(of_senders(self.measured), instants)
        for t, length in zip(instants, measured):
            near = [band[t + shift] for shift in shifts]
            yield Row(f"queued at {t:g} s", length,
                      bands.Band(min(b.low for b in near), band[t].middle,
                                 max(b.high for b in near)))

    def waits(self, step, most):
        """Waits between two tries of up to so many seconds, counted."""
        for bound in range(step, most + 1, step):
            low, middle, high = (
                bands.of_counts([waits_within(run, bound + shift) for run in self.replications])
                for shift in (-self.SLACK, 0, self.SLACK))
            yield Row(f"waits of up to {bound:g} s", waits_within(self.measured, bound),
                      bands.Band(low.low, middle.middle, high.high))


def waits_within(of, bound):
    return bisect.bisect_right(stamped_waits(of), bound)


def stamped_waits(of):
    """All waits between two tries, by stamps of whole seconds as Postfix's log has them."""
    return sorted(math.floor(after.at) - math.floor(before.at) for life in of_senders(of)
                  for before, after in zip(life.tries, life.tries[1:]))


def failures(rows):
    return [str(row) for row in rows if not row.holds]


def totals(of):
    """For the table of a report."""
    return collections.Counter((life.source, life.state) for life in of)
