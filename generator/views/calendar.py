"""Dates: sessions, messages with derived dates, deadlines, meetings, and what is next for everyone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from generator.kinds.assurance import AuditFinding, Review
from generator.kinds.change_plan import ALL, Communication
from generator.kinds.cohort import Cohort, Session
from generator.kinds.governance import Body
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.decisions import open_actions, open_conditions
from generator.views.gates import gates
from generator.views.matrix import cell
from generator.views.memo import remembered
from generator.views.phases import phases
from generator.views.recurrence import occurrences
from generator.views.sending import sent_on
from generator.views.shown import Dated, Ref, State, Tone, due_state, ref, refs


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


@remembered
def sessions(j: Judgement) -> tuple[SessionView, ...]:
    """Every session, by date and time."""
    found = sorted(j.portal.all(Session), key=lambda one: (one.date, one.start, one.id))
    return tuple(
        SessionView(
            ref=Ref(one.id, f"{ref(j.portal, one.module).title}, {one.kind}", ref(j.portal, one.id).url, "session"),
            day=one.date,
            start=one.start,
            end=one.end,
            timezone=one.timezone,
            cohort=ref(j.portal, one.cohort),
            module=ref(j.portal, one.module),
            kind=one.kind,
            seats=one.seats,
            place=one.place,
            co_leads=refs(j.portal, one.co_leads),
            past=one.date < j.as_of,
            minutes=_minutes(one.start, one.end),
        )
        for one in found
    )


def upcoming_sessions(j: Judgement, *, role: str = "", module: str = "") -> tuple[SessionView, ...]:
    """Sessions from the as-of date on; of a role's cohorts and modules that apply to it, or of a module."""
    ahead = (one for one in sessions(j) if not one.past and module in ("", one.module.key))
    if not role:
        return tuple(ahead)
    own = {cohort.id for cohort in j.portal.all(Cohort) if role in cohort.roles}
    return tuple(one for one in ahead if one.cohort.key in own and _applies(j, role, one))


def _applies(j: Judgement, role: str, one: SessionView) -> bool:
    """A cohort of several roles has sessions that not all of them need; what is asked on the session's day decides."""
    return cell(j, role, one.module.key, one.day).requirement != "not-applicable"


@remembered
def messages(j: Judgement) -> tuple[MessageView, ...]:
    """The communications calendar, by date; undated messages last."""
    found = [_message(j, one) for one in j.portal.all(Communication)]
    return tuple(sorted(found, key=lambda one: (one.day or date.max, one.ref.key)))


def meetings(j: Judgement, until: date, body: str = "") -> tuple[MeetingView, ...]:
    """Meetings from the as-of date to `until`, by date."""
    found: list[MeetingView] = []
    for one in j.portal.all(Body):
        if one.meets and body in ("", one.id):
            days = _days(one.meets.rrule, one.effective_from, j.as_of, until)
            held = (MeetingView(ref(j.portal, one.id), day, one.meets.time, one.meets.timezone) for day in days)
            found.extend(held)
    return tuple(sorted(found, key=lambda meeting: (meeting.day, meeting.time or time.min, meeting.body.key)))


@remembered
def deadlines(j: Judgement) -> tuple[Dated, ...]:
    """Everything with a due date that is not done, by date: milestones, conditions, reviews, findings."""
    found: list[Dated] = []
    for view in phases(j):
        found += [Dated(m.due, m.ref, "Milestone", m.state) for m in view.milestones if m.done is None]
    found += [Dated(gate.due, gate.ref, "Gate", gate.state) for gate in gates(j) if gate.decision is None]
    found += [Dated(c.due, c.decision, c.text, c.state, c.owner) for c in open_conditions(j)]
    found += [Dated(a.due, a.decision, a.text, a.state, a.owner) for a in open_actions(j)]
    for review in j.portal.all(Review):
        if review.held is None:
            state = due_state(review.due, None, j.as_of)
            found.append(Dated(review.due, ref(j.portal, review.id), "Review", state, ref(j.portal, review.body)))
    for finding in j.portal.all(AuditFinding):
        if finding.status == "open":
            state, owner = due_state(finding.due, None, j.as_of), ref(j.portal, finding.owner)
            found.append(Dated(finding.due, ref(j.portal, finding.id), finding.agreed_action, state, owner))
    return _in_order(j, found)


@remembered
def dates_for_everyone(j: Judgement, limit: int = 6) -> tuple[Dated, ...]:
    """The next messages, sessions and milestones that concern staff."""
    found = [
        Dated(one.day, one.ref, one.message, State(Tone.INFO, one.channel), one.audience)
        for one in messages(j)
        if one.day is not None and one.day >= j.as_of and one.status == "planned"
    ]
    for one in upcoming_sessions(j):
        place = State(Tone.INFO, one.place, numbered(one.seats or 0, "seat"))
        found.append(Dated(one.day, one.ref, one.ref.title, place, one.cohort))
    for view in phases(j):
        ahead = (m for m in view.milestones if m.done is None and m.due >= j.as_of)
        found += [Dated(m.due, m.ref, m.ref.title, m.state) for m in ahead]
    return _in_order(j, found)[:limit]


def _message(j: Judgement, one: Communication) -> MessageView:
    day = sent_on(j, one)
    return MessageView(
        ref=ref(j.portal, one.id),
        day=day,
        derived="" if one.date or one.offset_days is None else _derived(j, one),
        audience=Ref(ALL, "Everyone") if one.audience == ALL else ref(j.portal, one.audience),
        channel=one.channel,
        message=one.message,
        purpose=one.purpose or "",
        value=one.value or "",
        changes=one.changes or "",
        sender=ref(j.portal, one.sender),
        phase=ref(j.portal, one.phase) if one.phase else None,
        milestone=ref(j.portal, one.milestone) if one.milestone else None,
        status=one.status,
        state=_message_state(one.status, day, j.as_of),
    )


def _days(rule: str, first: date, since: date, until: date) -> tuple[date, ...]:
    """The days of a meeting rule; a rule that cannot be read has none, and is a finding of its own."""
    try:
        return occurrences(rule, first, since, until)
    except ValueError:
        return ()


def _derived(j: Judgement, one: Communication) -> str:
    days = one.offset_days or 0
    title = ref(j.portal, one.milestone).title
    if days == 0:
        return f"on the day of {title}"
    return f"{numbered(abs(days), 'day')} {'before' if days < 0 else 'after'} {title}"


def _message_state(status: str, day: date | None, on: date) -> State:
    if status == "sent":
        return State(Tone.OK, "Sent")
    if status == "cancelled":
        return State(Tone.MUTE, "Cancelled")
    if day is None:
        return State(Tone.BAD, "No date")
    if day < on:
        return State(Tone.BAD, "Not sent", f"planned {numbered((on - day).days, 'day')} ago")
    return State(Tone.WAIT, "Planned")


def _in_order(j: Judgement, found: list[Dated]) -> tuple[Dated, ...]:
    """By day, each with its distance from the as-of date."""
    counted = (replace(one, days=(one.day - j.as_of).days) for one in found)
    return tuple(sorted(counted, key=lambda one: (one.day, one.ref.key, one.text)))


def _minutes(start: time, end: time) -> int:
    day = date(2000, 1, 1)
    return int((datetime.combine(day, end) - datetime.combine(day, start)).total_seconds() // 60)
