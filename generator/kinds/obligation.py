"""Obligations with their dated wordings, and the log of regulatory changes."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned
from generator.kinds.links import AnyRef, BodyRef, ObligationRef, OwnerRef
from generator.model.fields import Bool, Date, Markdown, Text
from generator.model.judgement import Judgement
from generator.model.kind import Kind, MarkdownEach, PageSpec, Rule, YamlList
from generator.model.record import Administrative, Value

Evidence = Literal[
    "training-plan",
    "role-mapping",
    "curriculum",
    "completion-records",
    "certification-records",
    "oversight-role-register",
    "content-versions",
    "review-record",
    "board-record",
]


class Wording(Value):
    """What an obligation says between two days, in our own words."""

    from_: Date = Field(alias="from", description="First day in force.")
    to: Date | None = Field(None, description="Last day in force; empty means open.")
    summary: Text = Field(description="What it asks, in our own words.")
    source: Text = Field(description="Where the wording is published.")
    verified: Date = Field(description="The day the wording was checked.")
    verification: Literal["primary", "secondary"] = Field(description="Whether the source itself was read.")

    def in_force(self, day: date) -> bool:
        """Whether the wording is in force on that day."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Obligation(Owned):
    """A duty from law, supervision, standard, contract or policy; its status follows from the dates."""

    title: Text = Field(description="Short name of the duty.")
    instrument: Text = Field(description="The act, guidance or contract.")
    citation: Text = Field(description="Article, clause or section.")
    kind: Literal["law", "regulation", "guidance", "standard", "contract", "internal-policy"] = Field(
        description="Kind of source."
    )
    force: Literal["binding", "supervisory", "voluntary"] = Field(description="How binding it is.")
    jurisdiction: Text = Field(description="Where it applies.")
    interpreter: BodyRef = Field(description="The body that says what it means for us.")
    versions: tuple[Wording, ...] = Field(min_length=1, description="Wordings in order of time.")
    evidence: tuple[Evidence, ...] = Field((), description="What shows that it is met.")
    superseded_by: Annotated[ObligationRef | None, Administrative()] = Field(
        None, description="The obligation that follows it."
    )

    def wording_on(self, day: date) -> Wording | None:
        """The wording in force on that day, or None."""
        return next((wording for wording in self.versions if wording.in_force(day)), None)

    @property
    def applies_from(self) -> date:
        """First day of the first wording."""
        return min(wording.from_ for wording in self.versions)

    @property
    def ended(self) -> date | None:
        """The last day of the last wording, or None while it is open."""
        last = max(self.versions, key=lambda wording: wording.from_)
        return last.to


class Action(Value):
    """Something that follows from a regulatory change."""

    text: Text = Field(description="What is done.")
    owner: OwnerRef = Field(description="Who does it.")
    due: Date = Field(description="Last day to do it.")
    status: Literal["open", "done"] = Field(description="State of the action.")
    done: Date | None = Field(None, description="The day it was done.")


class RegulatoryChange(Owned):
    """A change in what is asked of us, and its assessment."""

    title: Text = Field(description="What changes.")
    obligation: ObligationRef = Field(description="The obligation that changes.")
    instrument: Text = Field(description="The act that changes it.")
    published: Date = Field(description="Day of publication; the clock starts here.")
    in_force: Date = Field(description="First day in force.")
    status: Literal["received", "in-assessment", "assessed", "not-applicable"] = Field(
        description="State of the assessment."
    )
    assessed_on: Date | None = Field(None, description="Day of the assessment.")
    assessed_by: BodyRef | None = Field(None, description="The body that assessed it.")
    impact: Literal["none", "low", "medium", "high"] | None = Field(None, description="Weight for the programme.")
    decision_needed: Bool = Field(default=False, description="Whether a decision must follow.")
    actions: tuple[Action, ...] = Field((), description="What follows.")
    affects: tuple[AnyRef, ...] = Field((), description="Records that must change.")
    text: Markdown | None = Field(None, description="What the change means for us.")


def _gap_or_overlap(j: Judgement) -> Iterator[Finding]:
    for obligation in j.portal.all(Obligation):
        for index, (one, other) in enumerate(itertools.pairwise(obligation.versions), start=1):
            if one.to is None or other.from_ != one.to + timedelta(days=1):
                values = {"to": one.to or "an open end", "from": other.from_}
                yield Finding(obligation.id, ("versions", index, "from"), values)


def _ends_before(j: Judgement) -> Iterator[Finding]:
    for obligation in j.portal.all(Obligation):
        for index, wording in enumerate(obligation.versions):
            if wording.to is not None and wording.to < wording.from_:
                yield Finding(obligation.id, ("versions", index, "to"), {"to": wording.to, "from": wording.from_})


def _second_hand(j: Judgement) -> Iterator[Finding]:
    for obligation in j.portal.all(Obligation):
        for index, wording in enumerate(obligation.versions):
            if wording.in_force(j.as_of) and wording.verification == "secondary":
                field = ("versions", index, "verification")
                yield Finding(obligation.id, field, {"verified": wording.verified})


def _no_such_wording(j: Judgement) -> Iterator[Finding]:
    for change in j.portal.all(RegulatoryChange):
        obligation = j.portal.find(change.obligation, Obligation)
        if obligation is None or change.status == "not-applicable":
            continue
        starts = {wording.from_ for wording in obligation.versions}
        ends = {wording.to + timedelta(days=1) for wording in obligation.versions if wording.to}
        if change.in_force not in starts | ends:
            yield Finding(change.id, ("in_force",), {"day": change.in_force, "obligation": obligation.id})


def _unassessed(j: Judgement) -> Iterator[Finding]:
    for change in j.portal.all(RegulatoryChange):
        assessed = change.status == "assessed" and change.assessed_on is not None and change.assessed_on <= j.as_of
        if change.in_force <= j.as_of and not assessed and change.status != "not-applicable":
            yield Finding(change.id, ("status",), {"day": change.in_force})


def _half_assessed(j: Judgement) -> Iterator[Finding]:
    for change in j.portal.all(RegulatoryChange):
        if change.status == "assessed":
            missing = [name for name in ("assessed_on", "assessed_by", "impact") if getattr(change, name) is None]
            if missing:
                yield Finding(change.id, ("status",), {"missing": " and ".join(missing)})


def _late_actions(j: Judgement) -> Iterator[Finding]:
    for change in j.portal.all(RegulatoryChange):
        for index, action in enumerate(change.actions):
            undone = action.status == "open" or (action.done is not None and action.done > j.as_of)
            if undone and action.due < j.as_of:
                yield Finding(change.id, ("actions", index, "due"), {"due": action.due})


RULES = (
    Rule(
        "OBL001",
        Severity.ERROR,
        "Wordings follow each other without gap or overlap",
        "On every day exactly one wording must say what was asked.",
        "Correct the dates so that each wording starts on the day after the one before.",
        "{key}: version to {to} is followed by one from {from}; they must meet without gap or overlap",
        _gap_or_overlap,
    ),
    Rule(
        "OBL004",
        Severity.WARNING,
        "Wordings are checked at the source",
        "A summary of a summary may be wrong; the reader must know.",
        "Read the published act, then set verification to primary.",
        "{key}: wording in force was checked against a secondary source only ({verified})",
        _second_hand,
    ),
    Rule(
        "OBL006",
        Severity.ERROR,
        "A wording ends after it starts",
        "A wording that ends before it starts is never in force.",
        "Correct the dates.",
        "{key}: a wording ends {to}, before it starts {from}",
        _ends_before,
    ),
    Rule(
        "REG001",
        Severity.ERROR,
        "A regulatory change shows in the obligation",
        "A change that no wording follows is read by nobody.",
        "Add the wording from that day, or correct the day.",
        "{key}: in force {day}, but {obligation} has no version from that day",
        _no_such_wording,
    ),
    Rule(
        "REG002",
        Severity.ERROR,
        "Changes in force are assessed",
        "From that day on we are bound by something that nobody has read.",
        "Assess it and enter assessed_on, assessed_by and impact.",
        "{key} has been in force since {day} and is not assessed",
        _unassessed,
    ),
    Rule(
        "REG004",
        Severity.WARNING,
        "Actions on changes are done in time",
        "An assessment without its actions changes nothing.",
        "Set the action to done, or move its due date.",
        "{key}: an action was due {due} and is open",
        _late_actions,
    ),
    Rule(
        "REG005",
        Severity.ERROR,
        "An assessment says when, by whom and how much",
        "Empty is not assessed.",
        "Fill in the missing fields.",
        "{key} is assessed without {missing}",
        _half_assessed,
    ),
)


OBLIGATION = Kind(
    "obligation",
    Obligation,
    YamlList("registers/obligations.yaml"),
    "Obligation",
    "Obligations",
    prefix="obl",
    page=PageSpec("obligations/{id}/"),
    pack_section="obligations",
    rules=RULES,
)
REGULATORY_CHANGE = Kind(
    "regulatory-change",
    RegulatoryChange,
    MarkdownEach("regulatory/rgc-*.md"),
    "Regulatory change",
    "Regulatory changes",
    prefix="rgc",
    dated="published",
    page=PageSpec("regulatory/{id}/"),
    pack_section="regulatory-changes",
)
KINDS = (OBLIGATION, REGULATORY_CHANGE)
