"""Decisions, with presence, votes, conditions, actions and waivers; scope changes."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Condition, Minutes, Owned, Subject
from generator.kinds.governance import DecisionType
from generator.kinds.links import BodyRef, DecisionRef, GateRef, OwnerRef, PlanItemRef, SeatRef, subject_references
from generator.model.fields import Count, Date, Markdown, Money, Text
from generator.model.judgement import Judgement
from generator.model.kind import Kind, MarkdownEach, PageSpec, Rule, YamlList
from generator.model.record import Administrative, Reference, Value

STANDING = ("accepted", "superseded")
"""The states of a decision that held from its day on, whatever replaced it since."""


class Votes(Value):
    """How a body voted."""

    for_: Count = Field(alias="for", description="Votes for.")
    against: Count = Field(description="Votes against.")
    abstain: Count = Field(description="Abstentions.")

    @property
    def cast(self) -> int:
        """All votes, abstentions included."""
        return self.for_ + self.against + self.abstain


class DecisionAction(Value):
    """Work that a decision sets in motion."""

    text: Text = Field(description="What is done.")
    owner: OwnerRef = Field(description="Who does it.")
    due: Date = Field(description="Last day to do it.")
    done: Date | None = Field(None, description="The day it was done.")
    plan_item: PlanItemRef | None = Field(None, description="The plan item that carries it.")


class Waiver(Value):
    """An exception that a decision grants until a day."""

    rule: Text | None = Field(None, description="Code of the rule that is waived.")
    subject: Subject | None = Field(None, description="Key, prefix ending in / or field that is waived.")
    until: Date | None = Field(None, description="Last day of the exception.")


class Decision(Owned):
    """What a body decided on a day; its facts never change afterwards."""

    title: Text = Field(description="The decision in a few words.")
    type: DecisionType = Field(description="Type of decision; its accountable party stands in decision-rights.csv.")
    status: Annotated[Literal["proposed", "accepted", "rejected", "superseded"], Administrative()] = Field(
        description="State."
    )
    date: Date = Field(description="Day of the decision.")
    body: BodyRef = Field(description="The body that decided.")
    votes: Votes | None = Field(None, description="Votes for, against, abstentions.")
    present: tuple[SeatRef, ...] = Field((), description="Seats that were present.")
    minutes: Minutes | None = Field(None, description="Where the minutes are held.")
    affects: tuple[Subject, ...] = Field((), description="Keys, prefixes ending in / and fields such as kpi-x#target.")
    gate: GateRef | None = Field(None, description="The gate that is decided.")
    outcome: Literal["pass", "pass-with-conditions", "pass-by-exception", "fail"] | None = Field(
        None, description="What the gate's decision is."
    )
    reason: Text | None = Field(None, description="Why a gate passes by exception.")
    amount: Money | None = Field(None, description="Amount decided, for budget decisions.")
    conditions: tuple[Condition, ...] = Field((), description="What must be done for it to stand.")
    actions: tuple[DecisionAction, ...] = Field((), description="Work that it sets in motion.")
    waives: tuple[Waiver, ...] = Field((), description="Exceptions that it grants.")
    supersedes: Annotated[DecisionRef | None, Administrative()] = Field(
        None, description="The decision that it replaces."
    )
    superseded_by: Annotated[DecisionRef | None, Administrative()] = Field(
        None, description="The decision that replaces it."
    )
    text: Markdown | None = Field(None, description="Context, options, decision, consequences.")

    def references(self) -> Iterator[Reference]:
        """Every link, and the records that `affects` names."""
        yield from super().references()
        yield from subject_references(self.affects, "affects")

    def covers(self, key: str, field: str = "") -> bool:
        """Whether `affects` names that record, a prefix of its key, or that field of it."""
        return any(
            subject == key
            or (subject.endswith("/") and key.startswith(subject))
            or (bool(field) and subject == f"{key}#{field}")
            for subject in self.affects
        )


class ScopeChange(Owned):
    """A change of the programme's scope, with its decision."""

    title: Text = Field(description="What changed.")
    date: Date = Field(description="Day of the change.")
    before: Text = Field(description="Scope before.")
    after: Text = Field(description="Scope after.")
    reason: Text = Field(description="Why.")
    decision: DecisionRef = Field(description="The decision.")
    affects: tuple[Subject, ...] = Field((), description="Keys, prefixes ending in / and fields.")

    def references(self) -> Iterator[Reference]:
        """The decision, and the records that `affects` names."""
        yield from super().references()
        yield from subject_references(self.affects, "affects")


def decided(j: Judgement) -> tuple[Decision, ...]:
    """The decisions that have been taken: accepted, rejected, or replaced since."""
    return tuple(decision for decision in j.portal.all(Decision) if decision.status != "proposed")


def _late_conditions(j: Judgement) -> Iterator[Finding]:
    for decision in j.portal.all(Decision):
        if decision.status != "accepted":
            continue
        for index, condition in enumerate(decision.conditions):
            if condition.due < j.as_of and (condition.done is None or condition.done > j.as_of):
                yield Finding(decision.id, ("conditions", index, "due"), {"due": condition.due, "text": condition.text})


def _late_actions(j: Judgement) -> Iterator[Finding]:
    for decision in j.portal.all(Decision):
        for index, action in enumerate(decision.actions):
            if action.due < j.as_of and (action.done is None or action.done > j.as_of):
                yield Finding(decision.id, ("actions", index, "due"), {"due": action.due, "text": action.text})


def _endless(j: Judgement) -> Iterator[Finding]:
    for decision in j.portal.all(Decision):
        for index, waiver in enumerate(decision.waives):
            if waiver.until is None:
                yield Finding(decision.id, ("waives", index), {"what": waiver.rule or waiver.subject or "something"})


def _unrecorded(j: Judgement) -> Iterator[Finding]:
    for decision in decided(j):
        missing = [name for name in ("votes", "present", "minutes") if not getattr(decision, name)]
        if missing:
            yield Finding(decision.id, ("status",), {"status": decision.status, "missing": " and ".join(missing)})


def _no_majority(j: Judgement) -> Iterator[Finding]:
    for decision in decided(j):
        if decision.votes is not None and (decision.votes.for_ <= decision.votes.against) == (
            decision.status != "rejected"
        ):
            values = {"status": decision.status, "for": decision.votes.for_, "against": decision.votes.against}
            yield Finding(decision.id, ("votes",), values)


def _exception_without_reason(j: Judgement) -> Iterator[Finding]:
    for decision in j.portal.all(Decision):
        if decision.outcome == "pass-by-exception" and decision.reason is None:
            yield Finding(decision.id, ("outcome",))


RULES = (
    Rule(
        "DEC002",
        Severity.WARNING,
        "Conditions are met in time",
        "A decision with an unmet condition does not stand.",
        "Enter done, or take the matter back to the body.",
        '{key}: the condition "{text}" was due {due} and is not done',
        _late_conditions,
    ),
    Rule(
        "DEC003",
        Severity.ERROR,
        "Waivers end",
        "An exception without end is a new rule that nobody decided.",
        "Write until, the last day of the exception.",
        "{key} waives {what} without an end date",
        _endless,
    ),
    Rule(
        "DEC005",
        Severity.ERROR,
        "Decisions say who was there and how they voted",
        "Empty is not approved.",
        "Fill in votes, present and minutes.",
        "{key} is {status} and records no {missing}",
        _unrecorded,
    ),
    Rule(
        "DEC006",
        Severity.WARNING,
        "Actions of decisions are done in time",
        "A decision that nobody carries out changes nothing.",
        "Enter done, or move the due date by decision.",
        '{key}: the action "{text}" was due {due} and is not done',
        _late_actions,
    ),
    Rule(
        "DEC008",
        Severity.ERROR,
        "The status follows the votes",
        "What more voted against than for is not accepted.",
        "Correct the votes or the status.",
        "{key} is {status} with {for} for and {against} against",
        _no_majority,
    ),
    Rule(
        "DEC009",
        Severity.ERROR,
        "Exceptions have a reason",
        "A gate that opens although a criterion is not met must say why.",
        "Write reason.",
        "{key} passes by exception and gives no reason",
        _exception_without_reason,
    ),
)


DECISION = Kind(
    "decision",
    Decision,
    MarkdownEach("governance/decisions/dec-*.md"),
    "Decision",
    "Decisions",
    prefix="dec",
    dated="date",
    page=PageSpec("decisions/{id}/"),
    pack_section="decisions",
    immutable=True,
    mutable_fields=frozenset({"status", "conditions", "actions", "superseded_by", "tags", "notes"}),
    rules=RULES,
)
SCOPE_CHANGE = Kind(
    "scope-change",
    ScopeChange,
    YamlList("governance/scope-changes.yaml"),
    "Scope change",
    "Scope changes",
    prefix="scp",
    dated="date",
    page=PageSpec("scope-changes/", anchor=True),
    pack_section="decisions",
)
KINDS = (DECISION, SCOPE_CHANGE)
