"""Incidents and the exposure they are measured against."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.links import LessonRef, RiskRef, RoleRef, SystemRef
from generator.model.fields import Count, Month, PartialDate
from generator.model.judgement import Judgement
from generator.model.kind import CsvTable, Kind, PageSpec, Rule
from generator.model.record import Administrative, Entity, Row


def first_day(partial: str) -> date:
    """The first day that a date of lesser precision can mean."""
    year, month, day = (*(int(part) for part in partial.split("-")), 1, 1)[:3]
    return date(year, month, day)


class Incident(Entity):
    """An incident; its narrative stays in the incident tool."""

    occurred: PartialDate = Field(description="When it happened: a day, a month or a year.")
    detected: PartialDate = Field(description="When it was noticed.")
    reported: PartialDate = Field(description="When it was reported.")
    severity: Literal["1", "2", "3", "4"] = Field(description="1 is worst.")
    risk: RiskRef = Field(description="The risk that came true.")
    system: SystemRef | None = Field(None, description="The AI system.")
    role: RoleRef | None = Field(None, description="The role that was involved.")
    ai_related: Literal["yes", "no", "unknown"] = Field(description="Whether AI took part.")
    training_cause: Literal["yes", "partly", "no", "unknown"] = Field(description="Whether training would have helped.")
    status: Annotated[Literal["open", "closed"], Administrative()] = Field(description="State.")
    lesson: LessonRef | None = Field(None, description="The lesson drawn from it.")

    @property
    def seen_from(self) -> date:
        """The first day on which it may have been reported."""
        return first_day(self.reported)


class Exposure(Row):
    """Cases that a system assisted with in a month."""

    month: Month = Field(description="The month.")
    system: SystemRef = Field(description="The AI system.")
    assisted_cases: Count = Field(description="Cases.")

    @property
    def seen_from(self) -> date:
        """The first day of the month."""
        return first_day(self.month)


def _out_of_order(j: Judgement) -> Iterator[Finding]:
    for incident in j.portal.all(Incident):
        days = (incident.occurred, incident.detected, incident.reported)
        if any(later[: len(earlier)] < earlier[: len(later)] for earlier, later in itertools.pairwise(days)):
            values = {"occurred": incident.occurred, "detected": incident.detected, "reported": incident.reported}
            yield Finding(incident.id, ("detected",), values)


def _unlearned(j: Judgement) -> Iterator[Finding]:
    for incident in j.portal.all(Incident):
        if incident.training_cause in ("yes", "partly") and incident.lesson is None:
            yield Finding(incident.id, ("training_cause",))


def _unmeasured(j: Judgement) -> Iterator[Finding]:
    known = {(exposure.month, exposure.system) for exposure in j.portal.all(Exposure)}
    seen: set[tuple[str, str]] = set()
    for incident in j.portal.all(Incident):
        at = (incident.occurred[:MONTH], incident.system or "")
        if incident.ai_related != "yes" or len(at[0]) < MONTH or not at[1] or at in known | seen:
            continue
        if first_day(at[0]) < j.as_of.replace(day=1):
            seen.add(at)
            yield Finding(incident.id, ("occurred",), {"month": at[0], "system": at[1]})


MONTH = len("2026-01")
RULES = (
    Rule(
        "INC001",
        Severity.ERROR,
        "Incidents happen, are noticed, are reported",
        "Dates out of order make the delays wrong.",
        "Correct the dates.",
        "{key}: occurred {occurred}, detected {detected}, reported {reported} are out of order",
        _out_of_order,
    ),
    Rule(
        "INC002",
        Severity.WARNING,
        "Incidents with a training cause teach a lesson",
        "An incident that training could have stopped must change training.",
        "Name the lesson under lesson.",
        "{key} has a training cause and no lesson",
        _unlearned,
    ),
    Rule(
        "INC003",
        Severity.ERROR,
        "Months with incidents have an exposure",
        "A count without the number of cases is no rate.",
        "Add the month and system to exposure.csv.",
        "{key}: no exposure of {system} in {month}; the rate cannot be computed",
        _unmeasured,
    ),
)


INCIDENT = Kind(
    "incident",
    Incident,
    CsvTable("registers/incidents.csv", sort=("id",)),
    "Incident",
    "Incidents",
    prefix="inc",
    dated="seen_from",
    page=PageSpec("incidents/", anchor=True),
    pack_section="incidents",
    rules=RULES,
)
EXPOSURE = Kind(
    "exposure",
    Exposure,
    CsvTable("registers/exposure.csv", sort=("month", "system")),
    "Exposure",
    "Exposure",
    key=("month", "system"),
    dated="seen_from",
    page=PageSpec("incidents/", anchor=True),
    pack_section="incidents",
)
KINDS = (INCIDENT, EXPOSURE)
