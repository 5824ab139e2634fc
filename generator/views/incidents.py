"""Incidents: the register, counts a month and quarter, rates by exposure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.kinds.incident import Exposure, Incident
from generator.kinds.kpi import Kpi
from generator.measure.figures import Interval
from generator.measure.rates import Events, rate
from generator.model.judgement import Judgement
from generator.views.kpi_cards import KpiCard, kpi_card, widest_scope
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, ref


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


_PER = 10_000  # assisted cases
_TRAINED = ("yes", "partly")


@remembered
def incidents(j: Judgement) -> IncidentsView:
    """The register and its trend."""
    found = sorted(j.portal.all(Incident), key=lambda one: (one.reported, one.id), reverse=True)
    card = next((one.id for one in j.portal.all(Kpi) if one.method == "rate-ratio"), None)
    severities = [int(one.severity) for one in found]
    return IncidentsView(
        lines=tuple(_line(j, one) for one in found),
        months=_periods(j, lambda day: day[:7]),
        quarters=_periods(j, _quarter),
        by_severity=tuple((level, severities.count(level)) for level in range(1, 5)),
        open=sum(one.status == "open" for one in found),
        without_lesson=sum(one.training_cause in _TRAINED and one.lesson is None for one in found),
        card=kpi_card(j, card, widest_scope(j, card)) if card else None,
    )


def _line(j: Judgement, one: Incident) -> IncidentLine:
    state = State(Tone.OK, "Closed") if one.status == "closed" else State(Tone.WARN, "Open")
    if one.training_cause in _TRAINED and one.lesson is None:
        state = State(Tone.WARN, state.word, "training was a cause and no lesson is drawn")
    return IncidentLine(
        ref=ref(j.portal, one.id),
        occurred=one.occurred,
        detected=one.detected,
        reported=one.reported,
        severity=int(one.severity),
        risk=ref(j.portal, one.risk) if one.risk else None,
        system=ref(j.portal, one.system) if one.system else None,
        role=ref(j.portal, one.role) if one.role else None,
        ai_related=one.ai_related,
        training_cause=one.training_cause,
        status=one.status,
        lesson=ref(j.portal, one.lesson) if one.lesson else None,
        state=state,
    )


def _periods(j: Judgement, period_of: Callable[[str], str]) -> tuple[PeriodLine, ...]:
    """AI-related incidents by period of their occurrence; those dated by year only stand in no month or quarter."""
    counted: dict[str, int] = {}
    for one in j.portal.all(Incident):
        if one.ai_related == "yes" and len(one.occurred) >= len("2026-01"):
            counted[period_of(one.occurred)] = counted.get(period_of(one.occurred), 0) + 1
    exposed: dict[str, int] = {}
    for row in j.portal.all(Exposure):
        exposed[period_of(row.month)] = exposed.get(period_of(row.month), 0) + row.assisted_cases
    lines = []
    for period in sorted(counted.keys() | exposed.keys()):
        count, cases = counted.get(period, 0), exposed.get(period)
        figure = rate(Events(count, cases), _PER) if cases else None
        interval = figure.interval if figure else None
        lines.append(PeriodLine(period, count, cases, figure.value if figure else None, interval))
    return tuple(lines)


def _quarter(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
