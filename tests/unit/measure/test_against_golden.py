"""Our formulas against scipy and statsmodels on a public data set, as stored in golden_kpi.json."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.measure.means import Paired, absolute_lift
from generator.measure.proportions import clopper_pearson, difference, people_per_arm, wilson
from generator.measure.rates import Events, rate_ratio


@pytest.fixture(scope="module")
def oracle(outside_data: Path) -> dict[str, Any]:
    path = outside_data / "golden_kpi.json"
    if not path.exists():
        pytest.skip("golden_kpi.json is absent from the outside data")
    values: dict[str, Any] = json.loads(path.read_text())
    return values


def test_completion_intervals_of_22_courses(oracle: dict[str, Any]) -> None:
    ours = [
        (x / n, wilson(x, n).low, wilson(x, n).high, clopper_pearson(x, n).low, clopper_pearson(x, n).high)
        for _, _, n, _, x, *_ in oracle["completion"]
    ]
    assert ours == [pytest.approx(tuple(row[5:10]), abs=1e-6) for row in oracle["completion"]]


def test_paired_lifts_of_22_courses(oracle: dict[str, Any]) -> None:
    for row in oracle["lift"]:
        n_pairs, before, after, gain, low, high, _, dz, _, p_value = row[6:]
        pairs = Paired(n_pairs, before, after, gain / dz)
        figure = absolute_lift(pairs)
        assert figure.value == pytest.approx(gain, abs=2e-4)
        # The oracle's dz has four decimals, which is what the width is known to.
        assert figure.interval.low == pytest.approx(low, abs=abs(high - low) * 2e-3)
        assert figure.interval.high == pytest.approx(high, abs=abs(high - low) * 2e-3)
        assert figure.p_value == pytest.approx(p_value, rel=2e-2)


def test_two_proportions(oracle: dict[str, Any]) -> None:
    expected = oracle["twoprop"]
    figure = difference(tuple(expected["x"]), tuple(expected["n"]))
    assert figure.value == pytest.approx(expected["diff"], abs=1e-12)
    assert figure.p_value == pytest.approx(expected["p"], abs=1e-12)
    assert (figure.interval.low, figure.interval.high) == pytest.approx(tuple(expected["newcombe"]), abs=1e-12)


@pytest.mark.parametrize(
    ("name", "now", "before"),
    [
        ("rate_ratio_28_of_41", Events(28, 10400), Events(41, 9800)),
        ("rate_ratio_5_of_8", Events(5, 2650), Events(8, 2497)),
    ],
)
def test_rate_ratios(oracle: dict[str, Any], name: str, now: Events, before: Events) -> None:
    expected = oracle[name]
    if name == "rate_ratio_5_of_8":  # the oracle keeps the ratio, not the exposure before
        before = Events(8, expected["rr"] * 8 * 2650 / 5)
    figure = rate_ratio(now, before)
    assert figure.value == pytest.approx(expected["rr"], abs=1e-9)
    assert figure.interval.low == pytest.approx(expected["lo"], abs=1e-9)
    assert figure.interval.high == pytest.approx(expected["hi"], abs=1e-9)
    assert figure.p_value == pytest.approx(expected["p"], abs=1e-6)


def test_single_intervals(oracle: dict[str, Any]) -> None:
    score, exact = wilson(19, 20), clopper_pearson(19, 20)
    assert [score.low, score.high] == pytest.approx(oracle["wilson_19_20"], abs=1e-12)
    assert [exact.low, exact.high] == pytest.approx(oracle["cp_19_20"], abs=1e-10)


def test_sample_size_is_near_the_arcsine_approximation(oracle: dict[str, Any]) -> None:
    assert people_per_arm(0.8, 0.85) == pytest.approx(oracle["n_per_arm_80_85"], rel=0.01)
    assert people_per_arm(0.9, 0.95) == pytest.approx(oracle["n_per_arm_90_95"], rel=0.03)
