"""The first-parent steps of the history and what each changed in meaning, from one log pass and one blob reader."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.commands import timeline_cache
from generator.commands.records import NOTHING, Place, Version, versions
from generator.model.change import Change, changes
from generator.model.judgement import Commit, FileChange, Step, Timeline
from generator.model.paths import is_plain
from generator.ports import Cache, History


def timeline(history: History, cache: Cache, tip: str) -> Timeline:
    """The steps up to a commit, oldest first; a merge is one step, with the commits it brought. Raises HistoryError.

    What a step changed stands in its changes: the file lists of the commits are spent, and left out.
    """
    commit = history.resolve(tip)
    history.refuse_shallow()  # also where the cache remembers: a whole clone of the same commit may have filled it
    known = timeline_cache.stored(cache, commit)
    if known is not None:
        return known
    found = _timeline(history, cache, tuple(history.log(commit, first_parent=False)), commit)
    timeline_cache.keep(cache, commit, found)
    return found


def chain(commits: Iterable[Commit], tip: str) -> tuple[tuple[Commit, tuple[Commit, ...]], ...]:
    """The first-parent commits, oldest first, each with the commits that came in with it."""
    by_id = {commit.id: commit for commit in commits}
    order = {commit: index for index, commit in enumerate(by_id)}
    line: list[Commit] = []
    at = tip
    while at in by_id:
        line.append(by_id[at])
        at = line[-1].parents[0] if line[-1].parents else ""
    seen: set[str] = set()
    found = []
    for commit in reversed(line):
        seen.add(commit.id)
        brought = _brought(commit, by_id, seen)
        found.append((commit, tuple(sorted(brought, key=lambda c: order[c.id]))))
    return tuple(found)


def _brought(merge: Commit, by_id: Mapping[str, Commit], seen: set[str]) -> Iterator[Commit]:
    waiting = list(merge.parents[1:])
    while waiting:
        at = waiting.pop()
        if at in by_id and at not in seen:
            seen.add(at)
            waiting.extend(by_id[at].parents)
            yield by_id[at]


def _timeline(history: History, cache: Cache, commits: Sequence[Commit], tip: str) -> Timeline:
    line = chain(commits, tip)
    places = {(file.path, file.new_blob) for commit, _ in line for file in commit.files}
    walk = _Walk(versions(history, cache, places))
    return Timeline(tuple(walk.step(commit, merged) for commit, merged in line))


class _Walk:
    """The files while the steps are walked; compares each state that loads with the last one that did."""

    def __init__(self, known: Mapping[Place, Version]) -> None:
        self._known = known
        self._now: dict[str, Version] = {}
        self._loaded: dict[str, Version] = {}  # as of the last step that loads, for the paths in `_touched`
        self._touched: set[str] = set()
        self._bad: dict[str, str] = {}  # path -> why it does not load
        self._names: dict[str, set[str]] = {}  # path in one case -> the paths there are
        self._collisions: set[str] = set()
        self._count: Counter[str] = Counter()  # key -> files that hold it
        self._twice: set[str] = set()

    def step(self, commit: Commit, merged: tuple[Commit, ...]) -> Step:
        """The next step."""
        for file in commit.files:
            self._take(file)
        problem = self._problem()
        return Step(
            replace(commit, files=()),
            () if problem else self._changes(),
            problem,
            tuple(replace(other, files=()) for other in merged),
        )

    def _take(self, file: FileChange) -> None:
        path = file.path
        before = self._now.get(path, NOTHING)
        after = self._known.get((path, file.new_blob), NOTHING)
        if path not in self._touched:
            self._touched.add(path)
            self._loaded[path] = before
        self._now[path] = after
        self._bad.pop(path, None)
        wrong = self._wrong_name(file) or after.problem
        if wrong:
            self._bad[path] = wrong
        self._recount(before.records, -1)
        self._recount(after.records, 1)

    def _wrong_name(self, file: FileChange) -> str:
        """What no tree may hold, wherever below the content folder: the same that reading the commit refuses."""
        folded = file.path.casefold()
        names = self._names.setdefault(folded, set())
        (names.add if file.new_blob else names.discard)(file.path)
        (self._collisions.add if len(names) > 1 else self._collisions.discard)(folded)
        if not file.new_blob:
            return ""
        if file.status == "X":
            return f"{file.path} is a symbolic link or submodule"
        return "" if is_plain(file.path) else f"{file.path!r} is an unusual name"

    def _recount(self, keys: Iterable[str], by: int) -> None:
        for key in keys:
            self._count[key] += by
            (self._twice.add if self._count[key] > 1 else self._twice.discard)(key)

    def _problem(self) -> str:
        if self._bad:
            return self._bad[min(self._bad)]
        if self._collisions:
            one, other, *_ = sorted(self._names[min(self._collisions)])
            return f"{one} and {other} differ in upper and lower case only"
        return f'REF001 "{min(self._twice)}" stands in two files' if self._twice else ""

    def _changes(self) -> tuple[Change, ...]:
        old = {key: record for path in self._touched for key, record in self._loaded[path].records.items()}
        new = {key: record for path in self._touched for key, record in self._now[path].records.items()}
        self._touched.clear()
        self._loaded.clear()
        return changes(old, new)
