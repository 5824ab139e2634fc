"""The decision log, conditions and actions due, and the approval trail of any record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.budget import BudgetLine
from generator.kinds.common import Condition
from generator.kinds.decision import Decision, Waiver
from generator.kinds.governance import Body, DecisionRight
from generator.model.judgement import Judgement
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, due_state, ref, refs
from generator.views.then import quorum_then


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


_STATES = {
    "accepted": State(Tone.OK, "Accepted"),
    "proposed": State(Tone.WAIT, "Proposed"),
    "rejected": State(Tone.MUTE, "Rejected"),
    "superseded": State(Tone.MUTE, "Superseded"),
}


@remembered
def decisions(j: Judgement) -> tuple[DecisionLine, ...]:
    """The log, newest first."""
    lines = [decision_line(j, found.id) for found in j.portal.all(Decision)]
    return tuple(sorted(lines, key=lambda line: (line.date, line.ref.key), reverse=True))


@remembered
def decision_line(j: Judgement, key: str) -> DecisionLine:
    """One decision in short."""
    found = _decision(j, key)
    quorum = quorum_then(j, found)
    cast = found.votes.cast if found.votes else None
    return DecisionLine(
        ref=ref(j.portal, key),
        type=found.type,
        status=found.status,
        state=_STATES[found.status],
        date=found.date,
        body=ref(j.portal, found.body),
        votes_for=found.votes.for_ if found.votes else None,
        votes_against=found.votes.against if found.votes else None,
        votes_abstain=found.votes.abstain if found.votes else None,
        quorum=quorum,
        quorum_met=None if cast is None or quorum is None else cast >= quorum,
        outcome=found.outcome or "",
        gate=ref(j.portal, found.gate) if found.gate else None,
        affects=tuple(_subject(j, subject) for subject in found.affects),
        supersedes=ref(j.portal, found.supersedes) if found.supersedes else None,
        superseded_by=ref(j.portal, found.superseded_by) if found.superseded_by else None,
        conditions=tuple(_condition(j, key, number, c) for number, c in enumerate(found.conditions, 1)),
    )


@remembered
def decision(j: Judgement, key: str) -> DecisionView:
    """One decision in full."""
    found = _decision(j, key)
    body = j.portal.find(found.body, Body)
    voting = body.voting_seats(found.date) if body else frozenset[str]()
    accountable = [r.party for r in j.portal.all(DecisionRight) if r.decision_type == found.type and r.right == "A"]
    return DecisionView(
        line=decision_line(j, key),
        body_text=found.text or "",
        present=refs(j.portal, found.present),
        absent=refs(j.portal, sorted(voting - set(found.present))),
        minutes_at=found.minutes.held_at if found.minutes else "",
        minutes_sha256=(found.minutes.sha256 or "") if found.minutes else "",
        right_held=found.body in accountable if accountable else None,
        accountable=refs(j.portal, accountable),
        charter_in_force=body.effective_from <= found.date if body else None,
        actions=tuple(
            ActionView(
                ref(j.portal, key),
                action.text,
                ref(j.portal, action.owner),
                action.due,
                action.done,
                ref(j.portal, action.plan_item) if action.plan_item else None,
                due_state(action.due, action.done, j.as_of),
            )
            for action in found.actions
        ),
        waivers=tuple(_waiver(j, key, waiver) for waiver in found.waives),
        budget=refs(j.portal, (line.id for line in j.portal.all(BudgetLine) if line.decision == key)),
        follows=refs(j.portal, sorted(e.source for e in j.portal.incoming(key) if e.source.startswith("dec-"))),
    )


@remembered
def open_conditions(j: Judgement) -> tuple[ConditionView, ...]:
    """Conditions of accepted decisions that are not done, by due date."""
    found = [c for line in decisions(j) if line.status == "accepted" for c in line.conditions]
    return tuple(sorted((c for c in found if not c.state.good), key=lambda c: (c.due, c.decision.key, c.number)))


@remembered
def open_actions(j: Judgement) -> tuple[ActionView, ...]:
    """Actions of accepted decisions that are not done, by due date."""
    accepted = [line.ref.key for line in decisions(j) if line.status == "accepted"]
    found = [action for key in accepted for action in decision(j, key).actions if not action.state.good]
    return tuple(sorted(found, key=lambda action: (action.due, action.decision.key, action.text)))


@remembered
def waivers(j: Judgement) -> tuple[WaiverView, ...]:
    """Everything waived by accepted decisions, running ones first."""
    accepted = [line.ref.key for line in decisions(j) if line.status == "accepted"]
    found = [waiver for key in accepted for waiver in decision(j, key).waivers]
    return tuple(sorted(found, key=lambda w: (w.state.tone is Tone.MUTE, w.until or date.max, w.decision.key)))


@remembered
def approvals(j: Judgement, key: str) -> tuple[Approval, ...]:
    """The decisions that affect a record, newest first."""
    found = [d for d in j.portal.all(Decision) if d.gate == key or _touches(d, key)]
    found.sort(key=lambda d: (d.date, d.id), reverse=True)
    return tuple(Approval(d.date, ref(j.portal, d.id), d.type, d.status, ref(j.portal, d.body)) for d in found)


def _touches(found: Decision, key: str) -> bool:
    return found.covers(key) or any(subject.partition("#")[0] == key for subject in found.affects)


def _decision(j: Judgement, key: str) -> Decision:
    found = j.portal.find(key, Decision)
    if found is None:
        raise KeyError(key)
    return found


def _condition(j: Judgement, key: str, number: int, condition: Condition) -> ConditionView:
    return ConditionView(
        ref(j.portal, key),
        number,
        condition.text,
        ref(j.portal, condition.owner),
        condition.due,
        condition.done,
        (condition.due - j.as_of).days,
        due_state(condition.due, condition.done, j.as_of),
    )


def _waiver(j: Judgement, key: str, waiver: Waiver) -> WaiverView:
    if waiver.until is None:
        state = State(Tone.BAD, "No end")
    elif waiver.until < j.as_of:
        state = State(Tone.MUTE, "Ended")
    else:
        state = State(Tone.WARN, "Running")
    subject = _subject(j, waiver.subject) if waiver.subject else None
    return WaiverView(ref(j.portal, key), waiver.rule or "", subject, waiver.until, state)


def _subject(j: Judgement, subject: str) -> Ref:
    """A key, a field of a record ("Completion rate, target"), or every record below a prefix."""
    key, _, field = subject.partition("#")
    if subject.endswith("/"):
        _, _, rest = subject.rstrip("/").partition("/")
        first = ref(j.portal, rest.partition("/")[0])
        sort = "Matrix" if subject.startswith("matrix/") else subject.partition("/")[0]
        return Ref(subject, f"{sort}: {first.title or 'all'}", first.url, first.kind)
    found = ref(j.portal, key)
    return Ref(subject, f"{found.title}, {field}", found.url, found.kind) if field else found
