"""Rules on bodies and rights: one accountable party a type, charters in force, nobody approves himself."""

from collections import defaultdict
from collections.abc import Iterator
from typing import get_args

from generator.errors import Finding, Severity
from generator.kinds.decision import STANDING, Decision
from generator.kinds.governance import Body, DecisionRight, DecisionType, Responsibility, Sla
from generator.kinds.portal import Settings
from generator.model.judgement import Judgement
from generator.model.kind import Rule

RIGHTS_TABLE = "governance/decision-rights.csv"
LETTERS = {"raci": "RACI", "daci": "DACI"}


def accountable(j: Judgement, decision_type: str) -> tuple[DecisionRight, ...]:
    """The rows that make a party accountable for a type of decision."""
    rows = j.portal.all(DecisionRight)
    return tuple(row for row in rows if row.decision_type == decision_type and row.right == "A")


def _too_many(j: Judgement) -> Iterator[Finding]:
    for decision_type in get_args(DecisionType):
        rows = accountable(j, decision_type)
        if len(rows) > 1:
            values = {"type": decision_type, "n": len(rows), "parties": ", ".join(row.party for row in rows)}
            yield Finding(j.portal.key_of(rows[1]), ("right",), values)


def _nobody_accountable(j: Judgement) -> Iterator[Finding]:
    if not j.portal.all(Body):
        return
    for decision_type in get_args(DecisionType):
        if not accountable(j, decision_type):
            yield Finding(RIGHTS_TABLE, (), {"type": decision_type})


def _activities(j: Judgement) -> Iterator[Finding]:
    rows: dict[str, list[Responsibility]] = defaultdict(list)
    for row in j.portal.all(Responsibility):
        rows[row.activity].append(row)
    for activity, parties in sorted(rows.items()):
        held = [row for row in parties if row.right == "A"]
        if len(held) != 1:
            subject = held[1] if held else parties[0]
            yield Finding(j.portal.key_of(subject), ("right",), {"activity": activity, "n": len(held)})


def _foreign_letters(j: Judgement) -> Iterator[Finding]:
    model = next((settings.model for settings in j.portal.all(Settings)), "raci")
    rows: tuple[DecisionRight | Responsibility, ...] = (*j.portal.all(DecisionRight), *j.portal.all(Responsibility))
    for row in rows:
        if row.right not in LETTERS[model]:
            yield Finding(j.portal.key_of(row), ("right",), {"right": row.right, "model": model.upper()})


def _no_charter(j: Judgement) -> Iterator[Finding]:
    for body in j.portal.all(Body):
        if body.kind == "board" and body.parent is None and body.approved_by is None:
            continue  # the top body's charter is the organisation's own constitution
        if body.approved_by is not None and body.approved_by not in j.portal:
            continue
        decision = j.portal.find(body.approved_by, Decision)
        if decision is None or decision.status not in STANDING or not decision.covers(body.id):
            yield Finding(body.id, ("approved_by",) if body.approved_by else ("id",))


def _own_charter(j: Judgement) -> Iterator[Finding]:
    for body in j.portal.all(Body):
        decision = j.portal.find(body.approved_by, Decision)
        top = body.kind == "board" and body.parent is None
        if decision is not None and decision.body == body.id and not top:
            yield Finding(body.id, ("approved_by",), {"decision": decision.id})


def _late_charter(j: Judgement) -> Iterator[Finding]:
    for body in j.portal.all(Body):
        decision = j.portal.find(body.approved_by, Decision)
        if decision is not None and decision.date > body.effective_from:
            values = {"decision": decision.id, "date": decision.date, "day": body.effective_from}
            yield Finding(body.id, ("effective_from",), values)


def _without_right(j: Judgement) -> Iterator[Finding]:
    held = {(row.decision_type, row.party) for row in j.portal.all(DecisionRight) if row.right in "AR"}
    for sla in j.portal.all(Sla):
        if (sla.decision_type, sla.party) not in held:
            yield Finding(sla.id, ("party",), {"party": sla.party, "type": sla.decision_type})


def _missing_bodies(j: Judgement) -> Iterator[Finding]:
    bodies = j.portal.all(Body)
    if bodies and not any(body.kind == "steering-committee" for body in bodies):
        yield Finding(bodies[0].id, ("kind",))


RULES = (
    Rule(
        "GOV002",
        Severity.ERROR,
        "One party is accountable",
        "Two who answer for it means that nobody does.",
        "Leave A with one party.",
        "{type}: {n} parties are accountable ({parties}); exactly one is needed",
        _too_many,
    ),
    Rule(
        "GOV007",
        Severity.ERROR,
        "Who must decide in time may decide",
        "An SLA for a party without the right cannot be kept.",
        "Give the party the right A or R, or name another party.",
        "{key}: {party} holds no right A or R for {type}",
        _without_right,
    ),
    Rule(
        "GOV009",
        Severity.ERROR,
        "Every type of decision has an accountable party",
        "What nobody may decide is decided by accident.",
        "Add a row with right A.",
        "{type} has no accountable party",
        _nobody_accountable,
    ),
    Rule(
        "GOV010",
        Severity.ERROR,
        "Bodies have an approved charter",
        "A body without a charter has no rights.",
        "Name the accepted decision that approved it, with the body under its affects.",
        "{key} has no charter that an accepted decision approved",
        _no_charter,
    ),
    Rule(
        "GOV011",
        Severity.ERROR,
        "No body approves its own charter",
        "Who sets his own rights has no limits.",
        "Have the parent approve the charter.",
        "{key}: its charter was approved by itself ({decision})",
        _own_charter,
    ),
    Rule(
        "GOV013",
        Severity.ERROR,
        "A charter is approved before it is in force",
        "A body that acts before its approval acts without right.",
        "Move effective_from to the day of the decision or later.",
        "{key}: its charter is in force from {day}, and {decision} approved it on {date}",
        _late_charter,
    ),
    Rule(
        "GOV017",
        Severity.ERROR,
        "Each activity has one accountable party",
        "Learning operations, security and business units must know who answers.",
        "Give exactly one party the right A.",
        "{activity}: {n} parties are accountable; exactly one is needed",
        _activities,
    ),
    Rule(
        "GOV018",
        Severity.ERROR,
        "Rights use one model",
        "RACI and DACI letters mean different things.",
        "Use the letters of the model in portal.yaml.",
        "{key}: {right} is not a letter of {model}",
        _foreign_letters,
    ),
    Rule(
        "GOV020",
        Severity.ERROR,
        "There is a steering committee",
        "Working groups need somebody to report to and to decide.",
        "Add the body of kind steering-committee.",
        "no body is a steering committee",
        _missing_bodies,
    ),
)
