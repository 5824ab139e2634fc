"""Calendar files (RFC 5545) that a calendar program subscribes to.

Instants are written in UTC, so that no file carries time zone rules that age; what was not changed keeps its bytes.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from generator.kinds.role import Role
from generator.render.site.source import SiteSource
from generator.views.agenda import Appointment, agenda, calendar_owner
from generator.views.shown import ref

EVERYTHING = "calendar/everything.ics"

OCTETS = 75  # of a line, without its end
CATEGORIES = {"session": "Training", "message": "Message", "meeting": "Meeting", "deadline": "Deadline"}
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def role_calendar(url: str) -> str:
    """Where the calendar of the role with that page lies."""
    return f"{url}calendar.ics"


def calendar_files(source: SiteSource) -> Mapping[str, bytes]:
    """Path in the site -> bytes: a calendar for everybody and one a role."""
    j, owner = source.judgement, calendar_owner(source.judgement)
    files = {EVERYTHING: calendar_file(owner, owner, agenda(j))}
    for role in j.portal.all(Role):
        shown = ref(j.portal, role.id)
        files[role_calendar(shown.url)] = calendar_file(f"{shown.title}: {owner}", owner, agenda(j, role.id))
    return files


def calendar_file(name: str, owner: str, appointments: Iterable[Appointment]) -> bytes:
    """A calendar with these appointments; `owner` sets its ids apart from those of other programmes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//roadmap-portal//calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    ]
    domain = hashlib.sha256(owner.encode()).hexdigest()[:12]
    for one in appointments:
        lines += _event(one, f"{one.key}@{domain}.roadmap-portal")
    return "".join(f"{folded}\r\n" for line in (*lines, "END:VCALENDAR") for folded in _folded(line)).encode()


def _event(one: Appointment, uid: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(uid)}"
    yield f"DTSTAMP:{_moment(one.changed)}"
    yield _when("DTSTART", one.start)
    if _moment(one.end) > _moment(one.start):
        yield _when("DTEND", one.end)
    yield f"SUMMARY:{_text(one.title)}"
    if one.place:
        yield f"LOCATION:{_text(one.place)}"
    if one.text:
        yield f"DESCRIPTION:{_text(one.text)}"
    yield f"CATEGORIES:{CATEGORIES[one.sort]}"
    yield "TRANSP:OPAQUE" if isinstance(one.start, datetime) else "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when(name: str, moment: datetime | date) -> str:
    return f"{name}:{_moment(moment)}" if isinstance(moment, datetime) else f"{name};VALUE=DATE:{_moment(moment)}"


def _moment(moment: datetime | date) -> str:
    if isinstance(moment, datetime):
        at = moment.astimezone(UTC)
        return f"{_day(at)}T{at.hour:02}{at.minute:02}{at.second:02}Z"
    return _day(moment)


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"  # strftime writes years before 1000 as it likes


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, each but the first after a blank; no character is cut."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > OCTETS:
            yield part
            part, size = " ", 1
        part += character
        size += octets
    yield part
