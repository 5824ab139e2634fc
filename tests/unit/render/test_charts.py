"""Charts say what they show, in percent on a screen and in numbers on paper."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render import charts, plots

shares = st.floats(-2, 2, allow_nan=False)
values = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=40)


def test_a_bar_is_cut_to_its_room() -> None:
    assert 'width="100.00%"' in charts.bar(1.7, "ok", "too much")
    assert charts.bar(-0.2, "ok", "too little").count("<rect") == 1


def test_a_label_is_escaped() -> None:
    assert "&lt;b&gt;" in charts.bar(0.5, "ok", "<b>")


@given(shares, st.sampled_from(["ok", "bad"]))
def test_any_bar_is_well_formed(share: float, tone: str) -> None:
    ET.fromstring(str(charts.bar(share, tone, "x")))  # noqa: S314 - our own text


@given(values, st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False)), st.booleans())
def test_any_spark_is_well_formed_and_stays_inside(readings: list[float], needed: float | None, up: bool) -> None:
    drawn = str(charts.spark(readings, needed, "readings", up=up))
    ET.fromstring(drawn)  # noqa: S314 - our own text
    heights = [float(y) for y in re.findall(r",(-?[\d.]+)", drawn)]
    assert all(-0.1 <= y <= 46.1 for y in heights)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_any_whisker_stays_inside(value: float, one: float, other: float, needed: float) -> None:
    low, high = sorted((one, other))
    drawn = str(charts.whisker(charts.Whisker(value, low, high, needed), "w"))
    assert all(-0.01 <= float(x) <= 100.01 for x in re.findall(r'"(-?[\d.]+)%"', drawn))


def test_shares_never_leave_nought_to_one() -> None:
    scale = charts.Whisker(0.98, 0.95, 1.0, 0.95).scale()
    assert scale.high == 1.0
    assert scale.low < 0.95


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.89, 0.98), (-40.0, 12.0), (0.0, 250.0), (0.5, 0.5000001)])
def test_ticks_are_round_few_and_inside(low: float, high: float) -> None:
    ticks = charts.round_ticks(charts.Scale(low, high))
    assert len(ticks) <= 6
    assert all(low - 1e-6 <= tick <= high + 1e-6 for tick in ticks)


def test_a_line_breaks_where_a_reading_is_withheld() -> None:
    series = plots.Series(((0.0, 1.0), (0.2, 2.0), (0.6, 3.0), (0.9, 4.0)), gaps=(2,))
    drawn = plots.plot(plots.Plot(series, charts.Scale(0, 5), (), ()))
    assert drawn.count("<polyline") == 2


def steps(*aims: plots.Aim, line: tuple[charts.Point, ...] = ((0.0, 1.0), (1.0, 2.0))) -> str:
    return str(plots.plot(plots.Plot(plots.Series(line), charts.Scale(0, 5), (), (), aims=aims)))


def test_a_target_that_changed_is_drawn_as_a_step() -> None:
    drawn = steps(plots.Aim(0.0, 0.5, 4.0), plots.Aim(0.5, 1.0, 2.0))
    assert re.search(r'd="M0\.0 [\d.]+H500\.0V[\d.]+H1000\.0"', drawn)
    assert drawn.count('class="ch-band"') == 2


def test_a_time_without_a_target_is_a_gap_in_its_line() -> None:
    assert steps(plots.Aim(0.0, 0.3, 4.0), plots.Aim(0.5, 1.0, 2.0)).count("M") == 2


def test_the_words_of_a_target_keep_clear_of_the_readings() -> None:
    falling = ((0.0, 3.0), (0.3, 3.0), (0.31, 0.5), (1.0, 0.5))
    drawn = steps(plots.Aim(0.0, 1.0, 3.0, "at least 3"), line=falling)
    at = re.search(r'class="tx-ok" x="([\d.]+)%"', drawn)
    assert at is not None
    assert float(at[1]) > 31
