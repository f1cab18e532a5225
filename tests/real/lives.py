"""The lives of messages in one form, whether a real relay led them or `weir`, and what is measured
of them: end states, attempts a message, queue length over time, share by host, waits."""

import bisect
import collections
import dataclasses


@dataclasses.dataclass
class Try:
    """One delivery of a message: over all hosts that were asked in a row."""
    at: float  # when it was answered, seconds
    host: str | None  # that answered last; nothing when none did
    status: str  # sent, deferred, bounced
    text: str = ""
    reused: bool = False  # over a session that had carried another message
    refusals: tuple = ()  # what the hosts before answered


@dataclasses.dataclass
class Life:
    name: str
    source: str
    arrived: float
    recipient: str = ""
    tries: list = dataclasses.field(default_factory=list)
    ended: float | None = None
    state: str = "in queue"
    put_off: int = 0  # deferrals, those without a try included


def end_states(lives):
    return collections.Counter(life.state for life in lives)


def attempts(lives):
    """How many messages took so many tries."""
    return collections.Counter(len(life.tries) for life in lives)


def queue_lengths(lives, instants, stamp=float):
    """How many messages had arrived and not ended at each instant, by stamps of arrival and end."""
    arrived = sorted(stamp(life.arrived) for life in lives)
    ended = sorted(stamp(life.ended) for life in lives if life.ended is not None)
    return [bisect.bisect_right(arrived, t) - bisect.bisect_right(ended, t) for t in instants]


def by_host(lives, begin=0.0, end=float("inf")):
    """How many messages ended by the word of each host from `begin` to `end`."""
    return collections.Counter(life.tries[-1].host for life in lives
                               if life.state in ("sent", "bounced") and begin <= life.ended < end)
