"""Quantiles and tails of the distributions used; scipy is imported on call, because it costs a third of a second."""

from statistics import NormalDist


def normal_quantile(confidence: float) -> float:
    """The two-sided quantile of the normal distribution: 1.96 at 0.95."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def normal_tails(z: float) -> float:
    """The probability of being at least as far from zero as `z`, on both sides."""
    return 2 * (1 - NormalDist().cdf(abs(z)))


def t_quantile(confidence: float, degrees: float) -> float:
    """The two-sided quantile of Student's t distribution."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + confidence / 2))


def t_tails(t: float, degrees: float) -> float:
    """The probability of being at least as far from zero as `t`, on both sides."""
    from scipy.special import stdtr

    return float(2 * stdtr(degrees, -abs(t)))


def beta_quantile(probability: float, a: float, b: float) -> float:
    """The quantile of the beta distribution."""
    from scipy.special import betaincinv

    return float(betaincinv(a, b, probability))


def gamma_quantile(probability: float, shape: float) -> float:
    """The quantile of the gamma distribution with unit scale."""
    from scipy.special import gammaincinv

    return float(gammaincinv(shape, probability))
