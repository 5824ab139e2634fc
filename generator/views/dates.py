"""Days and figures as sentences write them, the same in every locale."""

from __future__ import annotations

from datetime import date

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
