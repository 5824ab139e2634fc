"""How pages write values."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from markupsafe import Markup

from generator.measure.figures import Interval
from generator.render.site import phrases, words
from generator.render.site.build import rooted, with_rest
from generator.views.kpis import Display
from generator.views.shown import Ref

THIN = words.THIN


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 1, 12), date(2026, 4, 3), "12 Jan – 3 Apr 2026"),
        (date(2026, 10, 1), date(2027, 6, 30), "1 Oct 2026 – 30 Jun 2027"),
        (date(2027, 7, 1), None, "from 1 Jul 2027"),
        (None, date(2027, 7, 1), "until 1 Jul 2027"),
    ],
)
def test_spans(start: date | None, end: date | None, text: str) -> None:
    assert words.span(start, end) == text


@pytest.mark.parametrize(
    ("value", "display", "unit", "text"),
    [
        (0.9434, Display.SHARE, "", f"94.3{THIN}%"),
        (0.228, Display.CHANGE, "", f"+22.8{THIN}%"),
        (-0.298, Display.CHANGE, "", f"−29.8{THIN}%"),
        (12.8, Display.POINTS, "", f"+12.8{THIN}points"),
        (0.28, Display.GAIN, "", "0.28"),
        (31.0, Display.NUMBER, "days", f"31{THIN}days"),
        (None, Display.SHARE, "", "–"),
    ],
)
def test_figures_are_written_the_way_they_are_spoken_of(
    value: float | None, display: Display, unit: str, text: str
) -> None:
    assert words.figure(value, display, unit) == text


def test_targets_are_written_short() -> None:
    assert words.short_figure(0.95, Display.SHARE) == f"95{THIN}%"
    assert words.short_figure(0.925, Display.SHARE) == f"92.5{THIN}%"


def test_intervals() -> None:
    assert words.interval(Interval(0.937, 0.95), Display.SHARE) == f"93.7 – 95.0{THIN}%"
    assert words.interval(None, Display.SHARE) == ""


@pytest.mark.parametrize(("minutes", "text"), [(0, "0 min"), (25, "25 min"), (60, "1 h"), (205, "3 h 25 min")])
def test_minutes(minutes: int, text: str) -> None:
    assert words.minutes(minutes) == text


@pytest.mark.parametrize(("days", "text"), [(0, "today"), (1, "1 day left"), (-3, "3 days ago")])
def test_days_left(days: int, text: str) -> None:
    assert words.days_left(days) == text


def test_counts_money_sizes_durations_and_instants() -> None:
    assert words.count(11240) == f"11{THIN}240"
    assert words.money(Decimal("240000.00"), "GBP") == f"GBP\u00a0240{THIN}000"
    assert words.money(Decimal("12.50"), "GBP") == "GBP\u00a012.50"
    assert words.size(2_100_000) == f"2.1{THIN}MB"
    assert words.duration("P8W") == "8 weeks"
    assert words.duration("P1Y") == "1 year"
    assert words.instant(datetime(2026, 10, 2, 16, 2, 11, tzinfo=UTC)) == "2 Oct 2026, 16:02 UTC"
    assert words.word("hr-goal") == "HR goal"


def test_a_title_is_escaped_in_a_link() -> None:
    shown = words.link(Ref("mod-x", "<script>alert(1)</script>", "modules/mod-x/"))
    assert shown == '<a href="@/modules/mod-x/">&lt;script&gt;alert(1)&lt;/script&gt;</a>'


def test_a_link_stands_where_the_text_names_the_record() -> None:
    target = Ref("rol-x", "Board member", "roles/rol-x/")
    assert words.linked(target, "Board member is below target").startswith(
        '<a href="@/roles/rol-x/">Board member</a> is'
    )
    assert words.linked(target, "below target").endswith("</a>: below target")


def test_changed_words_are_marked() -> None:
    marked = phrases.marked_changes("we train all staff once", "we train all staff each year")
    assert marked == "we train all staff <del>once</del> <ins>each year</ins>"


def test_texts_too_far_apart_are_not_compared() -> None:
    assert phrases.marked_changes("one two three", "four five six seven") == "four five six seven"


def test_marks_never_let_markup_through() -> None:
    assert "<b>" not in phrases.marked_changes("a b c", "a <b> c")


@pytest.mark.parametrize(
    ("path", "expected"), [("", "./roles/"), ("roles/", "../roles/"), ("roles/rol-x/", "../../roles/")]
)
def test_addresses_begin_where_the_page_lies(path: str, expected: str) -> None:
    assert rooted('<a href="@/roles/">x</a>', path) == f'<a href="{expected}">x</a>'


def test_more_stands_above_the_foot() -> None:
    assert with_rest('a<footer class="rp-prov">b', "MORE") == 'aMORE<footer class="rp-prov">b'
    assert isinstance(words.day(None), Markup)


def test_a_span_of_one_day_is_that_day() -> None:
    assert words.span(date(2025, 12, 12), date(2025, 12, 12)) == "12 Dec 2025"
