"""Dates: sessions, messages with derived dates, deadlines, meetings, and what is next for everyone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from generator.model.judgement import Judgement
from generator.views.shown import Dated, Ref, State


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session of a cohort."""

    ref: Ref
    day: date
    start: time
    end: time
    timezone: str
    cohort: Ref
    module: Ref
    kind: str
    seats: int | None
    place: str
    co_leads: tuple[Ref, ...]
    past: bool
    minutes: int


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message of the communications calendar; a date derived from a milestone says so."""

    ref: Ref
    day: date | None
    derived: str  # "7 days before Pilot charter signed", empty when the date is written
    audience: Ref
    channel: str
    message: str
    purpose: str
    value: str
    changes: str
    sender: Ref
    phase: Ref | None
    milestone: Ref | None
    status: str
    state: State


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting of a body, computed from its rule."""

    body: Ref
    day: date
    time: time | None
    timezone: str


def sessions(j: Judgement) -> tuple[SessionView, ...]:
    """Every session, by date and time."""
    raise NotImplementedError


def upcoming_sessions(j: Judgement, *, role: str = "", module: str = "") -> tuple[SessionView, ...]:
    """Sessions from the as-of date on, of a role's cohorts or of a module where given."""
    raise NotImplementedError


def messages(j: Judgement) -> tuple[MessageView, ...]:
    """The communications calendar, by date; undated messages last."""
    raise NotImplementedError


def meetings(j: Judgement, until: date, body: str = "") -> tuple[MeetingView, ...]:
    """Meetings from the as-of date to `until`, by date."""
    raise NotImplementedError


def deadlines(j: Judgement) -> tuple[Dated, ...]:
    """Everything with a due date that is not done, by date: milestones, conditions, reviews, findings."""
    raise NotImplementedError


def dates_for_everyone(j: Judgement, limit: int = 6) -> tuple[Dated, ...]:
    """The next messages, sessions and deadlines that concern staff."""
    raise NotImplementedError
