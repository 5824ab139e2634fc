"""The line of a KPI over time."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from generator.render.packs.chart import trend
from generator.views.kpis import KpiCard, KpiPage, Target
from generator.views.readings import Display, Reading
from generator.views.shown import Ref, State, Tone

START = date(2026, 1, 2)


def reading(week: int, value: float) -> Reading:
    return Reading(f"r{week}", START + timedelta(weeks=week), "", value, None)


def card(*values: float, gap_after: int | None = None) -> KpiCard:
    weeks = [week + (2 if gap_after is not None and week > gap_after else 0) for week in range(len(values))]
    trend_ = tuple(reading(week, value) for week, value in zip(weeks, values, strict=True))
    return KpiCard(
        ref=Ref("kpi-completion", "Completion & more <b>"),
        scope=Ref("bank", "Whole bank"),
        display=Display.SHARE,
        unit="ratio",
        direction="up",
        target=Target(0.95, START, None, True),
        baseline=None,
        reading=trend_[-1] if trend_ else None,
        state=State(Tone.OK, "On target"),
        stale=False,
        age_days=0,
        limit_days=10,
        trend=trend_,
        breaks=(),
        change=None,
        change_since=None,
        more_needed=0,
    )


def page(shown: KpiCard, cadence: str = "weekly", targets: tuple[Target, ...] = ()) -> KpiPage:
    return KpiPage(
        card=shown,
        sort="completion",
        method="proportion",
        numerator="",
        denominator="",
        cadence=cadence,
        owner=shown.ref,
        interval="wilson-95",
        lift="",
        minimum_n=None,
        retired=False,
        targets=targets or ((shown.target,) if shown.target else ()),
        scopes=(),
        roles=None,
        population=(),
        adds_up=None,
        source=None,
        actions=(),
        gates=(),
    )


def test_every_text_names_a_bundled_font_and_every_colour_is_an_attribute() -> None:
    svg = str(trend(page(card(0.7, 0.8, 0.9, 0.95))))
    assert all('font-family="Pack Sans"' in tag for tag in re.findall(r"<(?:svg|text)[^>]*>", svg))
    assert "style=" not in svg
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) <= {
        "none", "#17212B", "#46566A", "#C3CCD5", "#1F5F8B", "#14553A", "#E9F4EE", "#FFFFFF",
    }  # fmt: skip


def test_the_title_says_in_words_what_the_line_shows() -> None:
    title = re.search(r"<title>(.*?)</title>", str(trend(page(card(0.7, 0.8, 0.95)))))
    assert title is not None
    assert title[1] == (
        "Line chart of Completion &amp; more &lt;b&gt;, Whole bank: from 70.0\u00a0% on 2 January 2026 "
        "to 95.0\u00a0% on 16 January 2026, 3 readings, target 95.0\u00a0%."
    )


def test_a_missing_snapshot_breaks_the_line() -> None:
    assert str(trend(page(card(0.7, 0.8, 0.9, 0.95)))).count("<polyline") == 1
    assert str(trend(page(card(0.7, 0.8, 0.9, 0.95, gap_after=1)))).count("<polyline") == 2


def test_cohorts_are_dots_and_never_joined() -> None:
    svg = str(trend(page(card(0.7, 0.8, 0.9), "per-cohort")))
    assert "<polyline" not in svg
    assert svg.count('r="5"') == 4  # the last reading is marked once more
    assert "<title>Dots of " in svg


def test_two_readings_make_no_chart() -> None:
    assert trend(page(card(0.7, 0.8))) == ""


def test_equal_values_still_have_a_scale() -> None:
    flat = replace(card(0.5, 0.5, 0.5), target=None)
    assert "<svg" in str(trend(page(flat)))


def test_a_lowered_target_is_drawn_as_two_steps_with_their_words() -> None:
    before, after = START + timedelta(weeks=4), START + timedelta(weeks=4, days=1)
    targets = (Target(0.95, START, before, False), Target(0.75, after, None, True))
    shown = replace(card(0.7, 0.72, 0.74, 0.76, 0.77, 0.78, 0.79, 0.8), target=targets[1])
    svg = str(trend(page(shown, targets=targets)))
    assert "target 95.0\u00a0%" in svg
    assert "target 75.0\u00a0%" in svg


def test_no_two_months_stand_in_the_same_place() -> None:
    late = replace(card(0.7, 0.8, 0.9, 0.95, 0.95), trend=tuple(reading(week, 0.9) for week in range(11, 40)))
    svg = str(trend(page(late)))
    places = [float(x) for x in re.findall(r'x="([\d.]+)" y="157.0" text-anchor="middle"', svg)]
    assert len(places) > 4
    assert all(after - before > 60 for before, after in pairwise(places))
