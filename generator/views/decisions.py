"""The decision log, conditions and actions due, and the approval trail of any record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.judgement import Judgement
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition of a decision."""

    decision: Ref
    number: int
    text: str
    owner: Ref
    due: date
    done: date | None
    days: int
    state: State


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action that a decision asks for."""

    decision: Ref
    text: str
    owner: Ref
    due: date
    done: date | None
    plan_item: Ref | None
    state: State


@dataclass(frozen=True, slots=True)
class WaiverView:
    """What a decision waives and until when."""

    decision: Ref
    rule: str
    subject: Ref | None
    until: date | None
    state: State


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in the log."""

    ref: Ref
    type: str
    status: str
    state: State
    date: date
    body: Ref
    votes_for: int | None
    votes_against: int | None
    votes_abstain: int | None
    quorum: int | None
    quorum_met: bool | None
    outcome: str
    gate: Ref | None
    affects: tuple[Ref, ...]
    supersedes: Ref | None
    superseded_by: Ref | None
    conditions: tuple[ConditionView, ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision's page."""

    line: DecisionLine
    body_text: str  # Markdown source
    present: tuple[Ref, ...]
    absent: tuple[Ref, ...]  # voting seats of the body that were not present
    minutes_at: str
    minutes_sha256: str
    right_held: bool | None  # the body holds the A for this type
    accountable: tuple[Ref, ...]
    charter_in_force: bool | None
    actions: tuple[ActionView, ...]
    waivers: tuple[WaiverView, ...]
    budget: tuple[Ref, ...]
    follows: tuple[Ref, ...]  # decisions that name this one


@dataclass(frozen=True, slots=True)
class Approval:
    """One step of an approval trail."""

    day: date
    decision: Ref
    type: str
    status: str
    body: Ref


def decisions(j: Judgement) -> tuple[DecisionLine, ...]:
    """The log, newest first."""
    raise NotImplementedError


def decision_line(j: Judgement, key: str) -> DecisionLine:
    """One decision in short."""
    raise NotImplementedError


def decision(j: Judgement, key: str) -> DecisionView:
    """One decision in full."""
    raise NotImplementedError


def open_conditions(j: Judgement) -> tuple[ConditionView, ...]:
    """Conditions of accepted decisions that are not done, by due date."""
    raise NotImplementedError


def open_actions(j: Judgement) -> tuple[ActionView, ...]:
    """Actions of accepted decisions that are not done, by due date."""
    raise NotImplementedError


def waivers(j: Judgement) -> tuple[WaiverView, ...]:
    """Everything waived by accepted decisions, running ones first."""
    raise NotImplementedError


def approvals(j: Judgement, key: str) -> tuple[Approval, ...]:
    """The decisions that affect a record, newest first."""
    raise NotImplementedError
