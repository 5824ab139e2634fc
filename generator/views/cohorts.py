"""Cohorts, their sessions, results, retrospectives and lessons; experiments; the pilot charter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.measure.figures import Interval
from generator.model.judgement import Judgement
from generator.views.calendar import SessionView
from generator.views.kpis import KpiCard
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson and what became of it."""

    ref: Ref
    cohort: Ref | None
    kind: str
    text: str
    action: str
    target: Ref | None
    owner: Ref | None
    due: date | None
    done: date | None
    version: str
    decision: Ref | None
    status: str
    state: State


@dataclass(frozen=True, slots=True)
class RetrospectiveView:
    """A retrospective with its lessons."""

    ref: Ref
    cohort: Ref
    day: date
    facilitator: Ref | None
    attended: int | None
    body_text: str
    lessons: tuple[LessonView, ...]


@dataclass(frozen=True, slots=True)
class CohortView:
    """A cohort's page."""

    ref: Ref
    phase: Ref
    roles: tuple[Ref, ...]
    modules: tuple[Ref, ...]
    enrol_open: date | None
    start: date
    end: date
    planned: int | None
    seats: int  # over its sessions
    state: State
    sessions: tuple[SessionView, ...]
    results: tuple[KpiCard, ...]
    retrospective: RetrospectiveView | None


@dataclass(frozen=True, slots=True)
class CharterView:
    """A pilot charter."""

    ref: Ref
    phase: Ref
    sponsor: Ref | None
    approved_by: Ref | None
    start: date
    end: date
    delivery_start: date | None
    delivery_end: date | None
    success: tuple[Ref, ...]
    in_scope: tuple[Ref, ...]
    stop_conditions: tuple[str, ...]
    exit_options: tuple[str, ...]
    body_text: str
    days: int
    delivery_weeks: float | None


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm of an experiment."""

    name: str
    n: int | None
    value: float | None  # share or mean


@dataclass(frozen=True, slots=True)
class ExperimentView:
    """An experiment: plan, needed size, result with interval."""

    ref: Ref
    module: Ref | None
    hypothesis: str
    unit: str
    arms: tuple[Arm, ...]
    test: str
    alpha: Decimal
    power: Decimal
    minimal_effect: Decimal
    planned_n_per_arm: int | None
    needed_n_per_arm: int | None
    registered: date | None
    start: date | None
    end: date | None
    status: str
    difference: float | None
    interval: Interval | None
    p_value: float | None
    state: State


def cohorts(j: Judgement) -> tuple[CohortView, ...]:
    """Every cohort, newest start first."""
    raise NotImplementedError


def cohort(j: Judgement, key: str) -> CohortView:
    """One cohort."""
    raise NotImplementedError


def lessons(j: Judgement) -> tuple[LessonView, ...]:
    """Every lesson, open ones first by due date."""
    raise NotImplementedError


def retrospectives(j: Judgement) -> tuple[RetrospectiveView, ...]:
    """Every retrospective, newest first."""
    raise NotImplementedError


def charters(j: Judgement) -> tuple[CharterView, ...]:
    """Every pilot charter."""
    raise NotImplementedError


def experiments(j: Judgement) -> tuple[ExperimentView, ...]:
    """Every experiment."""
    raise NotImplementedError
