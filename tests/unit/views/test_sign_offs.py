"""Sign-off in twelve scenarios that a person can read."""

from datetime import UTC, date, datetime

import pytest

from generator.kinds import KINDS
from generator.load import assemble, form, is_source, parse
from generator.model.change import changes
from generator.model.judgement import Commit, Judgement, Person, Step, Timeline
from generator.views.sign_off_faults import sign_off_faults
from generator.views.sign_offs import normative_digest, sign_offs
from generator.views.wording import digest_at
from tests.factories import CONTENT, files_below
from tests.sign_off_worlds import Edit, Rules, Sign, World, judged, without_history

WRITTEN = Edit("sea-c", "one")


def _statuses(world: World) -> list[str]:
    found = sorted(sign_offs(judged(world)), key=lambda view: view.ref.key)
    return [view.status for view in found]


def test_1_signed_by_another_hand_under_a_decision() -> None:
    assert _statuses(World((WRITTEN, Sign("sea-a")))) == ["valid"]


def test_2_the_wording_changes_afterwards() -> None:
    assert _statuses(World((WRITTEN, Sign("sea-a"), Edit("sea-c", "two")))) == ["lapsed"]


def test_3_only_the_notes_change_afterwards() -> None:
    assert _statuses(World((WRITTEN, Sign("sea-a"), Edit("sea-c", notes="later")))) == ["valid"]


def test_4_the_wording_changes_and_changes_back() -> None:
    assert _statuses(World((WRITTEN, Sign("sea-a"), Edit("sea-c", "two"), Edit("sea-c", "one")))) == ["valid"]


def test_5_the_author_signs_the_own_work() -> None:
    assert _statuses(World((WRITTEN, Edit("sea-a", "two"), Sign("sea-a")))) == ["invalid"]


def test_6_an_author_of_earlier_days_signs_after_a_valid_sign_off() -> None:
    events = (Edit("sea-a", "one"), Sign("sea-b"), Edit("sea-c", "two"), Sign("sea-a"))
    assert _statuses(World(events)) == ["lapsed", "valid"]


def test_7_an_invalid_sign_off_does_not_clear_the_author() -> None:
    events = (Edit("sea-a", "one"), Sign("sea-a"), Edit("sea-c", "two"), Sign("sea-a"))
    assert _statuses(World(events)) == ["replaced", "invalid"]


def test_8_a_seat_without_a_vote_signs() -> None:
    rules = Rules(members=(("sea-a", True, None), ("sea-b", False, None)))
    assert _statuses(World((WRITTEN, Sign("sea-b")), rules)) == ["invalid"]


def test_9_a_seat_signs_after_its_term() -> None:
    rules = Rules(members=(("sea-a", True, 0), ("sea-b", True, None)))
    assert _statuses(World((WRITTEN, Sign("sea-a"), Sign("sea-b")), rules)) == ["invalid", "valid"]


def test_10_the_decision_lacks_its_quorum() -> None:
    rules = Rules(decisions=(("dec-2026-001", "accepted", 0, 1, True),))
    assert _statuses(World((WRITTEN, Sign("sea-a")), rules)) == ["invalid"]


@pytest.mark.parametrize(
    "decision",
    [
        ("dec-2026-001", "proposed", 0, 2, True),
        ("dec-2026-001", "rejected", 0, 2, True),
        ("dec-2026-001", "accepted", 5, 2, True),
        ("dec-2026-001", "accepted", 0, 2, False),
    ],
)
def test_11_the_decision_is_none(decision: tuple[str, str, int, int, bool]) -> None:
    assert _statuses(World((WRITTEN, Sign("sea-a")), Rules(decisions=(decision,)))) == ["invalid"]


def test_12_a_sign_off_expires() -> None:
    world = (WRITTEN, Sign("sea-a", expires_after=10))
    assert _statuses(World(world, days_later=10)) == ["valid"]
    assert _statuses(World(world, days_later=11)) == ["expired"]


def test_a_digest_of_words_that_come_later_does_not_count() -> None:
    events = (WRITTEN, Sign("sea-a", wording="two"), Edit("sea-c", "two"))
    assert _statuses(World(events)) == ["invalid"]


def test_the_reason_is_told() -> None:
    j = judged(World((Edit("sea-a", "one"), Sign("sea-a"))))
    (view,) = sign_offs(j)
    assert view.state.reason == "sea-a is among those who changed pri-a since (commit 0000000000)"
    assert [fault.code for fault in sign_off_faults(j, "sgn-2026-001")] == ["SGN002"]


def test_without_history_only_what_the_files_tell_is_judged() -> None:
    assert sign_offs(without_history(judged(World((Edit("sea-a", "one"), Sign("sea-a"))))))[0].status == "valid"


def test_the_digest_of_a_step_is_the_digest_of_the_record() -> None:
    files = files_below(CONTENT)
    trees = {path: parse(form(path), data) for path, data in files.items() if form(path) and is_source(path)}
    portal = assemble(trees, files, KINDS).portal
    person, at = Person("a", "a@northmere.example"), datetime(2026, 1, 1, tzinfo=UTC)
    step = Step(Commit("0" * 40, "", (), person, at, person, at, "all"), changes({}, portal.canonical))
    j = Judgement(date(2026, 11, 20), portal, timeline=Timeline((step,)))
    kinds = ("module", "obligation", "role", "risk", "kpi", "body", "matrix", "scenario", "seat")
    keys = [key for key, entry in portal.entries.items() if entry.kind.name in kinds]
    assert len(keys) > 100
    assert {key: digest_at(j, key, 0) for key in keys} == {key: normative_digest(j, key) for key in keys}
