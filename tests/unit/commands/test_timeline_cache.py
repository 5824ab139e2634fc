"""What is kept of a timeline is the timeline, whatever stood in its commits."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.adapters.cache import SqliteCache
from generator.adapters.git import GitHistory
from generator.commands import timeline_cache
from generator.commands.timeline import timeline
from generator.model.change import Change
from generator.model.judgement import Commit, Person, Step, Timeline
from tests.fakes import FakeCache
from tests.repositories import Spec, git, written

NOTE = b"---\nid: nte-a\ntitle: One\ntopic: method\n---\n"
AUTHOR, OTHER = Person("Author", "author@minimal.example"), Person("Other", "other@minimal.example")
NEVER = datetime.max.replace(tzinfo=UTC, microsecond=0)


def commit(number: int, *parents: str, body: str = "", committer: Person = AUTHOR) -> Commit:
    when = datetime(2026, 1, number, tzinfo=UTC)
    return Commit(name(number), f"tree{number}", parents, AUTHOR, when, committer, when, f"Schritt {number}", body)


def name(number: int) -> str:
    return f"{number:040}"


def kept(found: Timeline) -> Timeline | None:
    """The timeline after a round through the cache."""
    cache = FakeCache()
    timeline_cache.keep(cache, name(1), found)
    return timeline_cache.stored(cache, name(1))


TITLE = Change("nte-a", ("title",), "One", "Two")
STEPS = {
    "empty": (),
    "root": (Step(commit(1), ()),),
    "record comes and goes": (
        Step(commit(1), (Change("nte-a", (), None, {"id": "nte-a", "tags": ["x"]}),)),
        Step(commit(2, name(1)), (Change("nte-a", (), {"id": "nte-a", "tags": ["x"]}, None),)),
    ),
    "several changes in one step": (
        Step(commit(1), ()),
        Step(commit(2, name(1), body="why"), (TITLE, Change("nte-b", ("a", "b"), None, [1, True, None]))),
        Step(commit(3, name(2)), (TITLE,)),
    ),
    "merge": (
        Step(commit(1), (TITLE,)),
        Step(commit(4, name(1), name(3)), (TITLE,), merged=(commit(2, name(1)), commit(3, name(2)))),
        Step(commit(5, name(4), committer=OTHER), ()),
    ),
    "another root is merged": (Step(commit(1), ()), Step(commit(3, name(1), name(2)), (), merged=(commit(2),))),
    "a gap": (Step(commit(1), (), "notes/nte-a.md:3: YML001 broken"), Step(commit(2, name(1)), (TITLE,))),
    "a name that is no text": (Step(commit(1), (), "notes/\udcff.md is a symbolic link or submodule"),),
    "another author date": (Step(replace(commit(1), authored=NEVER, author=OTHER), ()),),
}


@pytest.mark.parametrize("case", STEPS)
def test_a_kept_timeline_comes_back_as_it_was(case: str) -> None:
    assert kept(Timeline(STEPS[case])) == Timeline(STEPS[case])


def test_another_tip_finds_nothing() -> None:
    cache = FakeCache()
    timeline_cache.keep(cache, name(1), Timeline(STEPS["root"]))
    assert timeline_cache.stored(cache, name(2)) is None


def test_equal_keys_and_fields_are_kept_once() -> None:
    found = kept(Timeline(STEPS["several changes in one step"]))
    assert found is not None
    first, last = found.steps[1].changes[0], found.steps[2].changes[0]
    assert (first.key is last.key, first.field is last.field) == (True, True)


def test_the_steps_carry_no_file_lists(tmp_path: Path) -> None:
    other = NOTE.replace(b"nte-a", b"nte-b")
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE}), Spec({"notes/nte-b.md": other}, (0,)), Spec({}, (0, 1))])
    past = timeline(GitHistory(str(tmp_path)), FakeCache(), "HEAD")
    assert [len(step.merged) for step in past.steps] == [0, 1]
    assert not any(one.files for step in past.steps for one in (step.commit, *step.merged))


def test_a_file_name_that_is_no_text_stops_no_command(tmp_path: Path) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE})])
    blob = git(tmp_path, "rev-parse", "HEAD:content/notes/nte-a.md").strip()
    tree = git(tmp_path, "mktree", "-z", data=b"120000 blob " + blob + b"\t\xff.md\0").strip()
    root = git(tmp_path, "mktree", "-z", data=b"040000 tree " + tree + b"\tcontent\0").decode().strip()
    git(tmp_path, "update-ref", "HEAD", git(tmp_path, "commit-tree", root, "-p", "HEAD", "-m", "odd").decode().strip())
    history, cache = GitHistory(str(tmp_path)), FakeCache()
    past = timeline(history, cache, "HEAD")
    assert "is a symbolic link" in past.steps[1].problem
    assert timeline(history, cache, "HEAD") == past


def test_a_date_beyond_the_calendar_comes_back_as_it_was(tmp_path: Path) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE}, at=2**40)])
    history, cache = GitHistory(str(tmp_path)), FakeCache()
    assert timeline(history, cache, "HEAD") == timeline(history, cache, "HEAD")


def test_a_flipped_bit_in_the_file_means_that_nothing_is_kept(tmp_path: Path) -> None:
    found = Timeline(STEPS["several changes in one step"])
    timeline_cache.keep(SqliteCache(str(tmp_path)), name(1), found)
    assert timeline_cache.stored(SqliteCache(str(tmp_path)), name(1)) == found
    path = tmp_path / "parsed.sqlite"
    data = path.read_bytes()
    assert b"Schritt 2" in data
    path.write_bytes(data.replace(b"Schritt 2", b"Schritt 3"))
    assert timeline_cache.stored(SqliteCache(str(tmp_path)), name(1)) is None


@pytest.mark.parametrize("kind", [Commit, Change, Step])
def test_every_field_of_what_comes_back_is_filled(kind: type) -> None:
    found = kept(Timeline(STEPS["merge"]))
    assert found is not None
    step = found.steps[1]
    value = next(one for one in (step, step.commit, step.changes[0]) if isinstance(one, kind))
    assert all(hasattr(value, field.name) for field in fields(kind))
