"""Working days: committed holidays, and business days counted by them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import Field

from generator.model.fields import Count, Date, Text
from generator.model.kind import Kind, PageSpec, YamlList
from generator.model.record import Record

_SATURDAY = 5


class WorkingDays(Record):
    """The holidays of a year; a committed calendar, because a library's tables change between versions."""

    jurisdiction: Text = Field(description="Where the calendar applies, such as GB-ENG.")
    year: Count = Field(description="The year.")
    holidays: tuple[Date, ...] = Field(description="Days on which nobody works.")


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The holidays of the years that are committed, of the first jurisdiction by name."""

    holidays: frozenset[date]
    years: frozenset[int]

    @classmethod
    def of(cls, records: Iterable[WorkingDays]) -> "WorkingCalendar":
        """The calendar of these records."""
        ordered = sorted(records, key=lambda record: (record.jurisdiction, record.year))
        own = [record for record in ordered if record.jurisdiction == ordered[0].jurisdiction]
        return cls(
            frozenset(day for record in own for day in record.holidays), frozenset(record.year for record in own)
        )

    def is_business_day(self, day: date) -> bool:
        """Whether people work on that day."""
        return day.weekday() < _SATURDAY and day not in self.holidays

    def between(self, start: date, end: date) -> int:
        """Business days after `start` up to and with `end`."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_business_day(day) for day in days)

    def after(self, start: date, days: int) -> date:
        """The business day so many business days after `start`."""
        day = start
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_business_day(day)
        return day


WORKING_DAYS = Kind(
    "working-days",
    WorkingDays,
    YamlList("governance/working-days.yaml"),
    "Working days",
    "Working days",
    key=("jurisdiction", "year"),
    page=PageSpec("sla/", anchor=True),
    pack_section="decision-rights",
)
KINDS = (WORKING_DAYS,)
