"""Obligations by date, regulatory changes on their clock, risks against appetite, links and gaps."""

from datetime import date

import pytest

from generator.views.obligations import obligation, regulatory_changes
from generator.views.people import People
from generator.views.risks import heat_map, risk
from generator.views.time_limits import open_matters
from generator.views.traceability import gaps, links, obligation_by_module, risk_by_module, role_by_competency
from tests.unit.views.support import changed, judgement

MODULE = "curriculum/modules/mod-basics.md"
OBLIGATIONS = "registers/obligations.yaml"
WORDING = "- {from: 2025-02-02, summary: Take measures for AI literacy."
TWO = (
    "- {from: 2026-02-10, summary: Support it., source: x, verified: 2026-01-05, verification: secondary}\n"
    "    - {from: 2025-02-02, to: 2026-02-09, summary: Take measures for AI literacy."
)
CHANGE = "regulatory/rgc-2026-01.md"


@pytest.mark.parametrize(
    ("day", "status", "summary"),
    [
        (date(2025, 2, 1), "proposed", None),
        (date(2025, 2, 2), "in-force", "Take measures for AI literacy."),
        (date(2026, 2, 9), "in-force", "Take measures for AI literacy."),
        (date(2026, 2, 10), "in-force", "Support it."),
    ],
)
def test_wording_in_force_on_a_day(day: date, status: str, summary: str | None) -> None:
    view = obligation(changed((OBLIGATIONS, WORDING, TWO), as_of=day), "obl-literacy")
    assert view.status == status
    assert (view.wording.summary if view.wording else None) == summary


def test_wordings_fill_the_bar_without_a_gap() -> None:
    new, old = obligation(changed((OBLIGATIONS, WORDING, TWO)), "obl-literacy").wordings
    assert old.at == 0
    assert old.at + old.width == pytest.approx(new.at, abs=0.01)
    assert new.grade.word == "Secondary source"


@pytest.mark.parametrize(
    ("edit", "word"),
    [
        ((MODULE, "minutes: 40", "minutes: 40"), "Covered"),
        ((MODULE, "obligations: [obl-literacy]\n", ""), "Gap"),
        ((MODULE, "status: approved", "status: draft"), "Gap"),
        (("curriculum/matrix.csv", "mandatory,30,7", "optional,,"), "Gap"),
        ((OBLIGATIONS, WORDING, WORDING.replace("summary", "to: 2026-02-01, summary")), "Not in force"),
    ],
)
def test_coverage_needs_an_approved_mandatory_module(edit: tuple[str, str, str], word: str) -> None:
    assert obligation(changed(edit), "obl-literacy").coverage.word == word


CELL = "rol-analyst,mod-basics,mandatory,30,7,phs-pilot,2026-01-12,"


@pytest.mark.parametrize(
    ("edit", "served"),
    [
        ((MODULE, "minutes: 40", "minutes: 40"), [("2026-01-12", None)]),
        ((MODULE, "status: approved", "status: draft"), []),
        (("curriculum/matrix.csv", "mandatory,30,7", "optional,,"), []),
        (("curriculum/matrix.csv", CELL, CELL + "2026-01-31"), [("2026-01-12", "2026-01-31")]),
        (
            (
                "curriculum/matrix.csv",
                CELL,
                f"{CELL}2026-01-31\n{CELL.replace('01-12', '02-01')}2026-02-10\n{CELL.replace('01-12', '03-01')}",
            ),
            [("2026-01-12", "2026-02-10"), ("2026-03-01", None)],
        ),
    ],
)
def test_days_served_are_those_of_mandatory_cells(
    edit: tuple[str, str, str], served: list[tuple[str, str | None]]
) -> None:
    found = obligation(changed(edit), "obl-literacy").served
    assert [(str(since), str(until) if until else None) for since, until in found] == served


def test_people_reached_are_those_of_the_roles() -> None:
    view = obligation(judgement(), "obl-literacy")
    assert ([role.title for role in view.roles], view.people) == (["Analyst"], People(204))


def test_evidence_that_is_not_held_makes_it_partly_covered() -> None:
    asked = changed(
        (
            OBLIGATIONS,
            "interpreter: bod-curriculum-wg\n",
            "interpreter: bod-curriculum-wg\n  evidence: [review-record]\n",
        )
    )
    view = obligation(asked, "obl-literacy")
    assert (view.coverage.word, view.coverage.reason) == ("Partly covered", "evidence incomplete: review record")


def test_regulatory_change_is_timed_in_working_days() -> None:
    (line,) = regulatory_changes(judgement())
    assert (line.working_days_taken, line.working_days_allowed, line.state.word) == (5, 15, "Assessed")


def test_change_that_waits_is_an_open_matter_and_escalates() -> None:
    waiting = changed((CHANGE, "status: assessed\nassessed_on: 2026-01-27\n", "status: received\n"))
    (matter,) = open_matters(waiting)
    assert (matter.used, matter.allowed, matter.state.word) == (23, 15, "Breached")
    assert matter.now_with.title == "Steering committee"
    assert matter.due == date(2026, 2, 10)


@pytest.mark.parametrize(
    ("edit", "word"),
    [
        ((MODULE, "minutes: 40", "minutes: 40"), "Within appetite"),
        ((MODULE, "risks: [rsk-error]\n", ""), "Gap"),
        (
            ("registers/risks.yaml", "residual: {likelihood: 2, impact: 4}", "residual: {likelihood: 3, impact: 4}"),
            "Above appetite",
        ),
    ],
)
def test_risk_against_appetite(edit: tuple[str, str, str], word: str) -> None:
    assert risk(changed(edit), "rsk-error").state.word == word


def test_heat_map_holds_each_risk_once() -> None:
    cells = [cell for row in heat_map(judgement()).rows for cell in row]
    assert len(cells) == 25
    assert [cell.score for cell in cells if cell.risks] == [8]
    assert heat_map(judgement()).rows[0][0].likelihood == 5


def test_links_run_in_both_directions() -> None:
    j = judgement()
    outgoing = {key.key for group in links(j, "mod-basics").outgoing for key in group.refs}
    incoming = {key.key for group in links(j, "obl-literacy").incoming for key in group.refs}
    assert "obl-literacy" in outgoing
    assert "mod-basics" in incoming


def test_matrices_of_a_clean_portal_have_no_gap() -> None:
    j = judgement()
    assert [m.gaps for m in (obligation_by_module(j), risk_by_module(j), role_by_competency(j))] == [0, 0, 0]
    assert gaps(j) == ()


def test_one_missing_link_is_a_gap_in_every_list_it_belongs_to() -> None:
    bare = changed((MODULE, "obligations: [obl-literacy]\n", ""))
    assert obligation_by_module(bare).gaps == 1
    assert [(gap.topic, gap.ref.key) for gap in gaps(bare)] == [("Obligation", "obl-literacy")]
