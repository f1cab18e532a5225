"""The receiver: compares an address with what it has accepted from it, and throttles what grows.

The rule of docs/models/history-window.md, for one address with its /24 and its sender domain.
"""

import math

from scenario import DAY, HOUR

ACCEPTED = "accepted"
THROTTLED = "throttled"
BANNED = "banned"
UNKNOWN = "unknown recipient"

HOURS = 24
DAYS = 30


class History:
    """What was accepted: by hour of the last 24, and by day since the hour of the first mail."""

    def __init__(self, half_life):
        self._weights = [2 ** (-age * DAY / half_life) for age in range(DAYS + 1)]
        self._hour = 0
        self._first_hour = None
        self._by_hour = [0] * HOURS
        self._ended_days = []  # the latest last
        self._today = 0
        self.volume = 0  # in the last 24 hours, the present one included

    @property
    def this_hour(self):
        return self._by_hour[self._hour % HOURS]

    def roll_to(self, hour):
        while self._hour < hour:
            self._hour += 1
            self.volume -= self.this_hour
            self._by_hour[self._hour % HOURS] = 0
            if self._first_hour is not None and (self._hour - self._first_hour) % HOURS == 0:
                self._end_day()

    def _end_day(self):
        self._ended_days = [*self._ended_days[-(DAYS - 1):], self._today]
        self._today = 0
        if not any(self._ended_days):
            self._first_hour = None
            self._ended_days = []

    def add(self):
        if self._first_hour is None:
            self._first_hour = self._hour
        self._by_hour[self._hour % HOURS] += 1
        self._today += 1
        self.volume += 1

    def baseline(self):
        days = [(self._weights[age], volume)
                for age, volume in enumerate(reversed(self._ended_days), 1) if volume]
        if not days:
            return 0.0
        return sum(weight * volume for weight, volume in days) / sum(weight for weight, _ in days)


class Profile:
    """History and reputation of an address, a /24 or a domain, and the limit that follows."""

    def __init__(self, params, factor):
        self._p = params
        self._factor = factor
        self._recipients = 0.0
        self._badness = 0.0
        self.forget_history()
        self._evidence_hour = 0

    def forget_history(self):
        self.history = History(self._p.half_life)
        self._limit_hour = None

    def accept(self, hour):
        self.history.roll_to(hour)
        self.history.add()

    def judge(self, hour, recipients, badness):
        before = self._share()
        self._fade_to(hour)
        self._recipients += recipients
        self._badness += badness
        if self._share() != before:
            self._limit_hour = None

    def allows_one(self, hour):
        self._refresh(hour)
        return (self.history.volume < self._limit and
                self.history.this_hour < self._hour_limit)

    def condemned(self, hour):
        self._refresh(hour)
        return (self._recipients >= self._p.listing_recipients and
                self.reputation() < self._p.listing_reputation)

    def reputation(self):
        good = max(0.0, self._recipients - self._badness)
        return ((100 * good + self._p.prior * self._p.prior_recipients) /
                (self._recipients + self._p.prior_recipients))

    def _share(self):
        return min(1.0, max(self._p.least_share, self.reputation() / self._p.full_reputation))

    def _fade_to(self, hour):
        if hour != self._evidence_hour:
            kept = 2 ** (-(hour - self._evidence_hour) * HOUR / self._p.evidence_half_life)
            self._recipients *= kept
            self._badness *= kept
            self._evidence_hour = hour

    def _refresh(self, hour):
        """Limits change by the hour, or when reputation does."""
        if hour == self._limit_hour:
            return
        self._limit_hour = hour
        self.history.roll_to(hour)
        self._fade_to(hour)
        usual = max(self._p.probation * DAY, self._p.growth * self.history.baseline())
        limit = self._factor * usual * self._share()
        self._limit = math.floor(limit + 1e-6)
        self._hour_limit = math.floor(self._p.hour_share * limit + 1e-6)


class Receiver:
    def __init__(self, params):
        self._p = params
        self._new_address()
        self._groups = [Profile(params, params.domain_factor) for _ in range(2)]  # /24, domain
        self._throttled_until = None
        self._listed_until = None
        self._group_ends = []  # (when, group) of histories that will be deleted
        self._next_slot = 0.0
        self.windows = 0
        self.listings = 0
        self.throttled_seconds = 0.0

    def _new_address(self):
        self._address = Profile(self._p, 1.0)
        self._openings = []

    def admit(self, now, exists):
        self._settle(now)
        if self._listed_until is not None:
            return BANNED
        if self._throttled_until is not None:
            if self._p.in_window == "closed" or now < self._next_slot:
                return THROTTLED
        elif (refusal := self._judge_volume(now)) is not None:
            return refusal
        if not exists:
            return UNKNOWN
        self._accept(now)
        return ACCEPTED

    def evidence(self, now, recipients=0, unknown=0, spam=0, complaints=0):
        badness = (self._p.unknown_weight * unknown + self._p.spam_weight * spam +
                   self._p.complaint_weight * complaints)
        for profile in (self._address, *self._groups):
            profile.judge(now // HOUR, recipients, badness)

    def _accept(self, now):
        if self._throttled_until is not None:
            self._next_slot = now + 1 / self._p.trickle_rate
        for profile in (self._address, *self._groups):
            profile.accept(int(now // HOUR))

    def _judge_volume(self, now):
        hour = int(now // HOUR)
        if self._address.condemned(hour):
            self._list(now)
            return BANNED
        if not self._address.allows_one(hour):
            return self._open_window(now)
        for group in self._groups:
            if not group.allows_one(hour):
                if self._p.after_window == "deleted":
                    self._group_ends.append((now + self._p.window, group))
                return self._open_window(now)
        return None

    def _open_window(self, now):
        self.windows += 1
        self._openings.append(now)
        last = self._openings[-self._p.listing_windows:]
        if len(last) == self._p.listing_windows and now - last[0] < self._p.listing_span:
            self._list(now)
            return BANNED
        self._throttled_until = now + self._p.window
        self._next_slot = now + 1 / self._p.trickle_rate
        return THROTTLED

    def _list(self, now):
        self.listings += 1
        self._listed_until = now + self._p.request_after + self._p.delist_time

    def _settle(self, now):
        """Does what was due by now: the end of a window, of a listing."""
        if self._throttled_until is not None and now >= self._throttled_until:
            self._throttled_until = None
            self.throttled_seconds += self._p.window
            if self._p.after_window == "deleted":
                self._address.forget_history()
        if self._listed_until is not None and now >= self._listed_until:
            self._listed_until = None
            self._new_address()
        while self._group_ends and now >= self._group_ends[0][0]:
            self._group_ends.pop(0)[1].forget_history()
