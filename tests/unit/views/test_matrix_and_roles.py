"""The requirement in force for a pair on a date, and what a role must do by when."""

from datetime import date
from decimal import Decimal

import pytest

from generator.views.matrix import cell, mandatory_modules, matrix, roles_of
from generator.views.modules import module, modules
from generator.views.people import People
from generator.views.registers import certification, competency, system
from generator.views.roles import role, roles
from tests.unit.views.support import changed, judgement

MATRIX = "curriculum/matrix.csv"
ROW = "rol-analyst,mod-basics,mandatory,30,7,phs-pilot,2026-01-12,\n"
BASICS = "mod-basics"
ANALYST = "rol-analyst"


@pytest.mark.parametrize(
    ("row", "requirement", "by_default"),
    [
        (ROW, "mandatory", False),
        ("", "not-applicable", True),
        ("rol-analyst,mod-basics,mandatory,30,7,phs-pilot,2026-02-21,\n", "not-applicable", True),
        ("rol-analyst,mod-basics,mandatory,30,7,phs-pilot,2026-01-12,2026-02-19\n", "not-applicable", True),
        ("rol-analyst,mod-basics,mandatory,30,7,phs-pilot,2026-01-12,2026-02-20\n", "mandatory", False),
    ],
)
def test_specific_row_in_force_beats_the_default(row: str, requirement: str, *, by_default: bool) -> None:
    found = cell(changed((MATRIX, ROW, row)), ANALYST, BASICS)
    assert (found.requirement, found.by_default) == (requirement, by_default)


def test_pair_without_a_row_is_undecided() -> None:
    bare = changed((MATRIX, "rol-analyst,*,not-applicable,,,,2026-01-01,\n" + ROW, ""))
    assert cell(bare, ANALYST, BASICS).requirement == "undecided"
    assert len(matrix(bare).undecided) == 1


def test_rule_binds_from_its_phase() -> None:
    early = judgement(date(2026, 1, 5))
    assert cell(early, ANALYST, BASICS, date(2026, 1, 12)).starts == date(2026, 1, 12)
    assert cell(judgement(), ANALYST, BASICS).binds


def test_counts_of_rows_and_columns_agree() -> None:
    view = matrix(judgement())
    assert sum(row.mandatory for row in view.rows) == sum(column.mandatory for column in view.columns) == view.mandatory
    assert view.columns[0].people == People(204)
    assert view.rows[0].minutes == 40


def test_both_directions_tell_the_same() -> None:
    j = judgement()
    assert [c.key for c in mandatory_modules(j, ANALYST)] == [c.key for c in roles_of(j, BASICS)]


@pytest.mark.parametrize(
    ("day", "due", "renewal", "word"),
    [
        (date(2026, 1, 20), date(2026, 2, 11), False, "Not due yet"),
        (date(2026, 2, 4), date(2026, 2, 11), False, "7 days left"),
        (date(2026, 2, 11), date(2026, 2, 11), False, "Due today"),
        (date(2026, 2, 12), date(2027, 2, 11), True, "Renewal"),
        (date(2027, 2, 12), date(2028, 2, 11), True, "Renewal"),
    ],
)
def test_next_date_that_matters(day: date, due: date, word: str, *, renewal: bool) -> None:
    (duty,) = role(judgement(day), ANALYST).duties
    assert (duty.due, duty.renewal, duty.state.word) == (due, renewal, word)


def test_module_that_never_expires_stays_for_joiners() -> None:
    lasting = changed(("curriculum/modules/mod-basics.md", "valid_months: 12\n", ""))
    (duty,) = role(lasting, ANALYST).duties
    assert (duty.due, duty.state.word) == (None, "For joiners")
    assert duty.deadline == "within 30 days of joining the role, 7 days of grace"


def test_enrol_link_is_the_platforms_address() -> None:
    (duty,) = role(judgement(), ANALYST).duties
    assert duty.enrol_url == "https://lms.minimal.example/course/AIB-101"


def test_course_code_cannot_leave_its_place_in_the_address() -> None:
    odd = changed(("curriculum/modules/mod-basics.md", "course: AIB-101", 'course: "../a?b#c"'))
    (duty,) = role(odd, ANALYST).duties
    assert duty.enrol_url == "https://lms.minimal.example/course/..%2Fa%3Fb%23c"


def test_competency_below_target_is_a_gap() -> None:
    low = changed(
        ("curriculum/modules/mod-basics.md", "competencies: {cmp-challenge: 2}", "competencies: {cmp-challenge: 1}")
    )
    (goal,) = role(low, ANALYST).competencies
    assert (goal.reached, goal.state.word) == (1, "Gap")
    assert competency(low, "cmp-challenge").state.word == "Gap"


def test_draft_modules_do_not_count_as_reached() -> None:
    draft = changed(("curriculum/modules/mod-basics.md", "status: approved", "status: draft"))
    assert role(draft, ANALYST).competencies[0].reached == 0


def test_certificate_opens_the_permission_of_its_system() -> None:
    view = role(judgement(), ANALYST)
    (certificate,) = view.certificates
    assert certificate.missing == ()
    assert [line.entitlement for line in certificate.permissions] == ["close alerts"]
    assert certification(judgement(), "crt-oversight").roles[0].key == ANALYST
    assert system(judgement(), "sys-triage").state.word == "In order"


def test_high_risk_system_whose_overseers_lack_the_certificate_is_a_gap() -> None:
    optional = changed((MATRIX, "mandatory,30,7", "optional,,"))
    assert system(optional, "sys-triage").state.word == "Gap"


def test_hours_stand_against_the_budget() -> None:
    assert role(judgement(), ANALYST).within_budget is True
    tight = changed(("registers/roles.yaml", "hours_budget: 8", "hours_budget: 0.5"))
    assert role(tight, ANALYST).within_budget is False


def test_shares_are_weighed_by_the_minutes_of_each_module() -> None:
    assert role(judgement(), ANALYST).balance == (
        ("technical", Decimal("0.4")),
        ("ethical", Decimal("0.3")),
        ("business", Decimal("0.3")),
    )
    unsaid = changed(
        ("curriculum/modules/mod-basics.md", "dimensions: {technical: 0.4, ethical: 0.3, business: 0.3}\n", "")
    )
    assert role(unsaid, ANALYST).balance == ()


def test_lists_and_pages_show_the_same_figures() -> None:
    j = judgement()
    (line,) = roles(j)
    view = role(j, ANALYST)
    assert (line.head_count, line.minutes, line.mandatory) == (view.head_count, view.minutes, len(view.duties))
    (catalogue,) = modules(j)
    assert catalogue.people == module(j, BASICS).people == People(204)
