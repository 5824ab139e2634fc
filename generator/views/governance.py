"""Who decides what, by when: bodies with their charters, seats and holders, rights, time limits, escalation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.judgement import Judgement
from generator.views.calendar import MeetingView
from generator.views.shown import Ref, State


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
class RightsRow:
    """One type of decision (or activity) and the letter each party holds, in the order of the columns."""

    subject: str
    letters: tuple[str, ...]
    limits: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class RightsTable:
    """Decision rights or RACI as a pivot."""

    parties: tuple[Ref, ...]
    rows: tuple[RightsRow, ...]


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Who takes a matter after so many days."""

    after_days: int
    to: Ref


@dataclass(frozen=True, slots=True)
class EscalationView:
    """An escalation path."""

    ref: Ref
    steps: tuple[EscalationStep, ...]


@dataclass(frozen=True, slots=True)
class SlaView:
    """A time limit for a type of decision."""

    ref: Ref
    decision_type: str
    party: Ref
    target_days: int
    clock: str
    escalation: EscalationView | None


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """A matter on the clock: how many days are used of how many, with whom it lies now."""

    ref: Ref
    text: str
    sla: Ref
    party: Ref
    since: date
    used: int
    allowed: int
    clock: str
    due: date | None
    now_with: Ref
    state: State


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


def bodies(j: Judgement) -> tuple[BodyView, ...]:
    """Every body, from the top down."""
    raise NotImplementedError


def body(j: Judgement, key: str) -> BodyView:
    """One body."""
    raise NotImplementedError


def tiers(j: Judgement) -> tuple[Tier, ...]:
    """The map of governance, top tier first."""
    raise NotImplementedError


def decision_rights(j: Judgement) -> RightsTable:
    """Decision types by party."""
    raise NotImplementedError


def raci(j: Judgement) -> RightsTable:
    """Activities by party."""
    raise NotImplementedError


def slas(j: Judgement) -> tuple[SlaView, ...]:
    """Every time limit."""
    raise NotImplementedError


def open_matters(j: Judgement) -> tuple[OpenMatter, ...]:
    """Proposed decisions, lapsed sign-offs and unassessed regulatory changes on their clocks, breached ones first."""
    raise NotImplementedError


def escalations(j: Judgement) -> tuple[EscalationView, ...]:
    """Every escalation path."""
    raise NotImplementedError


def seats(j: Judgement) -> tuple[SeatView, ...]:
    """Every seat, by title."""
    raise NotImplementedError


def holder_on(j: Judgement, seat: str, day: date) -> str:
    """Who held a seat on a day (a pseudonym); empty when vacant."""
    raise NotImplementedError


def accountable_for(j: Judgement, decision_type: str, letter: str = "A") -> tuple[Ref, ...]:
    """The parties that hold that letter for a type of decision."""
    raise NotImplementedError
