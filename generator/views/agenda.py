"""What a calendar program subscribes to: sessions, messages, meetings and deadlines ahead, for all or for one role."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from generator.kinds.change_plan import ALL
from generator.model.judgement import Judgement
from generator.views.calendar import (
    MeetingView,
    MessageView,
    SessionView,
    deadlines,
    meetings,
    messages,
    upcoming_sessions,
)
from generator.views.dates import days_after
from generator.views.provenance import provenance
from generator.views.shown import settings_of

AHEAD = 366  # days; how far meetings are written out
MEETING = timedelta(hours=1)  # a charter says when a meeting begins, never when it ends


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something in a calendar: an hour with its instants, or a whole day where `start` is a date."""

    key: str  # stays the same however often it is moved
    sort: str  # session | message | meeting | deadline
    title: str
    start: datetime | date
    end: datetime | date  # the first instant or day after it
    changed: datetime  # when its record was last changed
    place: str = ""
    text: str = ""


def agenda(j: Judgement, role: str = "") -> tuple[Appointment, ...]:
    """Everything ahead by time; for a role its sessions and what it will hear."""
    found = [_session(j, one) for one in upcoming_sessions(j, role=role)]
    audiences = (role, ALL)
    for message in messages(j):
        heard = not role or message.audience.key in audiences
        if heard and message.day is not None and message.day >= j.as_of and message.status == "planned":
            found.append(_message(j, message, message.day))
    if not role:
        found += [_meeting(j, one) for one in meetings(j, days_after(j.as_of, AHEAD))]
        found += _deadlines(j)
    return tuple(sorted(found, key=lambda one: (_instant(one.start), one.key)))


def _session(j: Judgement, one: SessionView) -> Appointment:
    led = f"Led by {', '.join(each.title for each in one.co_leads)}." if one.co_leads else ""
    seats = f"{one.seats} seats." if one.seats is not None else ""
    return Appointment(
        one.ref.key,
        "session",
        f"{one.module.title} ({one.kind})",
        _utc(one.day, one.start, one.timezone),
        _utc(one.day, one.end, one.timezone),
        _changed(j, one.ref.key),
        one.place,
        " ".join(filter(None, (f"{one.cohort.title}.", seats, led))),
    )


def _message(j: Judgement, one: MessageView, day: date) -> Appointment:
    told = (("Purpose", one.purpose), ("Why it matters", one.value), ("What changes", one.changes))
    lines = [f"To {one.audience.title} by {one.channel}, from {one.sender.title}."]
    lines += [f"{label}: {text.rstrip('.')}." for label, text in told if text]
    milestone = (one.milestone.key,) if one.milestone else ()
    changed = _changed(j, one.ref.key, *milestone)  # a message moves with its milestone
    return Appointment(one.ref.key, "message", one.message, day, _next(day), changed, text=" ".join(lines))


def _meeting(j: Judgement, one: MeetingView) -> Appointment:
    key, title = f"{one.body.key}-{one.day}", f"{one.body.title} meets"
    changed = _changed(j, one.body.key)
    if one.time is None:
        return Appointment(key, "meeting", title, one.day, _next(one.day), changed)
    start = _utc(one.day, one.time, one.timezone)
    return Appointment(key, "meeting", title, start, start + MEETING if start.year < date.max.year else start, changed)


def _deadlines(j: Judgement) -> Iterator[Appointment]:
    told: Counter[str] = Counter()
    for one in deadlines(j):
        if one.day < j.as_of:
            continue
        key = (
            f"{one.ref.key}-{zlib.crc32(one.text.encode()):08x}"  # its text, for a record may have several; not its day
        )
        told[key] += 1
        title = one.ref.title if one.text in one.ref.title else f"{one.ref.title}: {one.text}"
        who = f"{one.who.title}." if one.who else ""
        key = f"{key}-{told[key]}" if told[key] > 1 else key
        yield Appointment(key, "deadline", title, one.day, _next(one.day), _changed(j, one.ref.key), text=who)


def _changed(j: Judgement, *keys: str) -> datetime:
    """When the newest of these records was changed; where no history was read, the day of judgement."""
    found = provenance(j, *keys).when
    return (found or datetime.combine(j.as_of, time(), UTC)).astimezone(UTC)


def _utc(day: date, at: time, zone: str) -> datetime:
    """The instant of a wall clock; what lies outside the calendar keeps its hour."""
    local = datetime.combine(day, at, ZoneInfo(zone))
    try:
        return local.astimezone(UTC)
    except OverflowError:
        return local.replace(tzinfo=UTC)


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _instant(start: datetime | date) -> datetime:
    return start if isinstance(start, datetime) else datetime.combine(start, time(), UTC)


def calendar_owner(j: Judgement) -> str:
    """The name of the programme as a calendar shows it."""
    settings = settings_of(j.portal)
    return f"{settings.organisation}, {settings.programme}" if settings else "Training"
