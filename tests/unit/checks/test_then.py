"""A decision is judged by the rights and the quorum of its day: what changes later does not undo it."""

from collections.abc import Mapping
from datetime import date

import pytest

from generator.checks.decisions import RULES
from generator.model.change import changes
from generator.model.judgement import Judgement, Step, Timeline
from generator.views.decisions import decision_line
from tests.factories import edited, loaded, minimal_files
from tests.unit.views.support import committed

Files = Mapping[str, bytes]
RIGHTS = "governance/decision-rights.csv"
STEERING = "governance/bodies/bod-steering.md"
DECISION = "governance/decisions/dec-2026-003.md"
WEEK_ONE, MARCH, APRIL = date(2026, 1, 9), date(2026, 3, 2), date(2026, 4, 1)
CODES = ("GOV003", "GOV005", "GOV015")


def _past(*states: tuple[date, Files]) -> Judgement:
    steps, before = [], loaded({}).portal.canonical
    for day, files in states:
        after = loaded(files).portal.canonical
        steps.append(Step(committed(day), changes(before, after)))
        before = after
    return Judgement(APRIL, loaded(states[-1][1]).portal.seen_on(APRIL), timeline=Timeline(tuple(steps)))


def _found(j: Judgement) -> dict[str, list[str]]:
    rules = [rule for rule in RULES if rule.code in CODES and rule.check is not None]
    found = {rule.code: [one.subject for one in (rule.check(j) if rule.check else ())] for rule in rules}
    return {code: subjects for code, subjects in found.items() if subjects}


def _moved(files: Files) -> Files:
    """Budgets are the board's from now on."""
    return edited(files, RIGHTS, "budget,bod-steering,A", "budget,bod-board,A")


def _limited(files: Files) -> Files:
    return edited(files, RIGHTS, "budget,bod-steering,A,100000.00", "budget,bod-steering,A,100.00")


def _raised(files: Files) -> Files:
    return edited(files, STEERING, "quorum: 2", "quorum: 3")


def _another(files: Files) -> Files:
    """One more budget decision of the committee, of March."""
    text = files[DECISION].decode().replace("dec-2026-003", "dec-2026-009").replace("2026-01-08", str(MARCH))
    return {**files, "governance/decisions/dec-2026-009.md": text.encode()}


CHANGES = {"GOV003": _moved, "GOV005": _raised, "GOV015": _limited}


@pytest.mark.parametrize("code", CODES)
def test_a_later_change_does_not_undo_a_decision(code: str) -> None:
    start = minimal_files()

    assert _found(_past((WEEK_ONE, start), (MARCH, CHANGES[code](start)))) == {}


@pytest.mark.parametrize("code", CODES)
def test_a_decision_after_the_change_is_judged_by_it(code: str) -> None:
    start = minimal_files()
    changed = CHANGES[code](start)
    j = _past((WEEK_ONE, start), (date(2026, 2, 2), changed), (date(2026, 3, 3), _another(changed)))

    assert _found(j) == {code: ["dec-2026-009"]}


def test_a_change_that_is_recorded_with_the_decision_counts() -> None:
    start = minimal_files()
    board = edited(_another(_moved(start)), "governance/decisions/dec-2026-009.md", "bod-steering", "bod-board")

    assert _found(_past((WEEK_ONE, start), (date(2026, 3, 6), board))) == {}


@pytest.mark.parametrize("code", CODES)
def test_a_decision_that_is_not_on_record_yet_is_judged_by_what_stands_in_the_files(code: str) -> None:
    files = _another(CHANGES[code](minimal_files()))
    j = _past((WEEK_ONE, minimal_files()))
    unrecorded = Judgement(APRIL, loaded(files).portal.seen_on(APRIL), timeline=j.timeline)
    fresh = Judgement(APRIL, loaded(files).portal.seen_on(APRIL))

    assert _found(unrecorded) == {}
    assert {"dec-2026-003", "dec-2026-009"} <= set(_found(fresh)[code])


def test_the_page_of_a_decision_tells_the_quorum_of_its_day() -> None:
    start = minimal_files()
    line = decision_line(_past((WEEK_ONE, start), (MARCH, _raised(start))), "dec-2026-003")

    assert (line.quorum, line.quorum_met) == (2, True)
