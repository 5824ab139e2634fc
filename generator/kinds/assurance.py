"""Reviews of the programme, audit findings, evidence packs, notes."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from generator.errors import Finding, Severity
from generator.kinds.common import Owned
from generator.kinds.links import (
    AnyRef,
    BodyRef,
    DecisionRef,
    KpiRef,
    ObligationRef,
    OwnerRef,
    PackRef,
    PhaseRef,
    RoleRef,
)
from generator.model.fields import Date, Id, Markdown, Text
from generator.model.judgement import Judgement
from generator.model.kind import Kind, MarkdownEach, PageSpec, Rule, YamlEach, YamlList
from generator.model.record import Administrative, Entity, Link, Value

SECTIONS = (
    "cover",
    "roadmap",
    "gates",
    "charters",
    "decision-rights",
    "decisions",
    "curriculum-matrix",
    "modules",
    "permissions",
    "obligations",
    "regulatory-changes",
    "risks",
    "competencies",
    "kpi",
    "incidents",
    "lessons",
    "communications",
    "change-log",
    "open-warnings",
    "manifest",
    "how-to-verify",
)
Section = Annotated[str, WithJsonSchema({"type": "string", "enum": list(SECTIONS)})]


class Review(Entity):
    """A review of the programme: each quarter at first, then each year."""

    title: Text = Field(description="Name of the review.")
    cadence: Literal["quarterly", "annually"] = Field(description="Which clock it belongs to.")
    period: Text = Field(description="The period, such as 2026-Q1.")
    body: BodyRef = Field(description="The body that holds it.")
    due: Date = Field(description="Last day to hold it.")
    held: Date | None = Field(None, description="The day it was held.")
    kpis: tuple[KpiRef, ...] = Field((), description="KPIs that were looked at.")
    decisions: tuple[DecisionRef, ...] = Field((), description="Decisions that followed.")
    findings: tuple[Text, ...] = Field((), description="What was found.")


class AuditFinding(Entity):
    """What an auditor or a reviewer raised, and what was agreed."""

    title: Text = Field(description="The finding in a few words.")
    raised_by: Annotated[Id, Link("seat", "body"), Field(description="Who raised it.")]
    raised: Date = Field(description="The day it was raised.")
    pack: PackRef | None = Field(None, description="The pack it is about.")
    severity: Literal["high", "medium", "low"] = Field(description="Weight.")
    text: Text = Field(description="What was found.")
    owner: Annotated[OwnerRef, Administrative()] = Field(description="Who settles it.")
    agreed_action: Text = Field(description="What was agreed.")
    due: Date = Field(description="Last day to settle it.")
    status: Annotated[Literal["open", "closed"], Administrative()] = Field(description="State.")
    closed: Date | None = Field(None, description="The day it was closed.")
    closure_evidence: tuple[AnyRef, ...] = Field((), description="Records that prove it.")


class Filter(Value):
    """What a pack is narrowed to; empty means everything."""

    phases: tuple[PhaseRef, ...] = Field((), description="Only these phases.")
    roles: tuple[RoleRef, ...] = Field((), description="Only these roles.")
    obligations: tuple[ObligationRef, ...] = Field((), description="Only these obligations.")


class Pack(Owned):
    """An evidence pack to be issued; whether it was, only the ledger says."""

    title: Text = Field(description="Title on the cover.")
    as_of: Date = Field(description="The day it speaks of.")
    recipients: tuple[Text, ...] = Field(description="Who gets it: functions, never persons.")
    sections: tuple[Section, ...] = Field(description="Sections in order.")
    filter: Filter = Field(Filter(), description="What it is narrowed to.")


class Note(Owned):
    """What nobody computes with, but someone will ask for."""

    title: Text = Field(description="Title of the note.")
    topic: Literal["pain-point", "early-win", "stakeholder", "context", "source", "method", "explained-warning"] = (
        Field(description="What it is about.")
    )
    links: tuple[AnyRef, ...] = Field((), description="Records it is about.")
    text: Markdown | None = Field(None, description="The note.")


def _unsettled(j: Judgement) -> Iterator[Finding]:
    for finding in j.portal.all(AuditFinding):
        closed = finding.closed is not None and finding.closed <= j.as_of and finding.closure_evidence
        if finding.due < j.as_of and not closed:
            yield Finding(finding.id, ("due",), {"due": finding.due})


def _closed_without_evidence(j: Judgement) -> Iterator[Finding]:
    for finding in j.portal.all(AuditFinding):
        if finding.status == "closed" and (finding.closed is None or not finding.closure_evidence):
            yield Finding(finding.id, ("status",))


def _unknown_section(j: Judgement) -> Iterator[Finding]:
    for pack in j.portal.all(Pack):
        for index, section in enumerate(pack.sections):
            if section not in SECTIONS:
                close = get_close_matches(section, SECTIONS, n=1)
                hint = f'; did you mean "{close[0]}"?' if close else ""
                yield Finding(pack.id, ("sections", index), {"section": section, "hint": hint})


def _review_not_held(j: Judgement) -> Iterator[Finding]:
    for review in j.portal.all(Review):
        if review.due < j.as_of and (review.held is None or review.held > j.as_of):
            yield Finding(review.id, ("due",), {"due": review.due})


RULES = (
    Rule(
        "FND001",
        Severity.ERROR,
        "Findings are settled by their due date",
        "An agreed action that is late is the first thing that is asked for.",
        "Close it with closure_evidence, or agree a new date.",
        "{key} was due {due} and has no closure evidence",
        _unsettled,
    ),
    Rule(
        "FND002",
        Severity.ERROR,
        "Closed findings have evidence",
        "Closed without evidence is a claim.",
        "Fill in closed and closure_evidence.",
        "{key} is closed without a day or evidence",
        _closed_without_evidence,
    ),
    Rule(
        "PCK002",
        Severity.ERROR,
        "Issued packs come from this history",
        "A pack from a commit outside the history cannot be rebuilt from it.",
        "Find out who rewrote the history or issued the pack: `check` tells it as HIS004, `verify` judges the pack.",
        "{message}",  # told by HIS004 and by verdicts, against the ledger
    ),
    Rule(
        "PCK003",
        Severity.ERROR,
        "Sections of a pack are known",
        "A misspelt section would be missing from the evidence.",
        "Name one of the sections of the data model.",
        '{key}: section "{section}" is unknown{hint}',
        _unknown_section,
    ),
    Rule(
        "PCK004",
        Severity.ERROR,
        "Packs come from content without errors",
        "Evidence with errors in it is a draft, whatever its cover says.",
        "Correct the content: `pack` refuses with its errors; --draft prints them watermarked; `seal` refuses that.",
        "{message}",  # told by `pack` with the errors themselves
    ),
    Rule(
        "REV002",
        Severity.WARNING,
        "Reviews are held in time",
        "A missed review is a quarter without a look back.",
        "Hold it and enter held.",
        "{key} was due {due} and was not held",
        _review_not_held,
    ),
)


REVIEW = Kind(
    "review",
    Review,
    YamlList("governance/reviews.yaml"),
    "Review",
    "Reviews",
    prefix="rev",
    page=PageSpec("reviews/", anchor=True),
    pack_section="decisions",
)
FINDING = Kind(
    "finding",
    AuditFinding,
    YamlList("registers/findings.yaml"),
    "Audit finding",
    "Audit findings",
    prefix="fnd",
    dated="raised",
    page=PageSpec("findings/", anchor=True),
    pack_section="open-warnings",
)
PACK = Kind(
    "pack",
    Pack,
    YamlEach("packs/pck-*.yaml"),
    "Evidence pack",
    "Evidence packs",
    prefix="pck",
    page=PageSpec("packs/", anchor=True),
    pack_section="cover",
    rules=RULES,
)
NOTE = Kind(
    "note",
    Note,
    MarkdownEach("notes/nte-*.md"),
    "Note",
    "Notes",
    prefix="nte",
    page=PageSpec("notes/{id}/"),
    pack_section="open-warnings",
)
KINDS = (REVIEW, FINDING, PACK, NOTE)
