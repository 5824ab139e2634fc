"""Rules on decisions: taken by the right body, with a quorum present, under a charter in force."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from generator.errors import Finding, Severity
from generator.kinds import KINDS
from generator.kinds.budget import BudgetLine
from generator.kinds.change_plan import Sponsor
from generator.kinds.cohort import PilotCharter
from generator.kinds.decision import STANDING, Decision, ScopeChange, decided
from generator.kinds.governance import Body, DecisionRight
from generator.kinds.seat import Seat, SignOff
from generator.model.judgement import Judgement
from generator.model.kind import Nested, Rule
from generator.model.portal import Entry
from generator.model.words import numbered, with_article
from generator.views.budget import approved_under
from generator.views.then import quorum_then, rights_then


def _wrong_body(j: Judgement) -> Iterator[Finding]:
    for decision in decided(j):
        tables = [_holders(table, decision.type) for table in rights_then(j, decision)]
        if all(holders and not _may_decide(j, decision.body, holders) for holders in tables):
            values = {"body": decision.body, "type": with_article(decision.type), "holder": tables[-1][0]}
            yield Finding(decision.id, ("body",), values)


def _holders(table: Iterable[DecisionRight], decision_type: str) -> list[str]:
    return [row.party for row in table if row.decision_type == decision_type and row.right == "A"]


def _may_decide(j: Judgement, body: str, holders: list[str]) -> bool:
    """Whether a body is among the accountable parties, or above one."""
    above = {found.parent for key in holders if (found := j.portal.find(key, Body)) is not None}
    return body in holders or body in above


def _above_limit(j: Judgement) -> Iterator[Finding]:
    for decision in decided(j):
        amount = _granted(j, decision)
        limits = [_limit(table, decision) for table in rights_then(j, decision)]
        if all(limit is not None and amount > limit for limit in limits):
            body = j.portal.find(decision.body, Body)
            values = {"amount": amount, "body": decision.body, "limit": limits[-1]}
            yield Finding(decision.id, ("amount",), values | {"parent": (body and body.parent) or "its parent"})


def _limit(table: Iterable[DecisionRight], decision: Decision) -> Decimal | None:
    """The highest amount that the deciding body may decide by that table; None where there is no limit."""
    own = (row for row in table if (row.decision_type, row.party, row.right) == (decision.type, decision.body, "A"))
    return next((row.limit for row in own), None)


def _granted(j: Judgement, decision: Decision) -> Decimal:
    """What a decision grants: its amount, or the approved budget lines that name it where they add up to more."""
    return max(decision.amount or Decimal(0), approved_under(j).get(decision.id, Decimal(0)))


def _below_quorum(j: Judgement) -> Iterator[Finding]:
    for decision in decided(j):
        quorum = quorum_then(j, decision)
        if quorum is not None and decision.votes is not None and decision.votes.cast < quorum:
            values = {"votes": numbered(decision.votes.cast, "vote"), "body": decision.body, "quorum": quorum}
            yield Finding(decision.id, ("votes",), values)


def _absent_voters(j: Judgement) -> Iterator[Finding]:
    for decision in decided(j):
        body = j.portal.find(decision.body, Body)
        if body is None or decision.votes is None or not decision.present:
            continue
        voting = body.voting_seats(decision.date) & set(decision.present)
        if decision.votes.cast > len(voting):
            yield Finding(
                decision.id,
                ("present",),
                {"votes": numbered(decision.votes.cast, "vote"), "present": numbered(len(voting), "voting seat")},
            )


def first_charter(j: Judgement, body: Body) -> date:
    """The day from which any charter of the body was in force, its past versions included."""
    found = [body.effective_from]
    for step in j.timeline.steps:
        for change in step.changes:
            old = change.old.get("effective_from") if isinstance(change.old, dict) else change.old
            if change.key == body.id and change.field in ((), ("effective_from",)) and isinstance(old, str):
                found.append(date.fromisoformat(old))
    return min(found)


def _before_charter(j: Judgement) -> Iterator[Finding]:
    for decision in decided(j):
        body = j.portal.find(decision.body, Body)
        if body is not None and decision.date < body.effective_from and decision.date < first_charter(j, body):
            values = {"date": decision.date, "body": body.id, "day": body.effective_from}
            yield Finding(decision.id, ("date",), values)


def _nothing_met(j: Judgement) -> Iterator[Finding]:
    holders: tuple[Decision | ScopeChange, ...] = (*j.portal.all(Decision), *j.portal.all(ScopeChange))
    for holder in holders:
        for index, subject in enumerate(holder.affects):
            key, _, field = subject.partition("#")
            entry = j.portal.entry(key) if field else None
            if subject.endswith("/") and not any(entry.key.startswith(subject) for entry in _of_kind(j, subject)):
                yield Finding(holder.id, ("affects", index), {"text": f'no key begins with "{subject}"'})
            elif entry is not None and field.partition(".")[0] not in _field_names(entry):
                text = f'{with_article(entry.kind.name)} has no field "{field}"'
                yield Finding(holder.id, ("affects", index), {"text": text})


def _field_names(entry: Entry) -> frozenset[str]:
    """The fields that a record of that kind may have, nested lists included."""
    nested = {k.shape.at for k in KINDS if isinstance(k.shape, Nested) and k.shape.parent == entry.kind.name}
    written = (info.alias or name for name, info in type(entry.record).model_fields.items())
    return frozenset({*written, *nested})


def _of_kind(j: Judgement, prefix: str) -> tuple[Entry, ...]:
    """The entries of the kind that a key prefix begins with."""
    name = prefix.partition("/")[0]
    return next((j.portal.entries_of(kind.record) for kind in KINDS if kind.name == name), ())


def vacant_day(seat: Seat, first: date, last: date) -> date | None:
    """The first day of the span on which nobody holds the seat."""
    day = first
    while day <= last:
        holder = seat.holder_on(day)
        if holder is None:
            return day
        if holder.to is None:
            return None
        day = holder.to + timedelta(days=1)
    return None


def _acts(j: Judgement) -> Iterator[tuple[str, tuple[str | int, ...], str, date, date, str]]:
    """Record, field, seat, first and last day, and what it did, of every act of a seat."""
    for decision in decided(j):
        for index, seat in enumerate(decision.present):
            yield decision.id, ("present", index), seat, decision.date, decision.date, "decided"
    for sign_off in j.portal.all(SignOff):
        yield sign_off.id, ("seat",), sign_off.seat, sign_off.on, sign_off.on, "signed"
    for charter in j.portal.all(PilotCharter):
        last = min(charter.end, j.as_of)
        yield charter.id, ("sponsor", "seat"), charter.sponsor.seat, charter.start, last, "sponsored"
    for sponsor in j.portal.all(Sponsor):
        last = min(sponsor.to or j.as_of, j.as_of)
        yield sponsor.id, ("seat",), sponsor.seat, sponsor.from_, last, "sponsored"


def _vacant(j: Judgement) -> Iterator[Finding]:
    for key, field, seat_key, first, last, act in _acts(j):
        seat = j.portal.find(seat_key, Seat)
        day = vacant_day(seat, first, last) if seat is not None else None
        if day is not None:
            yield Finding(key, field, {"seat": seat_key, "act": act, "day": day})


def _undecided_lines(j: Judgement) -> Iterator[Finding]:
    for line in j.portal.all(BudgetLine):
        decision = j.portal.find(line.decision, Decision)
        if decision is not None and decision.status not in STANDING:
            yield Finding(line.id, ("decision",), {"decision": decision.id, "status": decision.status})


def _undecided_scope(j: Judgement) -> Iterator[Finding]:
    for change in j.portal.all(ScopeChange):
        decision = j.portal.find(change.decision, Decision)
        if decision is not None and (decision.type != "scope-change" or decision.status == "rejected"):
            text = f"{decision.id} is a decision of type {decision.type}, {decision.status}"
            yield Finding(change.id, ("decision",), {"text": text})


RULES = (
    Rule(
        "GOV003",
        Severity.ERROR,
        "Decisions are taken by who holds the right",
        "A decision of the wrong body binds nobody.",
        "Take it to the body that is accountable.",
        "{key}: {body} decided {type}; {holder} holds that right",
        _wrong_body,
    ),
    Rule(
        "GOV005",
        Severity.ERROR,
        "A quorum was there",
        "Below its quorum a body cannot decide.",
        "Repeat the vote, or correct the record.",
        "{key}: {votes}, quorum of {body} is {quorum}",
        _below_quorum,
    ),
    Rule(
        "GOV012",
        Severity.ERROR,
        "A charter was in force",
        "Before its charter a body has no rights.",
        "Repeat the decision, or correct the dates.",
        "{key} was taken {date}, before a charter of {body} was in force ({day})",
        _before_charter,
    ),
    Rule(
        "GOV014",
        Severity.ERROR,
        "Who votes is there and has a vote",
        "More votes than voters is a wrong record.",
        "Correct votes or present; guests have no vote.",
        "{key}: {votes}, but {present} present",
        _absent_voters,
    ),
    Rule(
        "GOV015",
        Severity.ERROR,
        "Amounts stay within the limit",
        "Above its limit a body prepares, and its parent decides.",
        "Take it to the parent.",
        "{key}: {amount} is above the limit of {body} ({limit}); {parent} decides",
        _above_limit,
    ),
    Rule(
        "DEC007",
        Severity.ERROR,
        "Decisions are about something",
        "A decision about nothing approves nothing.",
        "Correct the prefix or the field.",
        "{key}: {text}",
        _nothing_met,
    ),
    Rule(
        "SEA001",
        Severity.ERROR,
        "Seats that act are held",
        "A vacant seat cannot decide, sign or sponsor.",
        "Enter the holder of that day, or correct the record.",
        "{key}: {seat} {act} on {day}, when nobody held the seat",
        _vacant,
    ),
    Rule(
        "BUD003",
        Severity.ERROR,
        "Budget lines rest on an accepted decision",
        "Money follows decisions.",
        "Name the accepted decision.",
        "{key}: {decision} is {status}",
        _undecided_lines,
    ),
    Rule(
        "SCP001",
        Severity.ERROR,
        "Scope changes rest on a decision of that type",
        "The scope of a programme is changed by who holds that right.",
        "Name an accepted decision of type scope-change.",
        "{key}: {text}",
        _undecided_scope,
    ),
)
