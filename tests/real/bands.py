"""How far a measured number may lie from simulated ones: intervals that hold one more observation,
computed from the spread over replications, and the exact binomial interval. All at the level of
z = 5 (5.7e-7 two-sided), as in tests/support/statistics.h."""

import math
from typing import NamedTuple

Z = 5.0
LEVEL = math.erfc(Z / math.sqrt(2))


class Band(NamedTuple):
    low: float
    middle: float
    high: float

    def holds(self, value):
        return self.low <= value <= self.high


def student(degrees):
    """The quantile of Student's t at LEVEL: the Cornish-Fisher expansion about z (Abramowitz and
    Stegun 26.7.5), which is within 1 % from 30 degrees of freedom on."""
    z, n = Z, degrees
    return (z + (z**3 + z) / (4 * n) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
            + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3))


def mean_and_deviation(samples):
    mean = math.fsum(samples) / len(samples)
    return mean, math.sqrt(math.fsum((x - mean)**2 for x in samples) / (len(samples) - 1))


def of_counts(samples):
    """Where one more count lies, of which there are at least 31 samples: the prediction interval
    on the scale of sqrt(x + 3/8), on which Poisson counts have a spread of 1/2 whatever their mean
    (Anscombe 1948). Counts that are always the same must be that one."""
    mean, deviation = mean_and_deviation([math.sqrt(x + 3 / 8) for x in samples])
    middle = math.fsum(samples) / len(samples)
    if deviation == 0:
        return Band(middle, middle, middle)
    reach = student(len(samples) - 1) * deviation * math.sqrt(1 + 1 / len(samples))
    low, high = max(0.0, mean - reach)**2 - 3 / 8, (mean + reach)**2 - 3 / 8
    return Band(math.floor(max(0.0, low)), middle, math.ceil(high))


def _binomial_below(hits, trials, share):
    """The chance of at most `hits`."""
    logs = (math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
            + k * math.log(share) + (trials - k) * math.log1p(-share) for k in range(hits + 1))
    return math.fsum(map(math.exp, logs))


def binomial(trials, share):
    """Where the number of hits lies."""
    if share in (0, 1):
        return Band(trials * share, trials * share, trials * share)
    low = next(k for k in range(trials + 1) if _binomial_below(k, trials, share) > LEVEL / 2)
    high = next(k for k in range(low, trials + 1)
                if 1 - _binomial_below(k, trials, share) <= LEVEL / 2)
    return Band(low, trials * share, high)
