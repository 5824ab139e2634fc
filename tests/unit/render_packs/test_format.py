"""Dates, numbers, digests and states as packs write them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from generator.render.packs import format as fmt


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.9510, 1, "95.1\u00a0%"),
        (Decimal("0.9545"), 1, "95.5\u00a0%"),
        (Fraction(1, 3), 1, "33.3\u00a0%"),
        (0, 1, "0.0\u00a0%"),
        (-0.00001, 1, "0.0\u00a0%"),
        (-0.4432, 1, "\u221244.3\u00a0%"),
        (1, 0, "100\u00a0%"),
        (None, 1, "–"),
    ],
)
def test_percent_rounds_half_away_from_zero_and_never_breaks(
    value: float | Decimal | Fraction | None, places: int, text: str
) -> None:
    assert fmt.percent(value, places) == text


def test_gains_carry_their_sign() -> None:
    assert [fmt.percent(value, plus=True) for value in (0.2, 0, -0.2)] == [
        "+20.0\u00a0%",
        "0.0\u00a0%",
        "\u221220.0\u00a0%",
    ]


def test_dates_are_spelt_day_month_year() -> None:
    day = date(2026, 9, 3)
    assert (fmt.day(day), fmt.short_day(day), fmt.tight_day(day)) == (
        "3 September 2026",
        "3\u00a0Sep\u00a02026",
        "3 Sep 26",
    )
    assert fmt.day(None) == "–"
    assert fmt.instant(datetime(2026, 9, 3, 9, 5, tzinfo=UTC)) == "3 September 2026, 09:05 UTC"


def test_counts_and_plurals() -> None:
    assert fmt.count(4986) == "4,986"
    assert [fmt.plural(n, "body", "bodies") for n in (0, 1, 2)] == ["0\u00a0bodies", "1\u00a0body", "2\u00a0bodies"]


def test_a_digest_can_break_between_its_groups_only() -> None:
    assert fmt.sha("0123456789abcdef" * 4).count(" ") == 8  # seven gaps and the one before the class
    assert fmt.grouped("0123456789abcdef") == "01234567 89abcdef"


def test_a_state_is_a_word_a_sign_and_an_edge() -> None:
    assert fmt.chip("met", "Met") == '<span class="st met">✓\u00a0\u00a0Met</span>'
    assert 'class="st bad wrap"' in fmt.chip("bad", "a state with very many words")


def test_text_from_outside_is_escaped_in_chips_and_paths() -> None:
    assert "<b>" not in fmt.chip("met", "<b>")
    assert "<b>" not in fmt.path("a/<b>")


def test_prose_starts_at_the_asked_level_and_loses_its_links() -> None:
    html = '<h1 id="x">One</h1><p><a href="x">two</a><img src="x"></p><h2>Three</h2><table><th>a</th></table>'
    assert fmt.prose(html, 3) == '<h3>One</h3><p>two</p><h4>Three</h4><table><th scope="col">a</th></table>'


def test_the_first_words_of_a_text_leave_its_headings_out() -> None:
    assert fmt.plain("## Why\nBecause.", "<h2>Why</h2><p>Because &amp; so.</p>") == "Because & so."
    assert fmt.plain("## Why\nBecause.", "") == "Because."


def test_words_of_an_enumeration() -> None:
    assert fmt.words("regulatory-interpretation") == "Regulatory interpretation"


def test_a_day_is_written_as_far_as_it_is_known() -> None:
    assert [fmt.partial_day(value) for value in ("2026-09-06", "2026-09", "2026")] == [
        "6\u00a0Sep\u00a02026", "Sep\u00a02026", "2026",
    ]  # fmt: skip


def test_words_keep_their_acronyms_and_their_hyphens() -> None:
    assert [fmt.words(value) for value in ("kpi-target", "e-learning", "configure-learning-platform")] == [
        "KPI target", "E-learning", "Configure learning platform",
    ]  # fmt: skip
    assert fmt.label("ai_exposure") == "AI exposure"
