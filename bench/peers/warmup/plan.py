"""A warm-up plan: a volume a day, released at even distances; cut and held when throttled."""

import math

from scenario import DAY

CUT = 0.5
HOLD = DAY
RESUME = 0.25


def flat(volume, days):
    return lambda day: volume / days


def geometric(first, factor):
    return lambda day: first * factor ** (day - 1)


def all_at_once():
    return lambda day: math.inf


CURVES = {"flat": flat, "geometric": geometric, "all-at-once": all_at_once}


class Plan:
    """A day is cut into as many slots as it has messages; a slot that passes unused is lost."""

    def __init__(self, model, **params):
        self._curve = CURVES[model](**params)
        self._day = 1
        self._factor = 1.0
        self._held_until = 0.0
        self._next_slot = 0
        self._set_volume()

    def next_release(self, now):
        """When a message may go: `now`, or a later time at which to ask again."""
        self._advance(now)
        free = max(now, self._held_until)
        if self._volume == math.inf:
            return free
        slot = max(self._next_slot, self._slot_at(free))
        if slot >= self._volume:
            return max(free, self._day * DAY)
        return max(free, self._begin_of(slot))

    def released(self, now):
        if self._volume < math.inf:
            self._next_slot = max(self._next_slot, self._slot_at(now)) + 1

    def throttled(self, now):
        self._advance(now)
        if now < self._held_until:
            return
        self._held_until = now + HOLD
        self._factor *= 1 - CUT
        self._set_volume()

    def _advance(self, now):
        while now >= self._day * DAY:
            if (self._day - 1) * DAY >= self._held_until:
                self._factor = min(1.0, self._factor + RESUME)
            self._day += 1
            self._next_slot = 0
            self._set_volume()

    def _set_volume(self):
        volume = self._curve(self._day) * self._factor
        self._volume = volume if volume == math.inf else math.floor(volume * (1 + 1e-12))

    def _begin_of(self, slot):
        return (self._day - 1) * DAY + slot * DAY / self._volume

    def _slot_at(self, time):
        since = time - (self._day - 1) * DAY
        return math.floor(since * self._volume / DAY + 1e-6)
