"""Means: the lift between two tests of the same people, and two groups compared."""

from dataclasses import dataclass
from math import sqrt

from generator.measure.figures import Figure, Interval
from generator.measure.quantiles import t_quantile, t_tails


@dataclass(frozen=True, slots=True)
class Paired:
    """Two scores of the same people: how many, both means, and the standard deviation of the differences."""

    n: int
    mean_before: float
    mean_after: float
    sd_difference: float


@dataclass(frozen=True, slots=True)
class Sample:
    """A group: how many, their mean and standard deviation."""

    n: int
    mean: float
    sd: float


def absolute_lift(pairs: Paired, confidence: float = 0.95) -> Figure:
    """The mean difference in points, with the paired t interval and test."""
    if pairs.n < 2:
        raise ValueError(f"a paired interval needs 2 pairs, found {pairs.n}")
    gain = pairs.mean_after - pairs.mean_before
    error = pairs.sd_difference / sqrt(pairs.n)
    half = t_quantile(confidence, pairs.n - 1) * error
    p_value = t_tails(gain / error, pairs.n - 1) if error else float(gain == 0)
    return Figure(gain, Interval(gain - half, gain + half, confidence), p_value)


def relative_lift(pairs: Paired, confidence: float = 0.95) -> Figure:
    """The mean difference in shares of the mean before, which the interval takes as fixed."""
    if pairs.mean_before <= 0:
        raise ValueError(f"a relative lift needs a mean above 0 before, found {pairs.mean_before}")
    return _scaled(absolute_lift(pairs, confidence), pairs.mean_before)


def normalised_gain(pairs: Paired, highest: float = 100.0, confidence: float = 0.95) -> Figure:
    """The mean difference in shares of what could still be gained before."""
    room = highest - pairs.mean_before
    if room <= 0:
        raise ValueError(f"a normalised gain needs room below {highest}, found a mean of {pairs.mean_before}")
    return _scaled(absolute_lift(pairs, confidence), room)


def welch(first: Sample, second: Sample, confidence: float = 0.95) -> Figure:
    """The first mean less the second, for groups of unlike spread."""
    a, b = first.sd**2 / first.n, second.sd**2 / second.n
    gap, error = first.mean - second.mean, sqrt(a + b)
    if not error:
        return Figure(gap, Interval(gap, gap, confidence), float(gap == 0))
    degrees = (a + b) ** 2 / (a * a / (first.n - 1) + b * b / (second.n - 1))
    half = t_quantile(confidence, degrees) * error
    return Figure(gap, Interval(gap - half, gap + half, confidence), t_tails(gap / error, degrees))


def _scaled(figure: Figure, unit: float) -> Figure:
    interval = figure.interval
    return Figure(
        figure.value / unit, Interval(interval.low / unit, interval.high / unit, interval.confidence), figure.p_value
    )
