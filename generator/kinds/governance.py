"""Bodies with their charters, decision rights, RACI, SLAs and escalation paths."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned, SeatHolder
from generator.kinds.links import BodyRef, DecisionRef, EscalationRef, PartyRef, SeatRef
from generator.model.fields import Bool, Count, Date, Markdown, Number, Semver, Text, Time, Timezone
from generator.model.judgement import Judgement
from generator.model.kind import CsvTable, Kind, MarkdownEach, PageSpec, Rule, YamlList
from generator.model.record import Administrative, Entity, Row, Value
from generator.model.words import numbered, with_article

DecisionType = Literal[
    "charter",
    "module-sign-off",
    "kpi-target",
    "phase-gate",
    "budget",
    "scope-change",
    "waiver",
    "regulatory-interpretation",
    "risk-acceptance",
]


CHARTER_HEADINGS = ("Purpose", "In scope", "Out of scope", "Deliverables")


class Member(Value):
    """A seat in a body for some time."""

    seat: SeatRef = Field(description="The seat, sea-…")
    voting: Bool = Field(description="Whether it votes.")
    from_: Date = Field(alias="from", description="First day of the term.")
    to: Date | None = Field(None, description="Last day of the term; empty means open.")

    def serves_on(self, day: date) -> bool:
        """Whether the term covers that day."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Meeting(Value):
    """When a body meets."""

    rrule: Text = Field(description="RFC 5545 rule, such as FREQ=MONTHLY;BYDAY=2TH.")
    time: Time = Field(description="Start, hh:mm.")
    timezone: Timezone = Field(description="Time zone of the start.")


class Body(Owned):
    """A body and its charter."""

    title: Text = Field(description="Name of the body.")
    kind: Literal["board", "steering-committee", "working-group", "advisory", "audit-observer"] = Field(
        description="Kind of body."
    )
    workstream: Literal["curriculum", "tech-delivery", "compliance"] | None = Field(
        None, description="What a working group carries out."
    )
    parent: BodyRef | None = Field(None, description="The body it reports to; empty for the top.")
    charter_version: Semver = Field(description="Version of the charter.")
    approved_by: Annotated[DecisionRef | None, Administrative()] = Field(
        None, description="Decision that approved the charter."
    )
    effective_from: Date = Field(description="First day the charter is in force.")
    review_by: Annotated[Date, Administrative()] = Field(description="Day by which the charter is reviewed.")
    chair: SeatHolder = Field(description="The seat in the chair.")
    members: tuple[Member, ...] = Field(description="Seats with vote and term; the chair stands here too.")
    quorum: Count = Field(gt=0, description="Votes needed for a decision.")
    meets: Meeting | None = Field(None, description="When it meets.")
    text: Markdown | None = Field(None, description="Purpose, scope, out of scope, deliverables.")

    def voting_seats(self, day: date) -> frozenset[str]:
        """The seats that vote on that day."""
        return frozenset(member.seat for member in self.members if member.voting and member.serves_on(day))


class DecisionRight(Row):
    """What a party may do about a type of decision."""

    decision_type: DecisionType = Field(description="Type of decision.")
    party: PartyRef = Field(description="Body, role or seat.")
    right: Literal["R", "A", "C", "I", "D"] = Field(
        description="Responsible, accountable, consulted, informed; D drives in DACI."
    )
    limit: Number | None = Field(None, description="Highest amount that it may decide; above, the parent decides.")


class Responsibility(Row):
    """What a party does in an activity."""

    activity: Text = Field(description="The activity, such as configure-lms.")
    party: PartyRef = Field(description="Body, role or seat.")
    right: Literal["R", "A", "C", "I", "D"] = Field(
        description="Responsible, accountable, consulted, informed; D drives in DACI."
    )


class Sla(Owned):
    """How soon a party decides."""

    title: Text | None = Field(None, description="Name of the SLA.")
    decision_type: DecisionType = Field(description="Type of decision.")
    party: PartyRef = Field(description="Who must decide in time.")
    target_days: Count = Field(gt=0, description="Days until the decision.")
    clock: Literal["business", "calendar"] = Field(description="Business days follow the committed calendar.")
    escalation: EscalationRef = Field(description="Where it goes when the time is over.")


class EscalationStep(Value):
    """Where a matter goes after some days."""

    after_days: Count = Field(description="Days after the target.")
    to: PartyRef = Field(description="Who takes it.")


class Escalation(Entity):
    """A path upwards."""

    title: Text = Field(description="Name of the path.")
    steps: tuple[EscalationStep, ...] = Field(min_length=1, description="Steps in order; the last is the top body.")


def _quorum(j: Judgement) -> Iterator[Finding]:
    for body in j.portal.all(Body):
        voting = len(body.voting_seats(j.as_of))
        if body.effective_from <= j.as_of and body.quorum > voting:
            yield Finding(body.id, ("quorum",), {"quorum": body.quorum, "voting": voting})


def _charter_review(j: Judgement) -> Iterator[Finding]:
    for body in j.portal.all(Body):
        if body.review_by < j.as_of:
            yield Finding(body.id, ("review_by",), {"day": body.review_by})


def _steps(j: Judgement) -> Iterator[Finding]:
    for path in j.portal.all(Escalation):
        for index, (one, other) in enumerate(itertools.pairwise(path.steps), start=1):
            if other.after_days <= one.after_days:
                days = numbered(other.after_days, "day")
                text = f"step {index + 1} comes after {days}, the one before after {one.after_days}"
                yield Finding(path.id, ("steps", index, "after_days"), {"text": text})
        last = path.steps[-1].to
        body = j.portal.find(last, Body)
        if body is None or not (body.parent is None or body.kind in TOP):
            text = f"it ends at {last}, not at the steering committee or the board"
            yield Finding(path.id, ("steps", len(path.steps) - 1, "to"), {"text": text})


def _orphans(j: Judgement) -> Iterator[Finding]:
    for body in j.portal.all(Body):
        if body.parent is None and body.kind in ("working-group", "advisory"):
            yield Finding(body.id, ("kind",), {"kind": with_article(body.kind)})


def _outside_chair(j: Judgement) -> Iterator[Finding]:
    for body in j.portal.all(Body):
        if body.effective_from <= j.as_of and body.chair.seat not in {
            m.seat for m in body.members if m.serves_on(j.as_of)
        }:
            yield Finding(body.id, ("chair", "seat"), {"seat": body.chair.seat})


TOP = ("board", "steering-committee")
RULES = (
    Rule(
        "GOV001",
        Severity.ERROR,
        "A quorum can be reached",
        "A body that can never decide stops the programme.",
        "Lower the quorum or add voting seats.",
        "{key}: quorum {quorum} is above its {voting} voting seats",
        _quorum,
    ),
    Rule(
        "GOV004",
        Severity.WARNING,
        "Charters are reviewed in time",
        "A charter describes the body of the day it was written.",
        "Review the charter and move review_by.",
        "{key}: its charter was to be reviewed by {day}",
        _charter_review,
    ),
    Rule(
        "GOV008",
        Severity.ERROR,
        "Escalation rises to the top",
        "A path that goes back or ends half-way leaves a matter with nobody.",
        "Order the steps by days and end at the steering committee.",
        "{key}: {text}",
        _steps,
    ),
    Rule(
        "GOV016",
        Severity.ERROR,
        "Working groups report to a body",
        "A group without a parent answers to nobody.",
        "Name the body it reports to under parent.",
        "{key} is {kind} and reports to no body",
        _orphans,
    ),
    Rule(
        "GOV019",
        Severity.ERROR,
        "The chair is a member",
        "A chair whose term has ended cannot lead a meeting.",
        "Add the seat to members, or name another chair.",
        "{key}: its chair {seat} is not a member on that day",
        _outside_chair,
    ),
)


BODY = Kind(
    "body",
    Body,
    MarkdownEach("governance/bodies/bod-*.md"),
    "Body",
    "Bodies",
    prefix="bod",
    page=PageSpec("governance/{id}/"),
    pack_section="charters",
    rules=RULES,
)
DECISION_RIGHT = Kind(
    "decision-right",
    DecisionRight,
    CsvTable("governance/decision-rights.csv", sort=("decision_type", "party")),
    "Decision right",
    "Decision rights",
    key=("decision_type", "party"),
    page=PageSpec("decision-rights/", anchor=True),
    pack_section="decision-rights",
)
RACI = Kind(
    "raci",
    Responsibility,
    CsvTable("governance/raci.csv", sort=("activity", "party")),
    "Responsibility",
    "RACI",
    key=("activity", "party"),
    page=PageSpec("decision-rights/", anchor=True),
    pack_section="decision-rights",
)
SLA = Kind(
    "sla",
    Sla,
    YamlList("governance/sla.yaml", at="slas"),
    "SLA",
    "SLAs",
    prefix="sla",
    page=PageSpec("sla/", anchor=True),
    pack_section="decision-rights",
)
ESCALATION = Kind(
    "escalation",
    Escalation,
    YamlList("governance/sla.yaml", at="escalations"),
    "Escalation path",
    "Escalation paths",
    prefix="esc",
    page=PageSpec("sla/", anchor=True),
    pack_section="decision-rights",
)
KINDS = (BODY, DECISION_RIGHT, RACI, SLA, ESCALATION)
