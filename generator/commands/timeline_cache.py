"""A whole timeline in the cache, by its tip: nothing new means nothing to read.

Ten thousand commits have to be back within a tenth of a second, so what the reader knows already is not written: a
person stands once, the parent is the commit before, a file's old blob is the one that the path had last.
"""

import gc
import json
from datetime import UTC, datetime
from typing import Any

from generator.commands.records import schema
from generator.model.change import Change
from generator.model.judgement import Commit, FileChange, Person, Step, Timeline
from generator.ports import Cache

_FORM = 2  # of what is written here
_KNOWN = 0  # stands for what the reader knows


def stored(cache: Cache, tip: str) -> Timeline | None:
    """The timeline up to that commit if it was kept."""
    key = _key(tip)
    data = cache.many([key]).get(key)
    if data is None:
        return None
    collecting = gc.isenabled()
    gc.disable()  # many small long-lived objects: the collector would scan them over and over
    try:
        people, steps = json.loads(data)
        return Timeline(tuple(map(_Reader(people).step, steps)))
    finally:
        if collecting:
            gc.enable()


def keep(cache: Cache, tip: str, found: Timeline) -> None:
    """Keep the timeline up to that commit."""
    writer = _Writer()
    steps = [writer.step(step) for step in found.steps]
    people = [[person.name, person.email] for person in writer.people]
    cache.put({_key(tip): json.dumps([people, steps], ensure_ascii=False, separators=(",", ":")).encode()})


def _key(tip: str) -> str:
    return f"timeline:{_FORM}:{schema()}:{tip}"


class _Writer:
    def __init__(self) -> None:
        self.people: dict[Person, int] = {}
        self._last = ""
        self._blobs: dict[str, str] = {}

    def step(self, step: Step) -> list[Any]:
        """One step; the steps come in the order in which they are read back."""
        merged = [self._commit(commit) for commit in step.merged]  # first here and there: each commit follows one
        changed = [[change.key, change.field, change.old, change.new] for change in step.changes]
        rest = [step.problem, merged] if step.problem or merged else []
        return [self._commit(step.commit), changed, *rest]

    def _commit(self, commit: Commit) -> list[Any]:
        parents = _KNOWN if commit.parents == (self._last,) else commit.parents
        self._last = commit.id
        people = [self.people.setdefault(person, len(self.people)) for person in (commit.author, commit.committer)]
        instants = [int(commit.authored.timestamp()), int(commit.committed.timestamp())]
        files = [self._file(file) for file in commit.files]
        return [commit.id, commit.tree, parents, *people, *instants, commit.subject, commit.body, files]

    def _file(self, file: FileChange) -> list[Any]:
        old = _KNOWN if file.old_blob == self._blobs.get(file.path, "") else file.old_blob
        self._blobs[file.path] = file.new_blob
        return [file.status, file.path, old, file.new_blob]


class _Reader:
    def __init__(self, people: list[list[str]]) -> None:
        self._people = [Person(name, email) for name, email in people]
        self._last = ""
        self._blobs: dict[str, str] = {}

    def step(self, raw: list[Any]) -> Step:
        """The step that the writer's `step` wrote."""
        commit, changed, *rest = raw
        problem, merged = rest or ("", ())
        others = tuple(map(self._commit, merged))
        found = tuple([Change(key, tuple(field), old, new) for key, field, old, new in changed])
        return Step(self._commit(commit), found, problem, others)

    def _commit(self, raw: list[Any]) -> Commit:
        commit, tree, parents, author, committer, authored, committed, subject, body, changed = raw
        parents = (self._last,) if parents == _KNOWN else tuple(parents)
        self._last = commit
        then = datetime.fromtimestamp(authored, UTC)
        return Commit(
            commit,
            tree,
            parents,
            self._people[author],
            then,
            self._people[committer],
            then if authored == committed else datetime.fromtimestamp(committed, UTC),
            subject,
            body,
            tuple([self._file(*file) for file in changed]),
        )

    def _file(self, status: str, path: str, old: str | int, new: str) -> FileChange:
        before = self._blobs.get(path, "") if old == _KNOWN else str(old)
        self._blobs[path] = new
        return FileChange(status, path, before, new)
