"""Every view on the sample bank, on many days: none fails, and the same fact is the same number everywhere."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import pytest

from generator.kinds.competency import Competency
from generator.model.judgement import Judgement
from generator.views.budget import budget
from generator.views.cadence import cadence_records
from generator.views.calendar import deadlines, meetings, messages, sessions
from generator.views.change_plan import change_plan
from generator.views.cohorts import charters, cohorts, experiments, lessons, retrospectives
from generator.views.decisions import decision, decisions, open_actions, open_conditions, waivers
from generator.views.gates import gates
from generator.views.governance import bodies, decision_rights, escalations, open_matters, raci, seats, slas, tiers
from generator.views.home import home
from generator.views.incidents import incidents
from generator.views.issued import packs
from generator.views.kpis import head_counts, kpi_cards, kpi_page
from generator.views.matrix import matrix
from generator.views.modules import module, modules
from generator.views.obligations import obligations, regulatory_changes
from generator.views.phases import phases, plan_lines
from generator.views.provenance import provenance
from generator.views.record_history import record_history
from generator.views.registers import (
    certifications,
    competencies,
    findings,
    pathways,
    permissions,
    reviews,
    systems,
)
from generator.views.risks import heat_map, risks
from generator.views.roadmap import roadmap_view
from generator.views.roles import role, roles
from generator.views.sign_offs import sign_offs
from generator.views.traceability import (
    gaps,
    links,
    obligation_by_module,
    risk_by_module,
    role_by_competency,
)
from tests.factories import CONTENT, files_below
from tests.unit.views.support import judgement

NEWEST = date(2026, 11, 20)
DAYS = [
    date(2025, 8, 1),
    date(2026, 1, 11),
    date(2026, 1, 12),
    date(2026, 4, 3),
    date(2026, 7, 27),
    NEWEST,
    date(2030, 2, 28),
]


@lru_cache(maxsize=8)
def _bank(day: date) -> Judgement:
    return judgement(day, files_below(CONTENT))


def _lists(j: Judgement) -> Iterable[object]:
    """Every view that takes a judgement alone."""
    views = (
        budget, charters, change_plan, cohorts, experiments, lessons, retrospectives, deadlines, messages, sessions,
        open_actions, open_conditions, waivers, gates, bodies, decision_rights, escalations, open_matters, raci, seats,
        slas, tiers, home, incidents, packs, kpi_cards, matrix, obligations, regulatory_changes, phases, plan_lines,
        certifications, competencies, findings, pathways, permissions, reviews, systems, heat_map, risks, roadmap_view,
        roles, sign_offs, gaps, obligation_by_module, risk_by_module, role_by_competency, cadence_records,
    )  # fmt: skip
    return [view(j) for view in views]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_view_has_an_answer_on_every_day(day: date) -> None:
    j = _bank(day)
    assert all(view is not None for view in _lists(j))
    pages = (
        *(kpi_page(j, card.ref.key) for card in kpi_cards(j)),
        *(role(j, line.ref.key) for line in roles(j)),
        *(module(j, line.ref.key) for line in modules(j)),
        *(decision(j, line.ref.key) for line in decisions(j)),
    )
    assert all(page is not None for page in pages)
    for key in j.portal.entries:
        assert links(j, key) is not None
        assert provenance(j, key).paths
        assert record_history(j, key, {}).lines == ()
    assert meetings(j, date(day.year + 1, 1, 1)) is not None


def test_head_counts_are_the_same_everywhere() -> None:
    j = _bank(NEWEST)
    counts = dict(head_counts(j))
    assert counts
    assert {row.role.key: row.head_count for row in matrix(j).rows} == counts
    assert {line.ref.key: line.head_count for line in roles(j)} == counts
    reached = {
        reach.role.key: reach.head_count for line in modules(j) for reach in module(j, line.ref.key).mandatory_for
    }
    assert reached.items() <= counts.items()


def test_completion_of_the_roles_adds_up_to_the_bank() -> None:
    page = kpi_page(_bank(NEWEST), "kpi-completion")
    assert page.card.scope.key == "bank"
    assert page.roles is not None
    parts = [card.reading for card in page.roles.cards if card.reading]
    assert page.card.reading is not None
    assert sum(part.numerator or 0 for part in parts) == page.card.reading.numerator
    assert sum(part.denominator or 0 for part in parts) == page.card.reading.denominator
    assert page.adds_up is True


def test_gates_agree_with_the_decisions_on_record() -> None:
    decided = [gate for gate in gates(_bank(NEWEST)) if gate.decision]
    assert [gate.agreement.good for gate in decided if gate.agreement] == [True, True]


def test_each_gate_has_every_state_in_words() -> None:
    words = {criterion.state.word for gate in gates(_bank(NEWEST)) for criterion in gate.criteria}
    assert {"Met", "Not met", "Not yet measurable", "Watched, not met"} <= words


def test_matrix_decides_every_pair() -> None:
    assert matrix(_bank(NEWEST)).undecided == ()


def test_every_competency_is_in_the_matrix_of_roles() -> None:
    j = _bank(NEWEST)
    assert len(role_by_competency(j).columns) == len(j.portal.all(Competency))
