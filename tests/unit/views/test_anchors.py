"""What proves by when a commit was there: an anchor covers its commit and all before it on the main line."""

from datetime import UTC, date, datetime, timedelta

import pytest

from generator.commands.anchors import SealAnchors
from generator.model.change import Change
from generator.model.judgement import Anchor, Commit, IssuedPack, Judgement, Person, Step, Timeline
from generator.model.portal import Portal
from generator.ports import Anchors
from generator.views.anchors import dated, proven
from generator.views.record_history import kind_history, record_history
from tests.fakes import FakeAnchors

START = datetime(2026, 1, 5, 10, tzinfo=UTC)


def _commit(name: str) -> Commit:
    person = Person("Author", "a@northmere.example")
    return Commit(name, "", (), person, START, person, START, f"subject {name}")


def _judgement(source: Anchors) -> Judgement:
    """Four steps of the main line, c0 to c3; the third is a merge that brought m in."""
    change = (Change("mod-basics", (), None, {"title": "Basics"}),)
    steps = [Step(_commit(f"c{n}"), change, merged=(_commit("m"), _commit("c2")) if n == 2 else ()) for n in range(4)]
    return Judgement(date(2026, 6, 1), Portal(()), timeline=Timeline(tuple(steps)), anchors=source.anchors())


def _day(number: int) -> datetime:
    return START + timedelta(days=number)


@pytest.mark.parametrize(
    ("anchors", "expected"),
    [
        ((), {}),
        ((Anchor("c1", _day(1), "a"),), {"c0": "a", "c1": "a"}),
        ((Anchor("c2", _day(2), "b"),), {"c0": "b", "c1": "b", "c2": "b", "m": "b"}),
        (
            (Anchor("c3", _day(9), "c"), Anchor("c1", _day(1), "a")),
            {"c0": "a", "c1": "a", "c2": "c", "m": "c", "c3": "c"},
        ),
        ((Anchor("c3", _day(1), "c"), Anchor("c1", _day(9), "a")), dict.fromkeys(("c0", "c1", "c2", "m", "c3"), "c")),
        ((Anchor("elsewhere", _day(1), "x"),), {}),
    ],
)  # fmt: skip
def test_the_earliest_anchor_at_or_after_a_commit_proves_it(
    anchors: tuple[Anchor, ...], expected: dict[str, str]
) -> None:
    found = proven(_judgement(FakeAnchors(anchors)))
    assert {commit: anchor.proof for commit, anchor in found.items()} == expected


def test_a_date_is_claimed_or_proven_in_words() -> None:
    j = _judgement(FakeAnchors((Anchor("c1", _day(1), "pck-q1"),)))
    assert dated(j, "c0") == "existed by 6 Jan 2026 (time-stamped: pck-q1)"
    assert dated(j, "c3") == "dated as claimed by committer"


def test_histories_say_it_of_each_step() -> None:
    j = _judgement(FakeAnchors((Anchor("c1", _day(1), "pck-q1"),)))
    words = ["dated as claimed by committer"] * 2 + ["existed by 6 Jan 2026 (time-stamped: pck-q1)"] * 2
    assert [line.dated for line in record_history(j, "mod-basics", {}).lines] == words
    assert [line.dated for line in kind_history(j, "module", {})] == words


def test_the_seal_of_a_pack_is_an_anchor_and_says_when_it_is_a_demonstration() -> None:
    pack = IssuedPack(1, "pck-q1", "c1", date(2026, 1, 1), _day(1), "0" * 64, 1, "1" * 64, profile="production")
    demo = IssuedPack(2, "pck-q2", "c2", date(2026, 1, 1), _day(2), "0" * 64, 1, "1" * 64)
    source: Anchors = SealAnchors((pack, demo))
    assert source.anchors() == (Anchor("c1", _day(1), "pck-q1"), Anchor("c2", _day(2), "pck-q2, DEMO"))
