"""Proportions: one with its interval, two compared, and how many people a comparison needs."""

from math import sqrt

from generator.measure.figures import Figure, Interval
from generator.measure.quantiles import beta_quantile, normal_quantile, normal_tails


def wilson(x: int, n: int, confidence: float = 0.95) -> Interval:
    """Wilson's score interval of x of n; it never leaves 0 to 1, unlike Wald's."""
    _check(x, n)
    z = normal_quantile(confidence)
    p, zz = x / n, z * z
    middle = p + zz / (2 * n)
    half = z * sqrt(p * (1 - p) / n + zz / (4 * n * n))
    # At the ends the formula is 0 or 1 exactly; floating point is not.
    low = 0.0 if x == 0 else (middle - half) / (1 + zz / n)
    high = 1.0 if x == n else (middle + half) / (1 + zz / n)
    return Interval(low, high, confidence)


def clopper_pearson(x: int, n: int, confidence: float = 0.95) -> Interval:
    """The exact interval of x of n from the binomial distribution."""
    _check(x, n)
    tail = (1 - confidence) / 2
    low = 0.0 if x == 0 else beta_quantile(tail, x, n - x + 1)
    high = 1.0 if x == n else beta_quantile(1 - tail, x + 1, n - x)
    return Interval(low, high, confidence)


def difference(x: tuple[int, int], n: tuple[int, int], confidence: float = 0.95) -> Figure:
    """The first proportion less the second: Newcombe's interval, p-value of the pooled z test."""
    first, second = wilson(x[0], n[0], confidence), wilson(x[1], n[1], confidence)
    p, q = x[0] / n[0], x[1] / n[1]
    down = sqrt((p - first.low) ** 2 + (second.high - q) ** 2)
    up = sqrt((first.high - p) ** 2 + (q - second.low) ** 2)
    return Figure(p - q, Interval(p - q - down, p - q + up, confidence), _two_proportion_test(x, n))


def _two_proportion_test(x: tuple[int, int], n: tuple[int, int]) -> float:
    pooled = sum(x) / sum(n)
    spread = sqrt(pooled * (1 - pooled) * (1 / n[0] + 1 / n[1]))
    return 1.0 if spread == 0 else normal_tails((x[0] / n[0] - x[1] / n[1]) / spread)


def people_per_arm(p: float, q: float, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """How many people each of two arms needs to show the difference of two proportions; round it up."""
    if p == q:
        raise ValueError("two equal proportions differ in no sample, however large")
    mean = (p + q) / 2
    null = normal_quantile(1 - alpha) * sqrt(2 * mean * (1 - mean))
    other = normal_quantile(2 * power - 1) * sqrt(p * (1 - p) + q * (1 - q))
    return ((null + other) / (p - q)) ** 2


def more_needed(x: int, n: int, share: float) -> int:
    """How many more of the same n must succeed so that x of n reaches the share."""
    missing = share * n - x
    return max(0, -int(-missing // 1)) if missing - 1e-9 > 0 else 0


def _check(x: int, n: int) -> None:
    if n <= 0 or not 0 <= x <= n:
        raise ValueError(f"a proportion needs 0 <= x <= n and n > 0, found {x} of {n}")
