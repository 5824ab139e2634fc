"""Phases with their derived status, share of time, milestones and gate; the roadmap as a chart on the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.judgement import Judgement
from generator.views.gates import GateView
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone and how it stands."""

    ref: Ref
    due: date
    done: date | None
    days: int  # from the as-of date to the due date
    state: State
    evidence: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One line of a phase's checklist."""

    ref: Ref
    owner: Ref
    due: date
    done: date | None
    not_applicable: str
    evidence: tuple[Ref, ...]
    state: State


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One item of the project plan."""

    ref: Ref
    phase: Ref
    workstream: str
    owner: Ref
    start: date
    due: date
    done: date | None
    decision: Ref | None
    depends_on: tuple[Ref, ...]
    state: State


@dataclass(frozen=True, slots=True)
class PilotLine:
    """One pilot in its start order."""

    ref: Ref
    order: int
    risk_rank: int
    visibility: str
    start: date
    roles: tuple[Ref, ...]
    systems: tuple[Ref, ...]
    sponsor: Ref
    charter: Ref | None
    reason: str
    decision: Ref | None


@dataclass(frozen=True, slots=True)
class TimeboxView:
    """The length allowed, the length planned, and whether it fits."""

    shortest: str  # as written: P8W
    longest: str
    weeks: float | None  # planned length, end day included
    months: float | None
    inside: bool | None  # None: open-ended
    state: State


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase as of the day."""

    ref: Ref
    number: int
    of: int
    summary: str
    status: str  # planned | running | late | passed | passed-with-conditions
    state: State
    start: date
    end: date | None
    current: bool  # the as-of date lies in it
    day: int  # day n of its days; 0 before it starts
    days: int | None
    share: float  # of its time used, 0 to 1
    timebox: TimeboxView | None
    cadence: str
    depends_on: tuple[Ref, ...]
    roles: tuple[Ref, ...]
    people: int | None
    milestones: tuple[MilestoneView, ...]
    checklist: tuple[ChecklistLine, ...]
    checklist_done: int
    plan: tuple[PlanLine, ...]
    pilots: tuple[PilotLine, ...]
    gate: GateView | None
    cohorts: tuple[Ref, ...]
    conditions_open: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A month on the axis: where it begins and how wide it is, in percent of the whole span."""

    day: date
    at: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the roadmap chart; positions are percent of the whole span, None where it has no end."""

    ref: Ref
    level: str  # "phase" | "milestone" | "gate" | "plan"
    start: date
    end: date | None
    done: date | None
    at: float
    width: float
    used: float  # percent of the span that has passed inside the bar
    state: State
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """The roadmap on the calendar."""

    ref: Ref
    start: date
    end: date
    as_of: date
    as_of_at: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    phases: tuple[PhaseView, ...]
    milestones_done: int
    milestones_late: int
    milestones: int


def phases(j: Judgement) -> tuple[PhaseView, ...]:
    """Every phase, in order."""
    raise NotImplementedError


def phase(j: Judgement, key: str) -> PhaseView:
    """One phase."""
    raise NotImplementedError


def current_phase(j: Judgement) -> PhaseView | None:
    """The phase that the as-of date lies in, or the last that began."""
    raise NotImplementedError


def roadmap_view(j: Judgement) -> RoadmapView | None:
    """The whole roadmap for the chart; None without phases."""
    raise NotImplementedError


def plan_lines(j: Judgement) -> tuple[PlanLine, ...]:
    """The project plan, by start date."""
    raise NotImplementedError
