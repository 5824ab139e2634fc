"""Obligations: the wording in force on a date, how sure we are of it, and what serves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.judgement import Judgement
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class Wording:
    """One dated wording of an obligation, in our own words."""

    since: date
    until: date | None
    summary: str
    source: str
    verified: date | None
    verification: str
    in_force: bool
    state: State  # in force, to come, superseded
    grade: State  # primary ok, secondary warn
    at: float  # where it begins on the bar of all wordings, percent
    width: float


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One sort of evidence that an obligation asks for, what the portal holds of it, and how it stands."""

    asked: str
    held: str
    newest: date | None
    state: State


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """An entry of the regulatory-change log."""

    ref: Ref
    obligation: Ref
    instrument: str
    published: date
    in_force: date
    status: str
    assessed_on: date | None
    assessed_by: Ref | None
    impact: str
    decision_needed: bool
    affects: tuple[Ref, ...]
    actions_open: int
    actions: tuple[tuple[str, Ref, date, str], ...]  # text, owner, due, status
    working_days_taken: int | None
    working_days_allowed: int | None
    state: State


@dataclass(frozen=True, slots=True)
class ObligationView:
    """An obligation's page."""

    ref: Ref
    instrument: str
    citation: str
    kind: str
    force: str
    jurisdiction: str
    interpreter: Ref
    status: str  # proposed | in-force | ended
    state: State
    wording: Wording | None  # in force on the as-of date
    wordings: tuple[Wording, ...]  # newest first
    as_of_at: float  # percent on the bar of all wordings
    successor: Ref | None
    modules: tuple[Ref, ...]
    approved_modules: tuple[Ref, ...]
    roles: tuple[Ref, ...]  # reached by mandatory modules that serve it
    people: int
    risks: tuple[Ref, ...]
    systems: tuple[Ref, ...]
    coverage: State  # Covered, Partly covered, Gap, Not in force
    evidence: tuple[EvidenceLine, ...]
    changes: tuple[ChangeLine, ...]
    rights: tuple[tuple[str, Ref], ...]  # letter, party: of regulatory-interpretation
    notes: str


def obligations(j: Judgement) -> tuple[ObligationView, ...]:
    """Every obligation, gaps first."""
    raise NotImplementedError


def obligation(j: Judgement, key: str) -> ObligationView:
    """One obligation."""
    raise NotImplementedError


def regulatory_changes(j: Judgement) -> tuple[ChangeLine, ...]:
    """The regulatory-change log, newest first."""
    raise NotImplementedError
