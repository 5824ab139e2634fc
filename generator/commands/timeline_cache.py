"""A whole timeline in the cache, by its tip: nothing new means nothing to read.

Ten thousand commits have to be back within a tenth of a second, so they are kept by columns, which are read without a
call for each value, and what the reader knows already is not written: a person, a key and a field stand once, the
parent is the commit before.
"""

import gc
import json
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import accumulate, pairwise, repeat
from typing import Any, TypeVar

from generator.commands.records import schema
from generator.errors import FieldPath
from generator.model.change import Change
from generator.model.judgement import Commit, Person, Step, Timeline
from generator.ports import Cache

_FORM = 3  # of what is written here

Columns = dict[str, Any]
Made = TypeVar("Made", Commit, Change, Step)


def stored(cache: Cache, tip: str) -> Timeline | None:
    """The timeline up to that commit if it was kept."""
    key = _key(tip)
    data = cache.many([key]).get(key)
    if data is None:
        return None
    collecting = gc.isenabled()
    gc.disable()  # many small long-lived objects: the collector would scan them over and over
    try:
        return _read(json.loads(data))
    finally:
        if collecting:
            gc.enable()


def keep(cache: Cache, tip: str, found: Timeline) -> None:
    """Keep the timeline up to that commit; the file lists of its commits are not kept."""
    text = json.dumps(_columns(found), ensure_ascii=False, separators=(",", ":"))
    cache.put({_key(tip): text.encode("utf-8", "surrogatepass")})  # a problem may name a file whose name is no text


def _key(tip: str) -> str:
    return f"timeline:{_FORM}:{schema()}:{tip}"


def _columns(found: Timeline) -> Columns:
    """Each column of commits, of changes and of steps."""
    commits = [commit for step in found.steps for commit in (*step.merged, step.commit)]
    changes = [change for step in found.steps for change in step.changes]
    people: dict[Person, int] = {}
    keys: dict[str, int] = {}
    fields: dict[FieldPath, int] = {}
    return {
        "ids": [commit.id for commit in commits],
        "trees": [commit.tree for commit in commits],
        "parents": [(at, parents) for at, parents in enumerate(_other_parents(commits)) if parents is not None],
        "authors": [people.setdefault(commit.author, len(people)) for commit in commits],
        "authored": [_seconds(commit.authored) for commit in commits],
        "committers": [people.setdefault(commit.committer, len(people)) for commit in commits],
        "committed": [_seconds(commit.committed) for commit in commits],
        "subjects": [commit.subject for commit in commits],
        "bodies": [(at, commit.body) for at, commit in enumerate(commits) if commit.body],
        "people": [(person.name, person.email) for person in people],
        "changed": [keys.setdefault(change.key, len(keys)) for change in changes],
        "at": [fields.setdefault(change.field, len(fields)) for change in changes],
        "old": [change.old for change in changes],
        "new": [change.new for change in changes],
        "keys": list(keys),
        "fields": list(fields),
        "counts": [len(step.changes) for step in found.steps],
        "merged": [(at, len(step.merged)) for at, step in enumerate(found.steps) if step.merged],
        "problems": [(at, step.problem) for at, step in enumerate(found.steps) if step.problem],
    }


def _other_parents(commits: Iterable[Commit]) -> Iterator[tuple[str, ...] | None]:
    """The parents of each commit, or None where the one before is its only parent."""
    last = ""
    for commit in commits:
        yield None if commit.parents == (last,) else commit.parents
        last = commit.id


def _read(columns: Columns) -> Timeline:
    every, changed = iter(_commits(columns)), _changes(columns)
    counts, merged = columns["counts"], dict(columns["merged"])
    commits, others = [], []
    for at in range(len(counts)):
        others.append(tuple([next(every) for _ in range(merged[at])]) if at in merged else ())
        commits.append(next(every))
    changes = [tuple(changed[start:end]) for start, end in pairwise(accumulate(counts, initial=0))]
    problems = _filled([""] * len(counts), columns["problems"])
    return Timeline(tuple(_made(Step, len(counts), commit=commits, changes=changes, problem=problems, merged=others)))


def _commits(columns: Columns) -> list[Commit]:
    ids = columns["ids"]
    people = [Person(*person) for person in columns["people"]]
    instants = {at: datetime.fromtimestamp(at, UTC) for at in {*columns["authored"], *columns["committed"]}}
    return _made(
        Commit,
        len(ids),
        id=ids,
        tree=columns["trees"],
        parents=_filled([(), *zip(ids)], ((at, tuple(parents)) for at, parents in columns["parents"])),
        author=map(people.__getitem__, columns["authors"]),
        authored=map(instants.__getitem__, columns["authored"]),
        committer=map(people.__getitem__, columns["committers"]),
        committed=map(instants.__getitem__, columns["committed"]),
        subject=columns["subjects"],
        body=_filled([""] * len(ids), columns["bodies"]),
        files=repeat(()),
        signature=repeat(""),
    )


def _changes(columns: Columns) -> list[Change]:
    fields = [tuple(field) for field in columns["fields"]]
    return _made(
        Change,
        len(columns["at"]),
        key=map(columns["keys"].__getitem__, columns["changed"]),
        field=map(fields.__getitem__, columns["at"]),
        old=columns["old"],
        new=columns["new"],
    )


def _made(kind: type[Made], count: int, **columns: Iterable[Any]) -> list[Made]:
    """One value for each row, each column put into its slot at once: half the time of as many constructor calls.

    Every field has to be named.
    """
    made = [kind.__new__(kind) for _ in range(count)]
    for name, column in columns.items():
        deque(map(getattr(kind, name).__set__, made, column), maxlen=0)
    return made


def _filled(column: list[Any], exceptions: Iterable[tuple[int, Any]]) -> list[Any]:
    for at, value in exceptions:
        column[at] = value
    return column


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
