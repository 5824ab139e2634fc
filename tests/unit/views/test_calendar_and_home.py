"""Dates, governance, money, cohorts, and the first page."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from generator.model.judgement import IssuedPack
from generator.views.budget import budget
from generator.views.calendar import deadlines, meetings, messages, upcoming_sessions
from generator.views.change_plan import change_plan
from generator.views.cohorts import charters, cohort, experiments, lessons
from generator.views.decisions import approvals, decision
from generator.views.governance import bodies, decision_rights, holder_on, seats
from generator.views.home import home
from generator.views.incidents import incidents
from generator.views.issued import packs
from tests.unit.views.support import changed, judgement

COMMUNICATIONS = "change/communications.csv"


def test_message_takes_its_day_from_the_milestone() -> None:
    (message,) = messages(changed((COMMUNICATIONS, "2026-01-05,,", ",-14,")))
    assert (message.day, message.derived) == (date(2026, 1, 5), "14 days before Cohort A starts")


def test_planned_message_whose_day_is_past_is_not_sent() -> None:
    (message,) = messages(changed((COMMUNICATIONS, ",sent", ",planned")))
    assert message.state.word == "Not sent"


def test_offset_beyond_the_calendar_is_its_last_day() -> None:
    (message,) = messages(changed((COMMUNICATIONS, "2026-01-05,,", ",999999999999,")))
    assert message.day == date.max


def test_meetings_follow_the_rule_and_an_unreadable_rule_has_none() -> None:
    found = meetings(judgement(), date(2026, 4, 30), "bod-steering")
    assert [meeting.day for meeting in found] == [date(2026, 3, 12), date(2026, 4, 9)]
    broken = changed(("governance/bodies/bod-steering.md", "FREQ=MONTHLY;BYDAY=2TH", "every now and then"))
    assert meetings(broken, date(2026, 4, 30), "bod-steering") == ()
    assert bodies(broken)[1].rhythm == "every now and then, 10:00"


def test_deadlines_are_in_order_with_days_from_now() -> None:
    found = deadlines(judgement())
    assert [(one.day, one.days) for one in found] == sorted((one.day, one.days) for one in found)
    assert {one.ref.key for one in found} >= {"gat-pilot-exit", "rev-2026-q1", "fnd-2026-001"}


def test_sessions_ahead_are_those_of_the_roles_cohorts() -> None:
    early = judgement(date(2026, 1, 15))
    assert len(upcoming_sessions(early, role="rol-analyst")) == 1
    assert upcoming_sessions(early, module="mod-other") == ()
    assert upcoming_sessions(judgement()) == ()


def test_sessions_of_modules_that_do_not_apply_are_left_out() -> None:
    matrix = "curriculum/matrix.csv"
    early = changed((matrix, "mandatory,30,7,phs-pilot,", "not-applicable,,,,"), as_of=date(2026, 1, 15))
    assert upcoming_sessions(early, role="rol-analyst") == ()
    assert len(upcoming_sessions(early)) == 1


def test_bodies_stand_from_the_top_down() -> None:
    assert [(body.tier, body.ref.key) for body in bodies(judgement())] == [
        (0, "bod-board"),
        (1, "bod-steering"),
        (2, "bod-curriculum-wg"),
    ]


def test_ring_of_parents_ends() -> None:
    ring = changed(("governance/bodies/bod-board.md", "kind: board\n", "kind: board\nparent: bod-curriculum-wg\n"))
    assert len(bodies(ring)) == 3


def test_rights_are_a_pivot_with_one_accountable_party_a_row() -> None:
    table = decision_rights(judgement())
    assert [party.key for party in table.parties] == ["bod-board", "bod-steering", "bod-curriculum-wg"]
    assert all("".join(row.letters).count("A") == 1 for row in table.rows)
    assert table.rows[0].limits[1] == Decimal("100000.00")


def test_seat_without_a_holder_on_the_day_is_vacant() -> None:
    left = changed(
        ("governance/seats.yaml", "hr-10002, from: 2024-01-01", "hr-10002, from: 2024-01-01, to: 2026-02-19")
    )
    assert holder_on(left, "sea-lead", date(2026, 2, 19)) == "hr-10002"
    assert {seat.ref.key: seat.state.word for seat in seats(left)}["sea-lead"] == "Vacant"


def test_decision_shows_right_quorum_and_who_was_away() -> None:
    view = decision(judgement(), "dec-2026-003")
    assert (view.right_held, view.line.quorum_met, view.charter_in_force) == (True, True, True)
    assert [seat.key for seat in view.absent] == ["sea-member"]
    assert [line.key for line in view.budget] == ["bud-0001"]


def test_approval_trail_finds_keys_prefixes_and_fields() -> None:
    j = judgement()
    assert [found.decision.key for found in approvals(j, "mod-basics")] == ["dec-2026-002"]
    row = "matrix/rol-analyst/mod-basics/2026-01-12"
    assert [found.decision.key for found in approvals(j, row)] == ["dec-2026-004"]


def test_money_is_summed_exactly_and_overspending_is_said() -> None:
    line = "bud-0001,2026-01-08,FY2025,phs-pilot,content,approved,60000.00,GBP,dec-2026-003,Pilot content\n"
    spent = line + "bud-0002,2026-02-08,FY2025,phs-pilot,content,actual,60000.01,GBP,dec-2026-003,Invoices\n"
    (total,) = budget(changed(("governance/budget.csv", line, spent))).totals
    assert (total.left, total.state.word) == (Decimal("-0.01"), "Overspent")
    assert budget(judgement()).totals[0].state.word == "Within budget"


def test_cohort_gathers_sessions_results_and_lessons() -> None:
    view = cohort(judgement(), "coh-a")
    assert (view.seats, view.state.word) == (136, "Finished")
    assert [card.ref.key for card in view.results] == ["kpi-lift"]
    assert view.retrospective is not None
    assert [lesson.state.word for lesson in lessons(judgement())] == ["Kept"]


def test_charter_and_its_delivery_have_their_own_clocks() -> None:
    (charter,) = charters(judgement())
    assert charter.days == 89
    assert charter.delivery_weeks == pytest.approx(75 / 7)


def test_experiment_too_small_for_its_effect_is_said() -> None:
    (found,) = experiments(changed(("cohorts/experiments.yaml", "minimal_effect: 0.20", "minimal_effect: 0.10")))
    assert (found.needed_n_per_arm, found.state.word) == (388, "Too small")


def test_experiment_with_results_has_an_interval() -> None:
    result = "result: {control: {n: 412, x: 231}, split: {n: 409, x: 276}}, status: finished"
    (found,) = experiments(changed(("cohorts/experiments.yaml", "status: running", result)))
    assert found.difference == pytest.approx(276 / 409 - 231 / 412)
    assert found.state.word == "Difference shown"


def test_incident_rate_needs_exposure() -> None:
    view = incidents(judgement())
    assert [(line.period, line.incidents, line.exposure) for line in view.quarters] == [("2026-Q1", 1, 800)]
    bare = changed(("registers/exposure.csv", "2026-01,sys-triage,800\n", ""))
    assert incidents(bare).months[0].rate is None


def test_role_without_champion_is_named() -> None:
    assert change_plan(judgement()).roles_without_champion == ()
    gone = changed(("change/champions.csv", "2026-01-12,", "2026-01-12,2026-02-01"))
    assert [role.key for role in change_plan(gone).roles_without_champion] == ["rol-analyst"]


def test_home_says_where_the_programme_stands() -> None:
    view = home(judgement())
    assert view.lede.startswith("Day 40 of 82 of Pilot.")
    assert [card.ref.key for card in view.cards] == ["kpi-completion", "kpi-lift", "kpi-incidents", "kpi-checked"]
    assert view.gaps_total >= len(view.gaps)


def test_home_before_the_first_phase_counts_the_days() -> None:
    assert home(judgement(date(2026, 1, 2))).lede == "Pilot begins in 10 days."


def test_packs_are_what_the_ledger_says() -> None:
    j = judgement()
    issue = [
        IssuedPack(seq, "pck-q1", "c" * 40, j.as_of, datetime(2026, 2, 20, 12, tzinfo=UTC), "a" * 64, 1000, "b" * 64)
        for seq in (1, 2)
    ]
    lines = packs(replace(j, packs=tuple(issue)))
    assert [(line.pack.seq if line.pack else 0, line.state.word) for line in lines] == [
        (2, "Issued"),
        (1, "Replaced by entry 2"),
    ]
    assert [line.state.word for line in packs(j)] == ["Not issued yet"]


def test_a_session_counts_by_what_is_asked_on_its_own_day() -> None:
    before_the_row_begins = judgement(date(2026, 1, 5))
    assert [one.ref.key for one in upcoming_sessions(before_the_row_begins, role="rol-analyst")] == ["ses-0001"]
