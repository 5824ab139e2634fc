"""Consequences cite their cause; no error hides behind a warning; the table has no circle."""

from graphlib import TopologicalSorter

from generator.checks import RULES
from generator.checks.causes import EXPLAINED_BY, explained
from generator.errors import Position, Problem, Severity
from tests.factories import BANK_DAY, CONTENT, edited, files_below, judged

PLACE = Position("roadmap/roadmap.yaml", 7, 10)


def _problem(code: str, severity: Severity, key: str = "") -> Problem:
    return Problem(code, severity, "something", PLACE, key)


def test_nothing_explains_what_explains_it() -> None:
    assert list(TopologicalSorter(EXPLAINED_BY).static_order())


def test_the_table_names_rules() -> None:
    known = {rule.code for rule in RULES}
    named = set(EXPLAINED_BY) | {code for codes in EXPLAINED_BY.values() for code in codes}

    assert named <= known


def test_a_consequence_cites_its_cause() -> None:
    cause = _problem("ROA002", Severity.ERROR)

    found = explained((_problem("COH001", Severity.ERROR), cause), {})

    assert [problem.caused_by for problem in found] == ["ROA002 roadmap/roadmap.yaml:7", ""]


def test_a_warning_hides_no_error() -> None:
    waived = _problem("ROA002", Severity.WARNING)

    found = explained((_problem("COH001", Severity.ERROR), waived), {})

    assert [problem.caused_by for problem in found] == ["", ""]


def test_a_lapse_follows_from_what_is_wrong_with_its_subject() -> None:
    wrong = _problem("CUR015", Severity.ERROR, "mod-a")
    lapse = _problem("SGN001", Severity.WARNING, "sgn-1")

    assert explained((lapse, wrong), {"sgn-1": "mod-a"})[0].caused_by.startswith("CUR015")
    assert explained((lapse, wrong), {"sgn-1": "mod-b"})[0].caused_by == ""


def test_a_broken_record_explains_no_finding_about_others() -> None:
    files = edited(files_below(CONTENT), "curriculum/modules/mod-board-briefing.md", "minutes: ", "minutes: about ")
    found = judged(files, BANK_DAY)

    assert found.codes[0] == "SCH001"
    (lapsed,) = (p for p in found.problems if p.key == "sgn-2026-001")
    assert lapsed.caused_by == ""  # it is about another module
