"""The first page: one computed sentence, phases, figures, gaps, changes and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from generator.model.judgement import IssuedPack, Judgement
from generator.views.changes import Sentence
from generator.views.decisions import ConditionView
from generator.views.governance import OpenMatter
from generator.views.kpis import KpiCard
from generator.views.phases import PhaseView
from generator.views.shown import Dated, Ref, State


@dataclass(frozen=True, slots=True)
class HomeGap:
    """A gap on the first page: what is wrong, until when, with whom."""

    ref: Ref
    text: str
    state: State
    due: date | None
    days: int | None
    who: Ref | None


@dataclass(frozen=True, slots=True)
class HomeChange:
    """A recent change by meaning."""

    sentence: Sentence
    when: datetime
    commit: str


@dataclass(frozen=True, slots=True)
class PackLine:
    """The newest pack, or a pack in the list."""

    ref: Ref
    pack: IssuedPack | None  # None: planned, not issued
    as_of: date
    superseded_by: int | None  # ledger number of the newer issue of the same pack
    state: State


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the first page."""

    organisation: str
    programme: str
    lede: str
    roles: tuple[Ref, ...]
    phases: tuple[PhaseView, ...]
    cards: tuple[KpiCard, ...]
    gaps: tuple[HomeGap, ...]
    gaps_total: int
    changed: tuple[HomeChange, ...]
    gates: tuple[Dated, ...]
    conditions: tuple[ConditionView, ...]
    matters: tuple[OpenMatter, ...]
    dates: tuple[Dated, ...]
    newest_pack: PackLine | None
    next_pack: PackLine | None


def home(j: Judgement) -> HomeView:
    """The first page."""
    raise NotImplementedError


def packs(j: Judgement) -> tuple[PackLine, ...]:
    """Issued packs newest first, then planned ones."""
    raise NotImplementedError


def home_gaps(j: Judgement) -> tuple[HomeGap, ...]:
    """Every gap that the first page counts, worst and soonest first."""
    raise NotImplementedError
