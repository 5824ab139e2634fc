"""Incidents and the exposure they are measured against."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from generator.kinds.links import LessonRef, RiskRef, RoleRef, SystemRef
from generator.model.fields import Count, Month, PartialDate
from generator.model.kind import CsvTable, Kind, PageSpec
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
