"""The functions of the standard library only, against scipy."""

import pytest
from scipy.special import betaincinv, gammaincinv, stdtr, stdtrit

from generator.measure.quantiles import beta_quantile, gamma_quantile, t_quantile, t_tails

_PROBABILITIES = (0.005, 0.025, 0.5, 0.975, 0.999)


@pytest.mark.parametrize("degrees", [1, 2, 19, 97, 610, 3000])
def test_t(degrees: int) -> None:
    assert t_quantile(0.95, degrees) == pytest.approx(stdtrit(degrees, 0.975), rel=1e-11)
    assert t_tails(1.7, degrees) == pytest.approx(2 * stdtr(degrees, -1.7), rel=1e-11)


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (1, 20), (28, 42), (4640, 279), (5000, 1)])
def test_beta(a: float, b: float) -> None:
    ours = [beta_quantile(p, a, b) for p in _PROBABILITIES]
    assert ours == pytest.approx([float(betaincinv(a, b, p)) for p in _PROBABILITIES], rel=1e-10)


@pytest.mark.parametrize("shape", [0.5, 1, 7, 33, 410])
def test_gamma(shape: float) -> None:
    ours = [gamma_quantile(p, shape) for p in _PROBABILITIES]
    assert ours == pytest.approx([float(gammaincinv(shape, p)) for p in _PROBABILITIES], rel=1e-10)
