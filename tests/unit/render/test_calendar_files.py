"""Calendar files that a calendar program reads: whole, folded, escaped, and the same until a record changes."""

import re
from datetime import UTC, date, datetime

from generator.kinds.portal import Settings
from generator.model.judgement import Judgement
from generator.render.site.calendar_files import (
    EVERYTHING,
    calendar_file,
    calendar_files,
    role_calendar,
)
from generator.render.site.source import SiteSource
from generator.views.agenda import Appointment, agenda
from tests.factories import BANK_DAY, CONTENT, files_below, loaded
from tests.unit.views.support import changed

EARLY = date(2026, 1, 2)
NOON = datetime(2026, 3, 30, 12, tzinfo=UTC)
MESSAGE_FILE = "change/communications.csv"


def events(data: bytes) -> list[dict[str, str]]:
    """The events of a calendar file: name with parameters -> value, unfolded and unescaped."""
    text = data.decode().replace("\r\n ", "")
    found = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", text, re.DOTALL)
    pairs = [[line.partition(":")[::2] for line in one.split("\r\n") if line] for one in found]
    return [{name: re.sub(r"\\(.)", r"\1", value) for name, value in one} for one in pairs]


def bank(day: date = BANK_DAY) -> SiteSource:
    portal = loaded(files_below(CONTENT)).portal
    return SiteSource(Judgement(day, portal.seen_on(day)), portal.all(Settings)[0])


def test_a_session_stands_at_its_instant_whatever_the_time_of_year() -> None:
    found = []
    for day in ("2026-01-19", "2026-03-30"):
        moved = changed(("cohorts/calendar.csv", "2026-01-19", day), as_of=EARLY)
        found += [one.start for one in agenda(moved) if one.sort == "session"]

    assert found == [
        datetime(2026, 1, 19, 9, 30, tzinfo=UTC),
        datetime(2026, 3, 30, 8, 30, tzinfo=UTC),
    ]


def test_a_message_moves_with_its_milestone_and_keeps_its_id() -> None:
    edit = (MESSAGE_FILE, "2026-01-05,,", ",-7,")
    planned = (MESSAGE_FILE, ",sent", ",planned")
    before, after = (
        next(one for one in agenda(changed(edit, planned, *more, as_of=EARLY)) if one.sort == "message")
        for more in ((), (("roadmap/roadmap.yaml", "due: 2026-01-19", "due: 2026-01-26"),))
    )

    assert (before.start, after.start) == (date(2026, 1, 12), date(2026, 1, 19))
    assert before.key == after.key


def test_a_role_hears_its_own_messages_and_those_to_everyone() -> None:
    files = calendar_files(bank())
    heard = {one["SUMMARY"] for one in events(files[role_calendar("roles/rol-hr-partner/")])}

    assert {"What the year taught us", "Leading a team that works with AI (workshop)"} <= heard
    assert not any("Auditing AI" in title for title in heard)


def test_every_file_is_a_calendar_by_the_book() -> None:
    files = calendar_files(bank())
    calendars = [data for path, data in files.items() if path.endswith(".ics")]

    assert len(calendars) == 15
    for data in calendars:
        lines = data.decode().split("\r\n")
        assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
        assert max(len(line.encode()) for line in lines) <= 75
        assert b"\n" not in data.replace(b"\r\n", b"")
        found = events(data)
        assert len({one["UID"] for one in found}) == len(found)
        assert all({"UID", "DTSTAMP", "SUMMARY"} <= one.keys() for one in found)


def test_the_calendar_of_everything_has_sessions_messages_meetings_and_deadlines() -> None:
    found = events(calendar_files(bank())[EVERYTHING])

    assert {one["CATEGORIES"] for one in found} == {"Training", "Message", "Meeting", "Deadline"}
    assert any(one["SUMMARY"] == "Integrate exit: Gate" and one["DTSTART;VALUE=DATE"] == "20270630" for one in found)


def test_nothing_that_is_written_in_a_title_ends_its_line() -> None:
    hostile = "A; B, C\\\nEND:VEVENT\r\nATTACH:x " + "é" * 90
    one = Appointment("ses-1", "session", hostile, date(2026, 3, 30), date(2026, 3, 31), NOON)
    (event,) = events(calendar_file("n", "o", [one]))

    assert event["SUMMARY"] == hostile.replace("\r", "").replace("\n", "n")
    assert "ATTACH" not in event


def test_an_end_that_is_not_after_the_start_is_left_out() -> None:
    one = Appointment("ses-1", "session", "t", NOON, NOON, NOON)

    assert "DTEND" not in events(calendar_file("n", "o", [one]))[0]


def test_the_last_day_of_the_calendar_is_written() -> None:
    late = changed((MESSAGE_FILE, "2026-01-05,,", ",999999999999,"), (MESSAGE_FILE, ",sent", ",planned"))

    assert any(one.start == date.max for one in agenda(late))


def test_nothing_changes_while_no_record_does() -> None:
    assert calendar_files(bank()) == calendar_files(bank())
