"""A whole timeline in the cache, by its tip: nothing new means nothing to read."""

import gc
import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from generator.commands.records import schema
from generator.model.change import Change
from generator.model.judgement import Commit, FileChange, Person, Step, Timeline
from generator.ports import Cache


def stored(cache: Cache, tip: str) -> Timeline | None:
    """The timeline up to that commit if it was kept."""
    key = _key(tip)
    data = cache.many([key]).get(key)
    if data is None:
        return None
    collecting = gc.isenabled()
    gc.disable()  # many small long-lived objects: the collector would scan them over and over
    try:
        return Timeline(tuple(_step(raw) for raw in json.loads(data)))
    finally:
        if collecting:
            gc.enable()


def keep(cache: Cache, tip: str, found: Timeline) -> None:
    """Keep the timeline up to that commit."""
    raw = [_raw_step(step) for step in found.steps]
    cache.put({_key(tip): json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode()})


def _key(tip: str) -> str:
    return f"timeline:{schema()}:{tip}"


def _raw_step(step: Step) -> list[Any]:
    changed = [[change.key, change.field, change.old, change.new] for change in step.changes]
    return [_raw_commit(step.commit), changed, step.problem, [_raw_commit(commit) for commit in step.merged]]


def _step(raw: list[Any]) -> Step:
    commit, changed, problem, merged = raw
    found = tuple(Change(key, tuple(field), old, new) for key, field, old, new in changed)
    return Step(_commit(commit), found, problem, tuple(_commit(one) for one in merged))


def _raw_commit(commit: Commit) -> list[Any]:
    files = [[file.status, file.path, file.old_blob, file.new_blob] for file in commit.files]
    author, committer = commit.author, commit.committer
    people = [author.name, author.email, committer.name, committer.email]
    instants = [int(commit.authored.timestamp()), int(commit.committed.timestamp())]
    return [commit.id, commit.tree, commit.parents, people, instants, commit.subject, commit.body, files]


def _commit(raw: list[Any]) -> Commit:
    commit, tree, parents, people, instants, subject, body, files = raw
    return Commit(
        id=commit,
        tree=tree,
        parents=tuple(parents),
        author=_person(people[0], people[1]),
        authored=datetime.fromtimestamp(instants[0], UTC),
        committer=_person(people[2], people[3]),
        committed=datetime.fromtimestamp(instants[1], UTC),
        subject=subject,
        body=body,
        files=tuple(FileChange(*file) for file in files),
    )


@lru_cache(maxsize=1024)
def _person(name: str, email: str) -> Person:
    return Person(name, email)
