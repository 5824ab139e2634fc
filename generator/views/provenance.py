"""Which commit last changed what a page shows, and what changed between two commits by meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from generator.model.change import Change
from generator.model.judgement import Judgement, Step
from generator.views.changes import sentences
from generator.views.memo import remembered


@dataclass(frozen=True, slots=True)
class Provenance:
    """The last change of what is shown; `commit` is empty where no history was read."""

    commit: str
    short: str
    when: datetime | None
    subject: str
    paths: tuple[str, ...]  # source files, relative to the content folder
    at: tuple[str | int, ...] = ()  # the path inside the file of a single record


@dataclass(frozen=True, slots=True)
class Version:
    """One step of the main line: the commit, what changed, in plain sentences."""

    commit: str
    short: str
    when: datetime
    subject: str
    author: str
    changes: tuple[Change, ...]
    sentences: tuple[str, ...]
    merged: tuple[str, ...] = ()


def provenance(j: Judgement, *keys: str) -> Provenance:
    """The newest commit that changed any of these records."""
    entries = [entry for key in keys if (entry := j.portal.entry(key)) is not None]
    paths = tuple(dict.fromkeys(entry.path for entry in entries))
    at = entries[0].at if len(entries) == 1 else ()
    last = _last(j)
    newest = max((last[key] for key in keys if key in last), default=None)
    if newest is None:
        return Provenance("", "", None, "", paths, at)
    commit = j.timeline.steps[newest].commit
    return Provenance(commit.id, commit.id[:7], commit.committed, commit.subject, paths, at)


def changed_between(j: Judgement, since: str, until: str = "") -> tuple[Version, ...]:
    """The steps after commit `since` up to `until` (both empty: all), newest first."""
    ids = [step.commit.id for step in j.timeline.steps]
    start = ids.index(since) + 1 if since in ids else 0
    end = ids.index(until) + 1 if until in ids else len(ids)
    steps = j.timeline.steps[start:end]
    return tuple(reversed([_version(j, step) for step in steps if step.changes]))


@remembered
def _steps_of(j: Judgement) -> Mapping[str, tuple[int, ...]]:
    """Key -> the numbers of the steps that changed it; one pass over the whole timeline."""
    found: dict[str, list[int]] = {}
    for number, step in enumerate(j.timeline.steps):
        for key in dict.fromkeys(change.key for change in step.changes):
            found.setdefault(key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


@remembered
def _last(j: Judgement) -> Mapping[str, int]:
    """Key -> the number of the last step that changed it."""
    return {key: numbers[-1] for key, numbers in _steps_of(j).items()}


def _version(j: Judgement, step: Step) -> Version:
    return Version(
        commit=step.commit.id,
        short=step.commit.id[:7],
        when=step.commit.committed,
        subject=step.commit.subject,
        author=step.commit.author.name,
        changes=step.changes,
        sentences=tuple(found.whole for found in sentences(j.portal, step.changes, j.before)),
        merged=tuple(commit.id for commit in step.merged),
    )
