"""Incidents: the register, counts a month and quarter, rates by exposure."""

from __future__ import annotations

from dataclasses import dataclass

from generator.measure.figures import Interval
from generator.model.judgement import Judgement
from generator.views.kpis import KpiCard
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident, dates with the precision they were given in."""

    ref: Ref
    occurred: str
    detected: str
    reported: str
    severity: int
    risk: Ref | None
    system: Ref | None
    role: Ref | None
    ai_related: str
    training_cause: str
    status: str
    lesson: Ref | None
    state: State


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A quarter or month: incidents, exposure, rate per 10,000 cases with its exact interval."""

    period: str
    incidents: int
    exposure: int | None
    rate: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class IncidentsView:
    """The incidents page."""

    lines: tuple[IncidentLine, ...]  # newest first
    months: tuple[PeriodLine, ...]
    quarters: tuple[PeriodLine, ...]
    by_severity: tuple[tuple[int, int], ...]
    open: int
    without_lesson: int  # with a training cause and no lesson
    card: KpiCard | None


def incidents(j: Judgement) -> IncidentsView:
    """The register and its trend."""
    raise NotImplementedError
