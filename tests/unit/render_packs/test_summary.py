"""The pack's summary: what it leaves out is counted."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from generator.render.packs.programme import MOST_GAPS, summary
from generator.views.decisions import open_conditions
from generator.views.home import home_gaps
from tests.factories import CONTENT, files_below
from tests.unit.views.support import judgement


def test_every_gap_is_shown_or_counted_and_no_condition_is_left_out() -> None:
    j = judgement(date(2026, 9, 30), files_below(CONTENT))
    source: Any = SimpleNamespace(judgement=j, wants=lambda *_: True)
    found = summary(source)
    assert len(home_gaps(j)) > MOST_GAPS
    assert len(found.gaps) == MOST_GAPS
    assert len(found.gaps) + found.gaps_left == len(home_gaps(j))
    assert found.conditions == open_conditions(j)
