"""Rates: events in an exposure, and two rates compared exactly."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from math import exp, inf, lgamma, log, log1p

from generator.measure.figures import Figure, Interval
from generator.measure.proportions import clopper_pearson
from generator.measure.quantiles import beta_cdf, gamma_quantile


@dataclass(frozen=True, slots=True)
class Events:
    """How many events happened in how much exposure."""

    count: int
    exposure: float

    @property
    def rate(self) -> float:
        """Events per unit of exposure."""
        return self.count / self.exposure


def rate(events: Events, per: float = 1.0, confidence: float = 0.95) -> Figure:
    """Events per so much exposure, with the exact Poisson interval."""
    _check(events)
    tail = (1 - confidence) / 2
    low = 0.0 if events.count == 0 else gamma_quantile(tail, events.count)
    high = gamma_quantile(1 - tail, events.count + 1)
    scale = per / events.exposure
    return Figure(events.count * scale, Interval(low * scale, high * scale, confidence))


def rate_ratio(now: Events, before: Events, confidence: float = 0.95) -> Figure:
    """The rate now over the rate before, exact by conditioning on all events; infinite ends where a count is 0."""
    _check(now)
    _check(before)
    total = now.count + before.count
    if total == 0:
        raise ValueError("two rates without any event cannot be compared")
    share = clopper_pearson(now.count, total, confidence)
    scale = before.exposure / now.exposure
    value = inf if before.count == 0 else now.rate / before.rate
    interval = Interval(_odds(share.low) * scale, _odds(share.high) * scale, confidence)
    return Figure(value, interval, _exact_test(now, before))


def rate_change(now: Events, before: Events, confidence: float = 0.95) -> Figure:
    """The rate ratio less one: -0.3 is a fall by 30 %."""
    ratio = rate_ratio(now, before, confidence)
    ends = ratio.interval
    return Figure(ratio.value - 1, Interval(ends.low - 1, ends.high - 1, confidence), ratio.p_value)


def _exact_test(now: Events, before: Events) -> float:
    """The probability, under equal rates, of a split of all events at most as likely as the one observed.

    Towards both ends splits become less likely: those that count are two tails, found without a look at each.
    """
    total = now.count + before.count
    share = now.exposure / (now.exposure + before.exposure)
    observed = _binomial(now.count, total, share) * (1 + 1e-7)  # equal terms differ in the last digits
    likeliest = min(int((total + 1) * share), total)
    lower = bisect_right(range(likeliest), observed, key=lambda k: _binomial(k, total, share))
    upper = bisect_left(range(likeliest, total + 1), -observed, key=lambda k: -_binomial(k, total, share))
    below = beta_cdf(1 - share, total - lower + 1, lower) if lower else 0.0
    from_there = likeliest + upper
    above = beta_cdf(share, from_there, total - from_there + 1) if 0 < from_there <= total else float(not from_there)
    return min(1.0, below + above)


def _binomial(k: int, n: int, p: float) -> float:
    """The probability of exactly `k` successes in `n` trials."""
    return exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p))


def _odds(share: float) -> float:
    return inf if share >= 1 else share / (1 - share)


def _check(events: Events) -> None:
    if events.count < 0 or events.exposure <= 0:
        raise ValueError(f"a rate needs a count from 0 and exposure above 0, found {events.count} in {events.exposure}")
