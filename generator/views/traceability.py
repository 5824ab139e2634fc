"""Links in both directions, the three matrices of traceability, and the gaps."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.judgement import Judgement
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links of one record to records of one kind."""

    kind: str
    title: str  # "Modules"
    field: str  # the field that links, for incoming the other record's
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """What a record links to and what links to it."""

    outgoing: tuple[LinkGroup, ...]
    incoming: tuple[LinkGroup, ...]


@dataclass(frozen=True, slots=True)
class TraceCell:
    """How a row and a column meet: a letter or level, its tone, and the words behind it."""

    text: str
    state: State | None


@dataclass(frozen=True, slots=True)
class TraceRow:
    """A row of a traceability matrix."""

    ref: Ref
    cells: tuple[TraceCell, ...]
    count: int
    state: State


@dataclass(frozen=True, slots=True)
class TraceMatrix:
    """A matrix of two kinds; rows with gaps first."""

    title: str
    columns: tuple[Ref, ...]
    rows: tuple[TraceRow, ...]
    gaps: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, who has to act, by when."""

    ref: Ref
    text: str
    state: State
    owner: Ref | None
    topic: str  # "Obligation without module", ...


def links(j: Judgement, key: str) -> Links:
    """The links of a record by kind."""
    raise NotImplementedError


def obligation_by_module(j: Judgement) -> TraceMatrix:
    """Which module serves which obligation in force."""
    raise NotImplementedError


def risk_by_module(j: Judgement) -> TraceMatrix:
    """Which module addresses which risk."""
    raise NotImplementedError


def role_by_competency(j: Judgement) -> TraceMatrix:
    """Target level of each competency against what mandatory modules reach."""
    raise NotImplementedError


def gaps(j: Judgement) -> tuple[Gap, ...]:
    """Every gap of coverage, worst first."""
    raise NotImplementedError
