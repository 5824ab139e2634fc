"""The calendar of obligations in a pack."""

from datetime import date

from generator.render.packs.duties import calendar_row
from generator.views.obligations import obligation
from tests.unit.views.support import changed, judgement

FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)


def _day(day: date) -> float:
    return round((day - FIRST).days / (LAST - FIRST).days * 100, 2)


def test_no_day_before_the_first_mandatory_module_is_drawn_as_answered() -> None:
    row = calendar_row(obligation(judgement(), "obl-literacy"), FIRST, LAST)
    (before, after) = row.stretches
    assert (before.css, before.at, after.css, after.at) == ("h", _day(date(2025, 2, 2)), "", _day(date(2026, 1, 12)))
    assert abs(before.at + before.width - after.at) < 0.02
    assert abs(after.at + after.width - 100) < 0.02


def test_a_duty_without_a_module_is_drawn_as_unanswered_throughout() -> None:
    bare = changed(("curriculum/modules/mod-basics.md", "obligations: [obl-literacy]\n", ""))
    (only,) = calendar_row(obligation(bare, "obl-literacy"), FIRST, LAST).stretches
    assert (only.css, only.at) == ("h", _day(date(2025, 2, 2)))


def test_a_module_that_ceases_to_be_mandatory_ends_the_answer() -> None:
    cell = "rol-analyst,mod-basics,mandatory,30,7,phs-pilot,2026-01-12,"
    ended = changed(("curriculum/matrix.csv", cell, cell + "2026-02-10"))
    row = calendar_row(obligation(ended, "obl-literacy"), FIRST, LAST)
    assert [each.css for each in row.stretches] == ["h", "", "h"]
    assert row.stretches[2].at == _day(date(2026, 2, 11))
