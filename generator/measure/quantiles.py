"""Quantiles and tails of the distributions used, by the standard library alone.

`check` and the site must judge a lower bound with the core's packages only, and scipy costs a third of a second to
import: so the incomplete beta and gamma functions stand here as continued fractions (Lentz's method), inverted by
bisection. The tests hold them against scipy.
"""

from collections.abc import Callable
from functools import lru_cache
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

_TINY = 1e-300
_STEPS = 10_000


def normal_quantile(confidence: float) -> float:
    """The two-sided quantile of the normal distribution: 1.96 at 0.95."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def normal_tails(z: float) -> float:
    """The probability of being at least as far from zero as `z`, on both sides."""
    return 2 * NormalDist().cdf(-abs(z))


@lru_cache(maxsize=4096)
def t_quantile(confidence: float, degrees: float) -> float:
    """The two-sided quantile of Student's t distribution."""
    x = beta_quantile(1 - confidence, degrees / 2, 0.5)
    return sqrt(degrees * (1 - x) / x)


def t_tails(t: float, degrees: float) -> float:
    """The probability of being at least as far from zero as `t`, on both sides."""
    return beta_cdf(degrees / (degrees + t * t), degrees / 2, 0.5)


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the other side
        return 1 - beta_cdf(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return front / a / _fraction(lambda k: _beta_term(k, x, a, b))


@lru_cache(maxsize=4096)
def beta_quantile(probability: float, a: float, b: float) -> float:
    """The quantile of the beta distribution."""
    return _inverse(lambda x: beta_cdf(x, a, b), probability, 0.0, 1.0)


def gamma_cdf(x: float, shape: float) -> float:
    """The regularised lower incomplete gamma function."""
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        return front * _gamma_series(x, shape)
    # 1/(x+1-a - 1(1-a)/(x+3-a - ...)), as a fraction of first term x+1-a
    first = x + 1 - shape

    def term(k: int) -> tuple[float, float]:
        return -k * (k - shape), x + 2 * k + 1 - shape

    return 1 - front / _fraction(term, first)


@lru_cache(maxsize=4096)
def gamma_quantile(probability: float, shape: float) -> float:
    """The quantile of the gamma distribution with unit scale."""
    high = shape + 1
    while gamma_cdf(high, shape) < probability:
        high *= 2
    return _inverse(lambda x: gamma_cdf(x, shape), probability, 0.0, high)


def _beta_term(k: int, x: float, a: float, b: float) -> tuple[float, float]:
    """The k-th numerator and denominator of the beta fraction."""
    m = k // 2
    if k % 2:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0


def _gamma_series(x: float, shape: float) -> float:
    term = total = 1 / shape
    for k in range(1, _STEPS):
        term *= x / (shape + k)
        total += term
        if term < total * 1e-17:
            break
    return total


def _fraction(term: Callable[[int], tuple[float, float]], first: float = 1.0) -> float:
    """The continued fraction first + a1/(b1 + a2/(b2 + ...)), where `term(k)` gives (ak, bk)."""
    value = c = first or _TINY
    d = 0.0
    for k in range(1, _STEPS):
        a, b = term(k)
        d = 1 / ((b + a * d) or _TINY)
        c = (b + a / c) or _TINY
        value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value


def _inverse(cdf: Callable[[float], float], probability: float, low: float, high: float) -> float:
    """Where a rising function reaches the probability."""
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if cdf(middle) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2
