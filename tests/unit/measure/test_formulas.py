"""Formulas at their edges and on the figures that the notes on measurement work out by hand."""

import subprocess
import sys
from math import comb, fsum, inf

import pytest

from generator.measure.means import Paired, Sample, normalised_gain, relative_lift, welch
from generator.measure.proportions import clopper_pearson, more_needed, people_per_arm, wilson
from generator.measure.rates import Events, rate, rate_change, rate_ratio


@pytest.mark.parametrize(("x", "n", "low"), [(100, 100, 0.95), (197, 200, 0.95), (485, 500, 0.95), (964, 1000, 0.95)])
def test_smallest_counts_whose_lower_bound_reaches_95_percent(x: int, n: int, low: float) -> None:
    assert wilson(x, n).low >= low
    assert wilson(x - 1, n).low < low


def test_intervals_stay_inside_at_the_ends() -> None:
    assert wilson(0, 12).low == 0
    assert wilson(12, 12).high == 1
    assert clopper_pearson(0, 12).low == 0
    assert clopper_pearson(12, 12).high == 1


@pytest.mark.parametrize(("x", "n"), [(213, 211), (-1, 5), (0, 0)])
def test_impossible_proportions_are_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match=f"{x} of {n}"):
        wilson(x, n)


def test_relative_lift_and_gain_of_one_cohort() -> None:
    cohort = Paired(98, 54.1, 66.9, 14.2)
    assert relative_lift(cohort).value == pytest.approx(0.2366, abs=1e-4)
    assert normalised_gain(cohort).value == pytest.approx(0.2789, abs=1e-4)
    assert relative_lift(cohort).interval.low == pytest.approx(0.184, abs=1e-3)


def test_lift_refuses_what_it_cannot_measure() -> None:
    with pytest.raises(ValueError, match="needs 2 pairs"):
        relative_lift(Paired(1, 50, 60, 5))
    with pytest.raises(ValueError, match="above 0"):
        relative_lift(Paired(20, 0, 60, 5))
    with pytest.raises(ValueError, match="room"):
        normalised_gain(Paired(20, 100, 100, 5))


def test_incidents_year_on_year() -> None:
    change = rate_change(Events(28, 10400), Events(41, 9800))
    assert change.value == pytest.approx(-0.356, abs=1e-3)
    assert change.interval.low == pytest.approx(-0.617, abs=1e-3)
    assert change.interval.high == pytest.approx(0.066, abs=1e-3)


def test_no_event_before_makes_the_ratio_infinite() -> None:
    assert rate_ratio(Events(3, 100), Events(0, 100)).value == inf
    with pytest.raises(ValueError, match="without any event"):
        rate_ratio(Events(0, 100), Events(0, 100))


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (Events(28, 10_400), Events(41, 9_800)),
        (Events(0, 100), Events(7, 300)),
        (Events(7, 300), Events(0, 100)),
        (Events(5, 100), Events(5, 100)),
        (Events(1, 1), Events(760, 567.9)),
    ],
)
def test_the_exact_test_is_the_sum_over_every_split_at_most_as_likely(now: Events, before: Events) -> None:
    total, share = now.count + before.count, now.exposure / (now.exposure + before.exposure)
    chances = [comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)]
    expected = fsum(p for p in chances if p <= chances[now.count] * (1 + 1e-7))
    assert rate_ratio(now, before).p_value == pytest.approx(expected, rel=1e-9)


def test_a_billion_events_are_compared_without_a_look_at_each() -> None:
    assert rate_ratio(Events(10**9, 100), Events(10**9 + 10**5, 100)).p_value == pytest.approx(0.0253, abs=1e-3)


def test_rate_without_events_has_an_upper_end() -> None:
    figure = rate(Events(0, 1000), per=1000)
    assert figure.value == 0
    assert figure.interval.high == pytest.approx(3.689, abs=1e-3)


def test_people_per_arm_from_half_to_three_fifths() -> None:
    assert people_per_arm(0.5, 0.6) == pytest.approx(387.3, abs=0.1)
    with pytest.raises(ValueError, match="equal"):
        people_per_arm(0.5, 0.5)


@pytest.mark.parametrize(("x", "n", "share", "more"), [(4640, 4918, 0.95, 33), (95, 100, 0.95, 0), (94, 100, 0.95, 1)])
def test_people_missing_to_a_share(x: int, n: int, share: float, more: int) -> None:
    assert more_needed(x, n, share) == more


def test_welch_of_equal_groups_is_symmetric() -> None:
    figure = welch(Sample(30, 10, 2), Sample(30, 10, 2))
    assert figure.value == 0
    assert figure.interval.low == -figure.interval.high
    assert figure.p_value == pytest.approx(1)


def test_formulas_need_the_standard_library_only() -> None:
    code = (
        "import sys; from generator.measure import means, proportions, rates;"
        "means.relative_lift(means.Paired(9, 5, 6, 2)); assert 'scipy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
