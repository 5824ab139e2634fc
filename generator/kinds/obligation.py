"""Obligations with their dated wordings, and the log of regulatory changes."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from generator.kinds.common import Owned
from generator.kinds.links import AnyRef, BodyRef, ObligationRef, OwnerRef
from generator.model.fields import Bool, Date, Markdown, Text
from generator.model.kind import Kind, MarkdownEach, PageSpec, YamlList
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


OBLIGATION = Kind(
    "obligation",
    Obligation,
    YamlList("registers/obligations.yaml"),
    "Obligation",
    "Obligations",
    prefix="obl",
    page=PageSpec("obligations/{id}/"),
    pack_section="obligations",
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
