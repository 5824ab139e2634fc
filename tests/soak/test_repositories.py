"""The laws of time on thousands of random repositories: many histories in one fast-import, one checkout of all."""

import tempfile
from pathlib import Path

from hypothesis import strategies as st

from generator.adapters.cache import NoCache
from generator.adapters.git import GitHistory
from generator.commands.timeline import timeline
from generator.model.change import Canonical, applied, changes
from generator.model.judgement import Timeline
from tests.property.test_time import from_git, histories, plain
from tests.repositories import Spec, checked_out_many, written_many
from tests.search import Wanted, search

_TOGETHER = 12  # so many repositories are one example
_WANTED = Wanted("three laws of time, random repositories", 24, 3000, _TOGETHER)


def test_every_commit_equals_its_checkout_and_changes_add_up() -> None:
    search(_assert_laws, st.lists(histories(), min_size=_TOGETHER, max_size=_TOGETHER), wanted=_WANTED)


def _assert_laws(together: list[list[Spec]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        repository = Path(place) / "repository"
        repository.mkdir()
        ids = written_many(repository, together)
        every = {commit for each in ids for commit in each}
        folders = checked_out_many(repository, every, Path(place) / "checkouts")
        there = {commit: plain(folders / commit) for commit in every}
        history = GitHistory(str(repository))
        for commit in every:
            assert from_git(history, commit) == there[commit]
        for branch in ids:
            past = timeline(history, NoCache(), branch[-1])
            _assert_told(past, there)
            _assert_kept_by_key(past)


def _assert_told(past: Timeline, there: dict[str, Canonical | None]) -> None:
    """The changes lead from each commit's records to the next one's, and are nothing but their difference."""
    states: list[Canonical] = [{}]
    for step in past.steps:
        states.append(applied(states[-1], step.changes))
        assert step.changes == changes(states[-2], states[-1])
        records = there[step.commit.id]
        assert (records is None) == bool(step.problem), step.problem
        assert records is None or states[-1] == records
    for one in states:
        assert applied(one, changes(one, states[-1])) == states[-1]
        assert applied(states[-1], changes(states[-1], one)) == one


def _assert_kept_by_key(past: Timeline) -> None:
    """What is told of a key is what the steps changed of it, in order."""
    for key in {change.key for step in past.steps for change in step.changes}:
        told = [change for _, found in past.of(key) for change in found]
        assert told == [change for step in past.steps for change in step.changes if change.key == key]
