"""The calendar, cohorts and lessons, and how people are won over: messages, champions, toolkits, incentives."""

import calendar as days
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from generator.render.site import words
from generator.render.site.calendar_files import EVERYTHING
from generator.render.site.generic import link_panels, record_page
from generator.render.site.source import Crumb, Draft, SiteSource
from generator.render.site.tables import MESSAGES
from generator.views.calendar import deadlines, meetings, messages, upcoming_sessions
from generator.views.calendar import sessions as all_sessions
from generator.views.change_plan import ChangePlanView, change_plan
from generator.views.charter_days import charter_days
from generator.views.cohorts import CohortView, charters, cohorts, lessons, retrospectives
from generator.views.leaderboard import leaderboards
from generator.views.shown import Ref

AHEAD = timedelta(days=92)
MONTHS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class DayEvent:
    """Something on a day of the calendar."""

    day: date
    text: str
    ref: Ref
    sort: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of a month's grid."""

    day: date
    inside: bool
    today: bool
    events: tuple[DayEvent, ...]


def calendar_pages(source: SiteSource) -> Iterator[Draft]:
    """Three months ahead as a grid, and lists of what comes."""
    j = source.judgement
    sessions, sent = upcoming_sessions(j), messages(j)
    past = tuple(one for one in reversed(all_sessions(j)) if one not in sessions)
    ahead = [message for message in sent if message.day and message.day >= j.as_of]
    events = (
        *(DayEvent(one.day, f"{one.start:%H:%M} {one.module.title}", one.cohort, "session") for one in sessions),
        *(DayEvent(one.day, one.message, one.ref, "message") for one in ahead if one.day),
        *(DayEvent(one.day, f"{one.body.title} meets", one.body, "meeting") for one in meetings(j, j.as_of + AHEAD)),
        *(DayEvent(one.day, one.text, one.ref, "deadline") for one in deadlines(j) if one.day >= j.as_of),
    )
    yield Draft(
        "calendar/",
        "Calendar",
        "calendar.html",
        {"months": tuple(_months(j.as_of, events)), "sessions": sessions, "past": past, "deadlines": deadlines(j)},
        lede=f"{words.plural(len(sessions), 'session')} and {words.plural(len(ahead), 'message')} lie ahead.",
        crumbs=(Crumb("Roles", "roles/"),),
        actions=(("Calendar file", EVERYTHING),),
        shows=(*_keys(sessions), *_keys(ahead)),
    )


def _months(today: date, events: tuple[DayEvent, ...]) -> Iterator[tuple[str, tuple[CalendarDay, ...]]]:
    year, month = today.year, today.month
    for _ in range(MONTHS_SHOWN):
        grid = tuple(
            CalendarDay(
                day,
                day.month == month,
                day == today,
                tuple(one for one in events if one.day == day and day.month == month),
            )
            for week in days.Calendar(days.MONDAY).monthdatescalendar(year, month)
            for day in week
        )
        yield f"{days.month_name[month]} {year}", grid
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def cohort_pages(source: SiteSource) -> Iterator[Draft]:
    """Cohorts, a page each, and the lessons of their retrospectives."""
    j = source.judgement
    views = cohorts(j)
    yield Draft(
        "cohorts/",
        "Cohorts",
        "cohorts.html",
        {"views": views},
        lede=f"{words.plural(len(views), 'cohort')}; what each learned, and what the next one changed.",
        crumbs=(Crumb("Roadmap", "roadmap/"),),
        shows=tuple(view.ref.key for view in views),
    )
    for view in views:
        yield _cohort(source, view)
    found = lessons(j)
    waiting = sum(lesson.done is None and not lesson.state.good for lesson in found)
    yield Draft(
        "lessons/",
        "Lessons",
        "lessons.html",
        {"lessons": found, "retrospectives": retrospectives(j)},
        lede=f"{words.plural(len(found), 'lesson')}, {waiting} still to be acted on.",
        crumbs=(Crumb("Roadmap", "roadmap/"),),
        shows=tuple(lesson.ref.key for lesson in found),
    )


def charter_pages(source: SiteSource) -> Iterator[Draft]:
    """The plain page of each pilot charter, with the sum of its days."""
    for view in charters(source.judgement):
        page = record_page(source, source.portal.entries[view.ref.key])
        days = charter_days(source.judgement, view.ref.key)
        yield replace(page, template="charter.html", values={**page.values, "sum": days}, judged=True)


def _cohort(source: SiteSource, view: CohortView) -> Draft:
    planned = words.plural(view.planned, "person", "people") if view.planned else "an open number"
    return Draft(
        view.ref.url,
        view.ref.title,
        "cohort.html",
        {"view": view, **link_panels(source, view.ref.key)},
        lede=f"{words.span(view.start, view.end)}; {planned} planned.",
        crumbs=(Crumb("Cohort", "cohorts/"), Crumb(view.phase.title, view.phase.url)),
        shows=(view.ref.key,),
        source=view.ref.key,
        history=view.ref.key,
    )


def change_pages(source: SiteSource) -> Iterator[Draft]:
    """Messages, champions and sponsors, incentives, toolkits."""
    view = change_plan(source.judgement)
    ahead = sum(bool(one.day and one.day >= source.judgement.as_of) for one in view.messages)
    yield Draft(
        "communications/",
        "Communications",
        "communications.html",
        {"view": view},
        lede=f"{words.plural(len(view.messages), 'message')}, {ahead} still to come.",
        crumbs=(Crumb("Change", ""),),
        actions=(("Table for a comms tool", MESSAGES), ("Calendar file", EVERYTHING)),
        shows=tuple(one.ref.key for one in view.messages),
    )
    active = sum(one.active for one in view.champions)
    yield Draft(
        "champions/",
        "Champions and sponsors",
        "champions.html",
        {"view": view},
        lede=f"{words.plural(active, 'champion')} in office, {words.plural(len(view.sponsors), 'sponsor')}.",
        crumbs=(Crumb("Change", ""),),
        shows=(*_keys(view.champions), *_keys(view.sponsors)),
    )
    yield Draft(
        "incentives/",
        "Incentives and HR",
        "incentives.html",
        {"view": view, "boards": leaderboards(source.judgement)},
        lede=f"{words.plural(len(view.incentives), 'incentive')}; {len(view.integrations)} HR processes carry it.",
        crumbs=(Crumb("Change", ""),),
        shows=(*_keys(view.incentives), *_keys(view.integrations)),
    )
    yield from _toolkit_pages(source, view)


def _toolkit_pages(source: SiteSource, view: ChangePlanView) -> Iterator[Draft]:
    yield Draft(
        "toolkits/",
        "Manager toolkits",
        "toolkits.html",
        {"view": view},
        lede=f"{words.plural(len(view.toolkits), 'toolkit')} for the people who lead teams.",
        crumbs=(Crumb("Change", ""),),
        shows=tuple(one.ref.key for one in view.toolkits),
    )
    for one in view.toolkits:
        yield Draft(
            one.ref.url,
            one.ref.title,
            "toolkit.html",
            {"view": one, **link_panels(source, one.ref.key)},
            lede=f"For {one.audience.title}: {words.minutes(one.minutes) if one.minutes else 'in your own time'}.",
            crumbs=(Crumb("Manager toolkit", "toolkits/"), Crumb(f"version {one.version}")),
            shows=(one.ref.key,),
            source=one.ref.key,
            history=one.ref.key,
        )


class _Shown(Protocol):
    """A line of a view: it tells which record it shows."""

    @property
    def ref(self) -> Ref:
        """The record."""


def _keys(lines: Iterable[_Shown]) -> tuple[str, ...]:
    return tuple(line.ref.key for line in lines)
