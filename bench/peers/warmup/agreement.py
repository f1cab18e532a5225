"""Whether two programs have the same mean, judged by independent runs of each."""

import math
import statistics
from typing import NamedTuple


class Interval(NamedTuple):
    low: float
    high: float

    def holds(self, value):
        return self.low <= value <= self.high


def student_tail(t, freedom, steps=300):
    """The chance that Student's t lies above `t` > 0: Simpson's rule over 1 / t, to the far end.

    REQUIRES: freedom >= 1.
    """
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(
        freedom * math.pi)

    def density(u):  # of u = 1 / t
        return scale * u ** (freedom - 1) * (u * u + 1 / freedom) ** (-(freedom + 1) / 2)

    width = 1 / t / steps
    inner = sum((4 if k % 2 else 2) * density(k * width) for k in range(1, steps))
    return width / 3 * (density(0) + inner + density(1 / t))


def student_quantile(tail, freedom):
    low, high = 1e-3, 1e6
    while high - low > 1e-5 * high:
        middle = math.sqrt(low * high)
        low, high = (middle, high) if student_tail(middle, freedom) > tail else (low, middle)
    return high


def difference(ours, theirs, error):
    """Welch's interval of mean(ours) - mean(theirs), wrong with chance `error`.

    What never varies must be equal: its interval is a point.
    """
    middle = statistics.fmean(ours) - statistics.fmean(theirs)
    parts = [statistics.variance(runs) / len(runs) for runs in (ours, theirs)]
    if sum(parts) == 0:
        return Interval(middle, middle)
    freedom = sum(parts) ** 2 / sum(part**2 / (len(runs) - 1)
                                    for part, runs in zip(parts, (ours, theirs)))
    half = student_quantile(error / 2, freedom) * math.sqrt(sum(parts))
    return Interval(middle - half, middle + half)


def agree(ours, theirs, error):
    slack = 1e-9 * max(1.0, abs(statistics.fmean(ours)))  # of floating-point sums
    low, high = difference(ours, theirs, error)
    return Interval(low - slack, high + slack).holds(0.0)
