"""Days and figures as sentences write them, the same in every locale."""

from __future__ import annotations

from datetime import date, timedelta

from generator.model.fields import Duration, add_months

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written(day: date) -> str:
    """A day as sentences write it: 30 Sep 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def percent(share: float) -> str:
    """A share as sentences write it: 95 % or 94.3 %, with a no-break space."""
    return f"{share * 100:.1f}".removesuffix(".0") + "\u00a0%"


def day_of(value: object) -> date | None:
    """The day that a text of the form 2026-09-30 means; None for anything else."""
    if not isinstance(value, str) or len(value) != len("2026-09-30"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def day_text(value: object) -> str:
    """A day in a source as sentences write it; anything else as it stands."""
    found = day_of(value)
    return written(found) if found else str(value)


def days_after(day: date, count: int) -> date:
    """So many days later (or earlier); what lies outside the calendar is its first or last day."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def months_after(day: date, count: int) -> date:
    """So many calendar months later; what lies outside the calendar is its last day."""
    try:
        return add_months(day, count)
    except (OverflowError, ValueError):
        return date.max


def duration_after(length: Duration, start: date) -> date:
    """The first day after a duration; what lies outside the calendar is its last day."""
    try:
        return length.after(start)
    except (OverflowError, ValueError):
        return date.max
