"""The line of a KPI over time."""

import re
from dataclasses import replace
from datetime import date, timedelta

from generator.render.packs.chart import trend
from generator.views.kpis import KpiCard, Target
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


def test_every_text_names_a_bundled_font_and_every_colour_is_an_attribute() -> None:
    svg = str(trend(card(0.7, 0.8, 0.9, 0.95), "weekly"))
    assert all('font-family="Pack Sans"' in tag for tag in re.findall(r"<(?:svg|text)[^>]*>", svg))
    assert "style=" not in svg
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) <= {
        "none", "#17212B", "#46566A", "#C3CCD5", "#1F5F8B", "#14553A", "#E9F4EE", "#FFFFFF",
    }  # fmt: skip


def test_the_title_says_in_words_what_the_line_shows() -> None:
    title = re.search(r"<title>(.*?)</title>", str(trend(card(0.7, 0.8, 0.95), "weekly")))
    assert title is not None
    assert title[1] == (
        "Line chart of Completion &amp; more &lt;b&gt;, Whole bank: from 70.0\u00a0% on 2 January 2026 "
        "to 95.0\u00a0% on 16 January 2026, 3 readings, target 95.0\u00a0%."
    )


def test_a_missing_snapshot_breaks_the_line() -> None:
    assert str(trend(card(0.7, 0.8, 0.9, 0.95), "weekly")).count("<polyline") == 1
    assert str(trend(card(0.7, 0.8, 0.9, 0.95, gap_after=1), "weekly")).count("<polyline") == 2


def test_cohorts_are_dots_and_never_joined() -> None:
    assert str(trend(card(0.7, 0.8, 0.9), "per-cohort")).count("<polyline") == 3


def test_two_readings_make_no_chart() -> None:
    assert trend(card(0.7, 0.8), "weekly") == ""


def test_equal_values_still_have_a_scale() -> None:
    flat = replace(card(0.5, 0.5, 0.5), target=None)
    assert "<svg" in str(trend(flat, "weekly"))
