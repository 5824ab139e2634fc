"""What the history of a record tells: under all its names, with the decisions that cover it and whose key signed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from generator.model.change import Change
from generator.model.judgement import Commit, Judgement, Person, Step, Timeline
from generator.model.portal import Portal
from generator.model.record import Json
from generator.model.signature import Signature
from generator.views.record_history import (
    NEWEST,
    kind_history,
    kinds_with_history,
    past_index,
    record_history,
    told,
)

MODULE = "mod-basics"
START = datetime(2026, 1, 5, 10, tzinfo=UTC)
DECISION: dict[str, Json] = {"status": "accepted", "affects": [MODULE]}
SEAT: dict[str, Json] = {"holders": [{"from": "2026-01-01", "to": "2026-01-31", "keys": ["SHA256:abc"]}]}


def _commit(name: str, when: datetime) -> Commit:
    person = Person(f"Author of {name}", "a@northmere.example")
    return Commit(name, "", (), person, when, Person("Committer", "c@northmere.example"), when, f"subject {name}")


def _timeline(*steps: tuple[Change, ...]) -> Timeline:
    return Timeline(
        tuple(Step(_commit(f"c{n}", START + timedelta(days=10 * n)), changes) for n, changes in enumerate(steps))
    )


def _added(key: str, record: dict[str, Json]) -> Change:
    return Change(key, (), None, record)


def _edited(key: str, field: str, old: Json, new: Json) -> Change:
    return Change(key, (field,), old, new)


def _decisions(past: Timeline, key: str = MODULE) -> dict[str, tuple[str, ...]]:
    return {one.step.commit.id: one.decisions for one in told(past_index(past), key, {})}


def test_a_decision_covers_the_first_change_after_it_and_no_other() -> None:
    edit = _edited(MODULE, "minutes", 10, 20)
    past = _timeline((_added(MODULE, {}),), (_added("dec-1", DECISION),), (edit,), (edit,))
    assert _decisions(past) == {"c3": (), "c2": ("dec-1",), "c0": ()}


def test_a_decision_that_comes_with_the_change_covers_it() -> None:
    past = _timeline((_added(MODULE, {}), _added("dec-1", DECISION)))
    assert _decisions(past) == {"c0": ("dec-1",)}


def test_a_proposed_decision_covers_nothing_until_it_is_accepted() -> None:
    edit = _edited(MODULE, "minutes", 10, 20)
    proposed = DECISION | {"status": "proposed"}
    accepted = _edited("dec-1", "status", "proposed", "accepted")
    past = _timeline((_added(MODULE, {}), _added("dec-1", proposed)), (edit,), (accepted,), (edit,))
    assert _decisions(past) == {"c3": ("dec-1",), "c1": (), "c0": ()}


@pytest.mark.parametrize(
    ("subject", "field", "covered"),
    [
        (f"{MODULE}#minutes", "minutes", True),
        (f"{MODULE}#minutes", "title", False),
        (MODULE, "title", True),
        ("mod-other", "title", False),
    ],
)
def test_a_decision_on_one_field_covers_that_field_only(subject: str, field: str, covered: bool) -> None:
    decision = DECISION | {"affects": [subject]}
    past = _timeline((_added(MODULE, {}),), (_edited(MODULE, field, 1, 2), _added("dec-1", decision)))
    assert _decisions(past)["c1"] == (("dec-1",) if covered else ())


def test_rows_are_covered_by_the_beginning_of_their_keys() -> None:
    key = "matrix/rol-a/mod-basics/2026-01-12"
    decision = DECISION | {"affects": ["matrix/rol-a/"]}
    assert _decisions(_timeline((_added(key, {}), _added("dec-1", decision))), key) == {"c0": ("dec-1",)}


def test_history_follows_every_name_that_the_record_had() -> None:
    second: dict[str, Json] = {"formerly": ["mod-first"]}
    third: dict[str, Json] = {"formerly": ["mod-second"]}
    past = _timeline(
        (_added("mod-first", {}),),
        (Change("mod-first", (), {}, None), _added("mod-second", second)),
        (Change("mod-second", (), second, None), _added("mod-third", third)),
    )
    assert [one.step.commit.id for one in told(past_index(past), "mod-third", {})] == ["c2", "c1", "c0"]


@pytest.mark.parametrize(
    ("at", "signature", "words"),
    [
        (0, Signature("good", "SHA256:abc"), "signed by a key of sea-chair (SHA256:abc)"),
        (3, Signature("good", "SHA256:abc"), "signed by a key that no seat listed then (SHA256:abc)"),
        (0, Signature("good", "SHA256:other"), "signed by a key that no seat listed then (SHA256:other)"),
        (0, Signature("bad", "SHA256:abc"), "the signature is not of this commit"),
        (0, Signature("unknown"), "signed in a form that is not judged here"),
        (0, Signature("none"), "not signed"),
    ],
)
def test_a_key_counts_only_while_a_seat_listed_it(at: int, signature: Signature, words: str) -> None:
    steps = [(_added("sea-chair", SEAT), _added(MODULE, {})), (), (), (_edited(MODULE, "minutes", 1, 2),)]
    past = _timeline(*steps)
    found = {one.step.commit.id: one.signed for one in told(past_index(past), MODULE, {f"c{at}": signature})}
    assert [said for _, said in found[f"c{at}"]] == [words]


def _judgement(past: Timeline) -> Judgement:
    return Judgement(date(2026, 12, 1), Portal(()), timeline=past)


def test_a_page_shows_the_newest_ten_and_says_where_the_others_stand() -> None:
    edits = [(_edited(MODULE, "minutes", n, n + 1),) for n in range(NEWEST + 3)]
    found = record_history(_judgement(_timeline((_added(MODULE, {}),), *edits)), MODULE, {})
    assert (len(found.lines), found.total, found.rest) == (NEWEST, NEWEST + 4, "changes/module/")
    assert found.lines[0].told.step.commit.id == f"c{NEWEST + 3}"
    assert found.lines[0].authors == f"Author of c{NEWEST + 3}"


def test_the_page_of_a_kind_tells_also_of_records_that_are_gone() -> None:
    gone = Change(MODULE, (), {"title": "Basics"}, None)
    past = _timeline((_added(MODULE, {"title": "Basics"}), _added("rol-a", {})), (gone,))
    j = _judgement(past)
    assert kinds_with_history(j) == {"module", "role"}
    assert [line.told.step.commit.id for line in kind_history(j, "module", {})] == ["c1", "c0"]


def test_a_merge_is_told_by_those_who_wrote_what_it_brought() -> None:
    (step,) = _timeline((_added(MODULE, {}),)).steps
    merged = replace(step, merged=(_commit("x", START), _commit("y", START)))
    (line,) = record_history(_judgement(Timeline((merged,))), MODULE, {}).lines
    assert (line.authors, line.subject) == ("Author of x, Author of y", "subject y")
