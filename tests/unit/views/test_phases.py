"""Phases: status from dates and the gate's decision, time box, milestones, and the chart of the roadmap."""

from datetime import date

import pytest

from generator.views.people import People
from generator.views.phases import current_phase, phase, phases
from generator.views.roadmap import roadmap_view
from tests.unit.views.support import changed, judgement

ROADMAP = "roadmap/roadmap.yaml"
PILOT = "phs-pilot"


@pytest.mark.parametrize(
    ("day", "status", "share"),
    [
        (date(2026, 1, 11), "planned", 0.0),
        (date(2026, 1, 12), "running", 1 / 82),
        (date(2026, 4, 3), "running", 1.0),
        (date(2026, 4, 4), "late", 1.0),
    ],
)
def test_status_follows_from_the_day(day: date, status: str, share: float) -> None:
    view = phase(judgement(day), PILOT)
    assert view.status == status
    assert view.share == pytest.approx(share)


@pytest.mark.parametrize(
    ("end", "inside", "word"),
    [
        ("2026-03-08", True, "Inside its time box"),
        ("2026-03-07", False, "Shorter than its time box"),
        ("2026-04-05", True, "Inside its time box"),
        ("2026-04-06", False, "Longer than its time box"),
    ],
)
def test_time_box_includes_the_end_day(end: str, word: str, *, inside: bool) -> None:
    box = phase(changed((ROADMAP, "end: 2026-04-03", f"end: {end}")), PILOT).timebox
    assert box is not None
    assert (box.inside, box.state.word) == (inside, word)


def test_open_phase_has_no_share_and_no_box_to_leave() -> None:
    view = phase(changed((ROADMAP, "    end: 2026-04-03\n", "")), PILOT)
    assert (view.share, view.days) == (0.0, None)
    assert view.timebox is not None
    assert view.timebox.inside is None


def test_milestone_done_later_is_not_done_yet() -> None:
    (milestone,) = phase(judgement(date(2026, 1, 18)), PILOT).milestones
    assert milestone.done is None
    assert milestone.state.word == "Due soon"


def test_a_checklist_line_done_later_is_not_done_yet() -> None:
    (line,) = phase(judgement(date(2026, 1, 8)), PILOT).checklist
    assert (line.done, line.state.word) == (None, "Due soon")


def test_milestone_past_its_day_is_overdue() -> None:
    missed = changed((ROADMAP, ", done: 2026-01-19, evidence: [coh-a]", ""))
    (milestone,) = phase(missed, PILOT).milestones
    assert (milestone.state.word, milestone.days) == ("Overdue", -32)


def test_checklist_counts_what_is_done_or_does_not_apply() -> None:
    away = changed((ROADMAP, "done: 2026-01-09, evidence: [spo-pilot]", "not_applicable: No sponsor needed"))
    assert phase(away, PILOT).checklist_done == 1
    assert phase(away, PILOT).checklist[0].state.word == "Not applicable"


def test_people_are_the_head_counts_of_its_roles() -> None:
    assert phase(judgement(), PILOT).people == People(204)


def test_current_phase_is_the_last_that_began() -> None:
    assert current_phase(judgement(date(2026, 1, 1))) is None
    found = current_phase(judgement())
    assert found is not None
    assert found.ref.key == PILOT


def test_chart_lies_between_0_and_100_percent() -> None:
    view = roadmap_view(judgement())
    assert view is not None
    assert 0 < view.as_of_at < 100
    assert sum(tick.width for tick in view.ticks) == pytest.approx(100, abs=0.05)
    assert all(0 <= bar.at <= bar.at + bar.width <= 100.01 for bar in view.bars)
    assert {bar.level for bar in view.bars} == {"phase", "milestone", "gate", "plan"}


def test_phase_at_the_end_of_what_can_be_written_is_drawn() -> None:
    far = changed((ROADMAP, "end: 2026-04-03", "end: 2999-12-31"))
    assert roadmap_view(far) is not None
    assert phases(far)[0].timebox is not None
