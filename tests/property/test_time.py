"""Laws of time on random repositories: merges, renames, deletions, case changes, unusual names, broken files."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.adapters.cache import NoCache
from generator.adapters.git import GitHistory
from generator.adapters.work_tree import WorkTree
from generator.commands.history import until
from generator.commands.sources import source_files
from generator.commands.timeline import timeline
from generator.errors import HistoryError
from generator.kinds import KINDS
from generator.load import assemble, form, is_source, parse
from generator.model.change import Canonical, applied, changes
from generator.model.judgement import Timeline
from generator.views.record_history import past_index
from tests.fakes import FakeCache
from tests.repositories import SYMLINK, Spec, checked_out, written

_EXAMPLES = 50  # thousands: tests/soak/test_repositories.py
_TITLES = st.sampled_from(["One", "Two", "Three"])
_NOTES = st.sampled_from(["nte-a", "nte-b", "nte-c"])


def _note(key: str, title: str) -> bytes:
    return f"---\nid: {key}\ntitle: {title}\ntopic: method\n---\n\nText of {title}.\n".encode()


def _principles(pairs: list[tuple[str, str]]) -> bytes:
    return "".join(f"- {{id: {key}, title: {title}, statement: S}}\n" for key, title in pairs).encode()


def _exposure(rows: list[tuple[str, int]]) -> bytes:
    lines = [f"{month},sys-a,{count}\n" for month, count in rows]
    return ("month,system,assisted_cases\n" + "".join(lines)).encode()


_FILES = st.one_of(
    st.tuples(_NOTES, _NOTES, _TITLES).map(
        lambda t: (f"notes/{t[0]}.md", _note(t[0] if t[2] != "Three" else t[1], t[2]))
    ),
    _NOTES.map(lambda key: (f"notes/{key}.md", None)),
    st.lists(
        st.tuples(st.sampled_from(["pri-a", "pri-b", "pri-c"]), _TITLES), unique_by=lambda p: p[0], min_size=1
    ).map(lambda pairs: ("principles.yaml", _principles(pairs))),
    st.lists(st.tuples(st.sampled_from(["2026-01", "2026-02"]), st.integers(0, 3)), unique_by=lambda r: r[0]).map(
        lambda rows: ("registers/exposure.csv", _exposure(rows))
    ),
    st.sampled_from(
        [
            ("principles.yaml", b"- {id: pri-a, title: [\n"),
            ("principles.yaml", None),
            ("notes/NTE-A.md", _note("nte-a", "Case")),
            ("notes/NTE-A.md", None),
            ("notes/nte b.md", _note("nte-b", "Space")),
            ("notes/nte b.md", None),
            ("notes/nte-b.md", SYMLINK),
            ("pages/index.md", b"# Hello\n"),
            ("elsewhere.txt", b"unclaimed\n"),
            ("notes/\u00e9.md", _note("nte-c", "Accent")),
            ("notes/\u00e9.md", None),
        ]
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Spec]:
    """Some commits with merges, renames, deletions, case changes, unusual names and broken files."""
    count = draw(st.integers(1, 9))
    specs = [Spec({"portal.txt": b"x"})]
    for index in range(1, count):
        first = draw(st.integers(max(0, index - 3), index - 1))
        others = draw(st.lists(st.sampled_from([i for i in range(index) if i != first] or [0]), max_size=1))
        others = [other for other in others if other != first]
        files = dict(draw(st.lists(_FILES, max_size=3)))
        specs.append(Spec(files, (first, *others)))
    return specs


def plain(folder: Path) -> Canonical | None:
    """The records of a plain checkout, or None where it does not load."""
    try:
        tree = WorkTree(str(folder))
        blobs = tree.files()
    except HistoryError:
        return None
    data = tree.read(path for path in blobs if is_source(path) and form(path))
    loaded = assemble({path: parse(form(path), text) for path, text in data.items()}, blobs, KINDS)
    if any(problem.code not in ("REF002", "REF003", "LAY001") for problem in loaded.problems):
        return None
    return loaded.portal.canonical


def state_at(past: Timeline, commit: str) -> Canonical:
    """The records after that commit, from the changes alone."""
    state: Canonical = {}
    for step in past.steps:
        state = applied(state, step.changes)
        if step.commit.id == commit:
            break
    return state


@settings(max_examples=_EXAMPLES)
@given(histories())
def test_every_commit_of_the_timeline_equals_its_plain_checkout(specs: list[Spec]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder) / "repository"
        written(repository, specs)
        past = timeline(GitHistory(str(repository)), NoCache(), "HEAD")
        for number, step in enumerate(past.steps):
            there = plain(checked_out(repository, step.commit.id, Path(folder) / str(number)))
            assert (there is None) == bool(step.problem), step.problem
            if there is not None:
                assert state_at(past, step.commit.id) == there


@settings(max_examples=_EXAMPLES)
@given(histories())
def test_a_key_s_history_is_the_concatenation_of_the_diffs(specs: list[Spec]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), specs)
        past = timeline(GitHistory(folder), NoCache(), "HEAD")
        states: list[Canonical] = [{}]
        for step in past.steps:
            states.append(applied(states[-1], step.changes))
            assert step.changes == changes(states[-2], states[-1])
        assert applied(states[0], changes(states[0], states[-1])) == states[-1]
        keys = {change.key for step in past.steps for change in step.changes}
        for key in keys:
            told = [change for _, found in past.of(key) for change in found]
            assert told == [change for step in past.steps for change in step.changes if change.key == key]


@settings(max_examples=_EXAMPLES // 2)
@given(histories())
def test_the_cache_changes_nothing(specs: list[Spec]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), specs)
        history, cache = GitHistory(folder), FakeCache()
        cold = timeline(history, NoCache(), "HEAD")
        assert timeline(history, cache, "HEAD") == cold
        assert timeline(history, cache, "HEAD") == cold
        for step in cold.steps:
            part = timeline(history, cache, step.commit.id)
            assert part.steps == cold.steps[: len(part.steps)]


@settings(max_examples=_EXAMPLES // 2)
@given(histories())
def test_every_commit_is_in_exactly_one_step(specs: list[Spec]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), specs)
        history = GitHistory(folder)
        past = timeline(history, NoCache(), "HEAD")
        told = [commit.id for step in past.steps for commit in (step.commit, *step.merged)]
        reachable = [commit.id for commit in history.log("HEAD", first_parent=False)]
        assert sorted(told) == sorted(reachable)
        assert [step.commit.id for step in past.steps] == [c.id for c in history.log("HEAD", first_parent=True)]


def from_git(history: GitHistory, commit: str) -> Canonical | None:
    """The records of a commit as every command reads them, or None where it does not load."""
    try:
        files = source_files(history.tree(commit), NoCache())
    except HistoryError:
        return None
    loaded = assemble(files.trees, files.blobs, KINDS)
    if any(problem.code not in ("REF002", "REF003", "LAY001") for problem in loaded.problems):
        return None
    return loaded.portal.canonical


@settings(max_examples=_EXAMPLES // 2)
@given(histories())
def test_a_commit_as_commands_read_it_equals_its_plain_checkout(specs: list[Spec]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder) / "repository"
        written(repository, specs)
        history = GitHistory(str(repository))
        for number, commit in enumerate(history.log("HEAD", first_parent=False)):
            there = plain(checked_out(repository, commit.id, Path(folder) / str(number)))
            assert from_git(history, commit.id) == there


@settings(max_examples=_EXAMPLES // 2)
@given(histories(), st.integers(0, 12))
def test_the_history_by_a_day_is_the_beginning_of_the_whole(specs: list[Spec], days: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), specs)
        past = timeline(GitHistory(folder), NoCache(), "HEAD")
        day = past.steps[0].commit.committed.date() + timedelta(days=days - 1)
        part = until(past, day)
        assert part.steps == past.steps[: len(part.steps)]
        assert all(step.commit.committed.date() > day for step in past.steps[len(part.steps) :])
        assert not part.steps or part.steps[-1].commit.committed.date() <= day


@settings(max_examples=_EXAMPLES // 2)
@given(histories())
def test_the_index_tells_what_the_timeline_tells(specs: list[Spec]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), specs)
        past = timeline(GitHistory(folder), NoCache(), "HEAD")
        index = past_index(past)
        assert index.places.keys() == {change.key for step in past.steps for change in step.changes}
        for key in index.places:
            told = tuple((past.steps[place], changed) for place, changed in index.of(key))
            assert told == past.of(key)
