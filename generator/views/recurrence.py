"""Meeting rules: the part of RFC 5545 that meetings need, as dates and in words.

FREQ=DAILY|WEEKLY|MONTHLY|YEARLY with INTERVAL, COUNT, UNTIL, BYDAY (with ordinals in months and years), BYMONTHDAY
and BYMONTH. Weeks begin on Monday. The first day of the rule is the day the charter comes into force.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from generator.views.dates import days_after, months_after

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIRST_HALF = ("January", "February", "March", "April", "May", "June")
_MONTHS = (*_FIRST_HALF, "July", "August", "September", "October", "November", "December")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST")
_HORIZON = 366 * 20  # a rule that never comes true ends here


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A parsed rule; weekdays carry their ordinal in the month, 0 for every one."""

    frequency: str
    interval: int
    weekdays: tuple[tuple[int, int], ...]  # ordinal, weekday 0..6
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    count: int | None
    until: date | None


def recurrence(rule: str) -> Recurrence:
    """The rule behind its text. Raises ValueError with what was expected."""
    pairs = [part.partition("=")[::2] for part in rule.strip().rstrip(";").upper().split(";")]
    parts = dict(pairs)
    for name, _ in pairs:
        if name not in _PARTS:
            raise ValueError(f"expected FREQ, BYDAY and the like, found {name or 'nothing'}{_hint(name, _PARTS)}")
    if len(parts) < len(pairs):
        raise ValueError("expected each part once, found one twice")
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        found = f"found {frequency or 'none'}{_hint(frequency, _FREQUENCIES)}"
        raise ValueError(f"expected FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, {found}")
    return Recurrence(
        frequency=frequency,
        interval=_positive(parts.get("INTERVAL", "1")),
        weekdays=tuple(_weekday(item) for item in parts.get("BYDAY", "").split(",") if item),
        month_days=tuple(_whole(item) for item in parts.get("BYMONTHDAY", "").split(",") if item),
        months=tuple(_month(item) for item in parts.get("BYMONTH", "").split(",") if item),
        count=_whole(parts["COUNT"]) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
    )


def occurrences(rule: str, first: date, since: date, until: date) -> tuple[date, ...]:
    """The days of a rule that begins on `first`, between two days, both included."""
    found = recurrence(rule)
    last = min(until, found.until or until)
    days: list[date] = []
    for number, day in enumerate(_all(found, first), 1):
        if day > last or (found.count is not None and number > found.count):
            break
        if day >= since:
            days.append(day)
    return tuple(days)


def in_words(rule: str) -> str:
    """A rule as people say it: "2nd Thursday of the month", "every 2nd Tuesday"."""
    found = recurrence(rule)
    nth = f"{ordinal(found.interval)} " if found.interval > 1 else ""
    days = " and ".join(f"{ordinal(n)} {_NAMES[day]}" if n else _NAMES[day] for n, day in found.weekdays)
    if found.frequency == "WEEKLY":
        return f"every {nth}{days or 'week'}"
    if found.frequency == "DAILY":
        return f"every {nth}day"
    days = days or " and ".join(f"day {day}" if day > 0 else "last day" for day in found.month_days)
    if found.months:
        months = ", ".join(_MONTHS[month - 1] for month in found.months)
        return f"{days} of {months}".strip() if days else f"in {months}"
    unit = "month" if found.frequency == "MONTHLY" else "year"
    return f"{days or 'once'} of every {nth}{unit}" if nth or unit == "year" else f"{days or 'once'} of the month"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th; last for -1."""
    if number < 0:
        return "last" if number == -1 else f"{ordinal(-number)} last"
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _all(found: Recurrence, first: date) -> Iterator[date]:
    """Every day of the rule from its first day on, in order, to the horizon."""
    period = _period_start(found, first)
    horizon = days_after(first, _HORIZON)
    while period <= horizon:
        for day in sorted(set(_in_period(found, period, first))):
            if day >= first:
                yield day
        following = _next_period(found, period)
        if following <= period:  # the end of the calendar
            return
        period = following


def _period_start(found: Recurrence, first: date) -> date:
    if found.frequency == "WEEKLY":
        return first - timedelta(days=first.weekday())
    if found.frequency == "MONTHLY":
        return first.replace(day=1)
    return first.replace(month=1, day=1) if found.frequency == "YEARLY" else first


def _next_period(found: Recurrence, period: date) -> date:
    if found.frequency in ("MONTHLY", "YEARLY"):
        return months_after(period, found.interval * (1 if found.frequency == "MONTHLY" else 12))
    return days_after(period, found.interval * (7 if found.frequency == "WEEKLY" else 1))


def _in_period(found: Recurrence, period: date, first: date) -> Iterator[date]:
    if found.frequency == "DAILY":
        yield from (day for day in (period,) if _fits(found, day))
    elif found.frequency == "WEEKLY":
        weekdays = [day for _, day in found.weekdays] or [first.weekday()]
        days = (period + timedelta(days=day) for day in weekdays)
        yield from (day for day in days if not found.months or day.month in found.months)
    elif found.frequency == "MONTHLY":
        if not found.months or period.month in found.months:
            yield from _in_month(found, period, first)
    else:
        for month in found.months or (first.month,):
            yield from _in_month(found, period.replace(month=month), first)


def _in_month(found: Recurrence, month: date, first: date) -> Iterator[date]:
    last = monthrange(month.year, month.month)[1]
    if not found.weekdays and not found.month_days:
        if first.day <= last:
            yield month.replace(day=first.day)
        return
    for day in found.month_days:
        number = day if day > 0 else last + 1 + day
        if 1 <= number <= last:
            yield month.replace(day=number)
    for nth, weekday in found.weekdays:
        days = [month.replace(day=n) for n in range(1, last + 1) if month.replace(day=n).weekday() == weekday]
        if nth == 0:
            yield from days
        elif abs(nth) <= len(days):
            yield days[nth - 1 if nth > 0 else nth]


def _fits(found: Recurrence, day: date) -> bool:
    if found.months and day.month not in found.months:
        return False
    return not found.weekdays or day.weekday() in {weekday for _, weekday in found.weekdays}


def _hint(word: str, known: tuple[str, ...]) -> str:
    """The nearest known word as the end of a message, or nothing."""
    close = get_close_matches(word, known, n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def _weekday(item: str) -> tuple[int, int]:
    name = item[-2:]
    if name not in _DAYS:
        raise ValueError(f"expected a weekday such as 2TH, found {item}")
    return _whole(item[:-2]) if item[:-2] else 0, _DAYS.index(name)


def _month(text: str) -> int:
    number = _whole(text)
    if not 1 <= number <= len(_MONTHS):
        raise ValueError(f"expected a month from 1 to 12, found {text}")
    return number


def _whole(text: str) -> int:
    digits = text.lstrip("+-")
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"expected a whole number, found {text or 'none'}")
    return int(text)


def _positive(text: str) -> int:
    number = _whole(text)
    if number < 1:
        raise ValueError(f"expected INTERVAL=1 or more, found {text}")
    return number


def _until(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError as error:
        raise ValueError(f"expected UNTIL=YYYYMMDD, found {text}") from error
