"""Which commit last changed what a page shows, and the history of a record by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from generator.model.change import Change
from generator.model.judgement import Judgement


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
    """One step in a record's history: the commit, what changed, in plain sentences."""

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
    raise NotImplementedError


def history(j: Judgement, key: str) -> tuple[Version, ...]:
    """Every step that changed the record of that key, newest first."""
    raise NotImplementedError


def changed_between(j: Judgement, since: str, until: str = "") -> tuple[Version, ...]:
    """The steps after commit `since` up to `until` (both empty: all), newest first."""
    raise NotImplementedError
