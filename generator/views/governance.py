"""Who decides what, by when: bodies with their charters, seats and holders, rights, time limits, escalation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.kinds.decision import Decision
from generator.kinds.governance import Body, DecisionRight, Member
from generator.kinds.obligation import Obligation
from generator.kinds.seat import Seat
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.calendar import MeetingView, meetings
from generator.views.memo import remembered
from generator.views.recurrence import in_words
from generator.views.rights import RightsRow, RightsTable, accountable_for, decision_rights, raci, tier_of
from generator.views.shown import Ref, State, Tone, ref, refs
from generator.views.time_limits import (
    EscalationStep,
    EscalationView,
    OpenMatter,
    SlaView,
    escalations,
    open_matters,
    slas,
)

__all__ = [
    "BodyView",
    "EscalationStep",
    "EscalationView",
    "HolderView",
    "MemberView",
    "OpenMatter",
    "RightsRow",
    "RightsTable",
    "SeatView",
    "SlaView",
    "Tier",
    "accountable_for",
    "bodies",
    "body",
    "decision_rights",
    "escalations",
    "holder_on",
    "open_matters",
    "raci",
    "seats",
    "slas",
    "tiers",
]

_MEETINGS_AHEAD = timedelta(days=100)
_REVIEW_SOON = 60


@dataclass(frozen=True, slots=True)
class MemberView:
    """A seat in a body and who holds it on the date (an HR pseudonym)."""

    seat: Ref
    voting: bool
    chair: bool
    since: date | None
    until: date | None
    in_office: bool
    holder: str  # empty: vacant


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body and its charter."""

    ref: Ref
    kind: str
    parent: Ref | None
    children: tuple[Ref, ...]
    tier: int  # 0 at the top
    purpose: str  # first sentence of the charter
    body_text: str  # Markdown source of the charter
    charter_version: str
    approved_by: Ref | None
    approved_on: date | None
    effective_from: date
    review_by: date
    charter_state: State
    chair: Ref | None
    members: tuple[MemberView, ...]
    voting_seats: int
    quorum: int
    rhythm: str  # "2nd Thursday of the month, 10:00"
    next_meetings: tuple[MeetingView, ...]
    rights: tuple[tuple[str, str], ...]  # decision type, letter
    decisions: tuple[Ref, ...]  # newest first
    interprets: tuple[Ref, ...]
    owns: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """The bodies of one tier of the map."""

    number: int
    bodies: tuple[BodyView, ...]


@dataclass(frozen=True, slots=True)
class HolderView:
    """Who held a seat, from when to when; a pseudonym."""

    holder: str
    since: date
    until: date | None
    now: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat and its holders."""

    ref: Ref
    function: str
    holders: tuple[HolderView, ...]
    holder: str
    bodies: tuple[Ref, ...]
    state: State


@remembered
def bodies(j: Judgement) -> tuple[BodyView, ...]:
    """Every body, from the top down."""
    views = [body(j, found.id) for found in j.portal.all(Body)]
    return tuple(sorted(views, key=lambda view: (view.tier, view.ref.key)))


@remembered
def body(j: Judgement, key: str) -> BodyView:
    """One body."""
    found = j.portal.find(key, Body)
    if found is None:
        raise KeyError(key)
    charter = j.portal.find(found.approved_by, Decision)
    decided = sorted((d for d in j.portal.all(Decision) if d.body == key), key=lambda d: (d.date, d.id), reverse=True)
    return BodyView(
        ref=ref(j.portal, key),
        kind=found.kind,
        parent=ref(j.portal, found.parent) if found.parent else None,
        children=refs(j.portal, (child.id for child in j.portal.all(Body) if child.parent == key)),
        tier=tier_of(j, key),
        purpose=first_sentence(found.text or ""),
        body_text=found.text or "",
        charter_version=found.charter_version,
        approved_by=ref(j.portal, found.approved_by) if found.approved_by else None,
        approved_on=charter.date if charter else None,
        effective_from=found.effective_from,
        review_by=found.review_by,
        charter_state=_charter_state(found, charter, j.as_of),
        chair=ref(j.portal, found.chair.seat),
        members=tuple(_member(j, found, member) for member in found.members),
        voting_seats=len(found.voting_seats(j.as_of)),
        quorum=found.quorum,
        rhythm=_rhythm(found),
        next_meetings=meetings(j, j.as_of + _MEETINGS_AHEAD, key)[:4],
        rights=tuple((r.decision_type, r.right) for r in j.portal.all(DecisionRight) if r.party == key),
        decisions=refs(j.portal, (d.id for d in decided)),
        interprets=refs(j.portal, (o.id for o in j.portal.all(Obligation) if o.interpreter == key)),
        owns=refs(j.portal, (e.source for e in j.portal.incoming(key) if e.field[0] == "owner")),
    )


@remembered
def tiers(j: Judgement) -> tuple[Tier, ...]:
    """The map of governance, top tier first."""
    found = bodies(j)
    numbers = sorted({view.tier for view in found})
    return tuple(Tier(number, tuple(view for view in found if view.tier == number)) for number in numbers)


@remembered
def seats(j: Judgement) -> tuple[SeatView, ...]:
    """Every seat, by title."""
    found = sorted(j.portal.all(Seat), key=lambda seat: seat.title)
    return tuple(_seat(j, seat) for seat in found)


def holder_on(j: Judgement, seat: str, day: date) -> str:
    """Who held a seat on a day (a pseudonym); empty when vacant."""
    found = j.portal.find(seat, Seat)
    holder = found.holder_on(day) if found else None
    return holder.holder if holder else ""


def first_sentence(markdown: str) -> str:
    """The first sentence of a Markdown text, headings left out."""
    lines = (line.strip() for line in markdown.splitlines())
    prose = next((line for line in lines if line and not line.startswith(("#", "-", "*", ">", "|"))), "")
    head, stop, _ = prose.partition(". ")
    return head + stop.rstrip()


def _seat(j: Judgement, seat: Seat) -> SeatView:
    holder = holder_on(j, seat.id, j.as_of)
    sits = (b.id for b in j.portal.all(Body) if any(m.seat == seat.id and m.serves_on(j.as_of) for m in b.members))
    return SeatView(
        ref=ref(j.portal, seat.id),
        function=seat.function,
        holders=tuple(HolderView(h.holder, h.from_, h.to, h.sits_on(j.as_of), h.keys) for h in seat.holders),
        holder=holder,
        bodies=refs(j.portal, sits),
        state=State(Tone.OK, "Held") if holder else State(Tone.BAD, "Vacant"),
    )


def _member(j: Judgement, found: Body, member: Member) -> MemberView:
    return MemberView(
        seat=ref(j.portal, member.seat),
        voting=member.voting,
        chair=member.seat == found.chair.seat,
        since=member.from_,
        until=member.to,
        in_office=member.serves_on(j.as_of),
        holder=holder_on(j, member.seat, j.as_of),
    )


def _charter_state(found: Body, charter: Decision | None, day: date) -> State:
    if charter is None or charter.status == "rejected":
        return State(Tone.BAD, "Not approved")
    if found.effective_from > day:
        return State(Tone.WAIT, "Not in force yet", f"from {found.effective_from}")
    left = (found.review_by - day).days
    if left < 0:
        return State(Tone.WARN, "Review overdue", f"{numbered(-left, 'day')} ago")
    if left <= _REVIEW_SOON:
        return State(Tone.WARN, "Review due soon", f"{numbered(left, 'day')} left")
    return State(Tone.OK, "In force")


def _rhythm(found: Body) -> str:
    """The meeting rule in words; a rule that cannot be read stands as it is written."""
    if found.meets is None:
        return ""
    try:
        words = in_words(found.meets.rrule)
    except ValueError:
        words = found.meets.rrule
    return f"{words}, {found.meets.time:%H:%M}"
