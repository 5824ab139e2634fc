"""Change management: communications, champions, sponsors, incentives, manager toolkits, HR integrations."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned
from generator.kinds.links import (
    AnyRef,
    CertificationRef,
    DecisionRef,
    KpiRef,
    MilestoneRef,
    ModuleRef,
    OwnerRef,
    PhaseRef,
    RoleRef,
    SeatRef,
)
from generator.kinds.portal import Settings
from generator.model.fields import Count, Date, Int, Markdown, Semver, Text
from generator.model.judgement import Judgement
from generator.model.kind import CsvTable, Kind, MarkdownEach, PageSpec, Rule, YamlList
from generator.model.record import Administrative, Entity, Reference

ALL = "all"


class Communication(Entity):
    """A message to an audience, on a day or so many days from a milestone."""

    date: Date | None = Field(None, description="The day; empty where the milestone gives it.")
    offset_days: Int | None = Field(None, description="Days after the milestone; negative means before.")
    audience: Text = Field(description="A role, or all.")
    channel: Literal["email", "intranet", "team-brief", "lms", "town-hall"] = Field(description="How it is sent.")
    message: Text = Field(description="The message in a line.")
    purpose: Text | None = Field(None, description="Why it is sent.")
    value: Text | None = Field(None, description="What it gives the audience.")
    changes: Text | None = Field(None, description="What changes for the audience.")
    sender: SeatRef = Field(description="The seat that sends it.")
    phase: PhaseRef = Field(description="The phase.")
    milestone: MilestoneRef | None = Field(None, description="The milestone that it is about.")
    status: Annotated[Literal["planned", "sent", "cancelled"], Administrative()] = Field(description="State.")

    def references(self) -> Iterator[Reference]:
        """Every link, and the audience where it is a role."""
        yield from super().references()
        if self.audience != ALL:
            yield Reference(("audience",), self.audience, ("role",))


class Champion(Entity):
    """A seat that speaks for the programme in a unit."""

    unit: Text = Field(description="Unit or site.")
    role: RoleRef = Field(description="The role it speaks to.")
    seat: SeatRef = Field(description="The seat.")
    from_: Date = Field(alias="from", description="First day.")
    to: Date | None = Field(None, description="Last day; empty means open.")


class Sponsor(Entity):
    """A seat that sponsors the programme or a pilot."""

    kind: Literal["executive", "pilot"] = Field(description="Sort of sponsor.")
    seat: SeatRef = Field(description="The seat.")
    phases: tuple[PhaseRef, ...] = Field(description="Phases it sponsors.")
    from_: Date = Field(alias="from", description="First day.")
    to: Date | None = Field(None, description="Last day; empty means open.")
    commitment: Text = Field(description="What the sponsor does.")


class Incentive(Owned):
    """What rewards completion."""

    title: Text = Field(description="Name of the incentive.")
    kind: Literal["micro-certification", "leaderboard", "annual-goal", "other"] = Field(
        description="Sort of incentive."
    )
    rule: Text = Field(description="When it is given.")
    certification: CertificationRef | None = Field(None, description="The micro-certification.")
    unit: Literal["team"] | None = Field(None, description="Leaderboards rank teams, never people.")
    minimum_n: Count | None = Field(None, description="Smallest team that is shown.")
    kpi: KpiRef | None = Field(None, description="The KPI that teams are ranked by.")
    places: Count | None = Field(None, description="How many of the best teams are shown; empty shows all.")
    from_: Date = Field(alias="from", description="First day.")
    to: Date | None = Field(None, description="Last day; empty means open.")
    decision: DecisionRef | None = Field(None, description="The decision that allows it.")


class Toolkit(Owned):
    """What a line manager needs to talk about the programme."""

    title: Text = Field(description="Name of the toolkit.")
    audience: RoleRef = Field(description="The role whose managers use it.")
    version: Semver = Field(description="Version of the toolkit.")
    phase: PhaseRef = Field(description="The phase.")
    modules: tuple[ModuleRef, ...] = Field((), description="Modules that it is about.")
    minutes: Count = Field(gt=0, description="Reading time in minutes.")
    text: Markdown | None = Field(None, description="Talking points, agenda, answers to objections.")


class HrIntegration(Owned):
    """A place in HR processes where the programme is built in."""

    title: Text = Field(description="Name of the integration.")
    kind: Literal["onboarding", "appraisal", "job-profile", "access", "annual-goals"] = Field(description="HR process.")
    status: Annotated[Literal["planned", "in-progress", "live", "dropped"], Administrative()] = Field(
        description="State."
    )
    phase: PhaseRef = Field(description="The phase.")
    owner: Annotated[OwnerRef, Administrative()] = Field(description="Who does it.")
    due: Date = Field(description="Last day to do it.")
    live_since: Date | None = Field(None, description="First day it works.")
    evidence: tuple[AnyRef, ...] = Field((), description="Records that prove it.")


def _dateless(j: Judgement) -> Iterator[Finding]:
    for message in j.portal.all(Communication):
        derived = message.offset_days is not None and message.milestone is not None
        if (message.date is None) == (not derived):
            yield Finding(message.id, ("date",))


def _blank(j: Judgement) -> Iterator[Finding]:
    for message in j.portal.all(Communication):
        missing = [name for name in ("purpose", "value", "changes") if getattr(message, name) is None]
        if missing and message.status != "cancelled":
            yield Finding(message.id, (missing[0],), {"missing": " and ".join(missing)})


def _unfair(j: Judgement) -> Iterator[Finding]:
    smallest = next((settings.small_cell_minimum for settings in j.portal.all(Settings)), 0)
    for incentive in j.portal.all(Incentive):
        if incentive.kind == "leaderboard" and (incentive.unit is None or (incentive.minimum_n or 0) < smallest):
            text = f"a leaderboard ranks teams of at least {smallest}, never smaller ones"
            yield Finding(incentive.id, ("minimum_n",), {"text": text})
        if incentive.kind == "annual-goal" and incentive.decision is None:
            yield Finding(incentive.id, ("kind",), {"text": "an annual goal needs a decision"})
        if incentive.kind == "micro-certification" and incentive.certification is None:
            yield Finding(incentive.id, ("kind",), {"text": "a micro-certification names its certification"})


def _not_live(j: Judgement) -> Iterator[Finding]:
    for one in j.portal.all(HrIntegration):
        if one.status == "live" and (one.live_since is None or not one.evidence):
            yield Finding(one.id, ("status",))


def _late_integrations(j: Judgement) -> Iterator[Finding]:
    for one in j.portal.all(HrIntegration):
        if one.status in ("planned", "in-progress") and one.due < j.as_of:
            yield Finding(one.id, ("due",), {"due": one.due})


def _long_read(j: Judgement) -> Iterator[Finding]:
    for toolkit in j.portal.all(Toolkit):
        words = len((toolkit.text or "").split())
        if words > toolkit.minutes * WORDS_A_MINUTE:
            yield Finding(toolkit.id, ("minutes",), {"words": words, "minutes": toolkit.minutes})


WORDS_A_MINUTE = 200
RULES = (
    Rule(
        "COM004",
        Severity.ERROR,
        "A message has one date",
        "A date is written, or follows from a milestone; both drift apart.",
        "Write date, or milestone and offset_days.",
        "{key} needs either a date, or a milestone and offset_days",
        _dateless,
    ),
    Rule(
        "COM005",
        Severity.WARNING,
        "A message says purpose, value and what changes",
        "People ask: why, what for, what must I do.",
        "Fill in the three columns.",
        "{key} says no {missing}",
        _blank,
    ),
    Rule(
        "INV001",
        Severity.ERROR,
        "Incentives are fair and decided",
        "A ranking of small groups shows persons; a yearly goal is a matter of pay.",
        "Set unit and minimum_n, or name the decision.",
        "{key}: {text}",
        _unfair,
    ),
    Rule(
        "HRI001",
        Severity.ERROR,
        "A live integration has a day and evidence",
        "Live without evidence is a claim.",
        "Fill in live_since and evidence.",
        "{key} is live without live_since or evidence",
        _not_live,
    ),
    Rule(
        "HRI002",
        Severity.WARNING,
        "Integrations are done in time",
        "Integrate cannot pass its gate with an open integration.",
        "Set it live, or move the due date.",
        "{key} was due {due} and is not live",
        _late_integrations,
    ),
    Rule(
        "TKT001",
        Severity.WARNING,
        "Toolkits are as short as they say",
        "A manager who was promised four minutes stops reading after four.",
        "Shorten the text or raise minutes.",
        "{key} has {words} words; {minutes} minutes are not enough",
        _long_read,
    ),
)


COMMUNICATION = Kind(
    "communication",
    Communication,
    CsvTable("change/communications.csv", sort=("id",)),
    "Communication",
    "Communications",
    prefix="com",
    page=PageSpec("communications/", anchor=True),
    pack_section="communications",
    rules=RULES,
)
CHAMPION = Kind(
    "champion",
    Champion,
    CsvTable("change/champions.csv", sort=("id",)),
    "Champion",
    "Champions",
    prefix="chp",
    page=PageSpec("champions/", anchor=True),
    pack_section="communications",
)
SPONSOR = Kind(
    "sponsor",
    Sponsor,
    YamlList("change/sponsors.yaml"),
    "Sponsor",
    "Sponsors",
    prefix="spo",
    page=PageSpec("champions/", anchor=True),
    pack_section="charters",
)
INCENTIVE = Kind(
    "incentive",
    Incentive,
    YamlList("change/incentives.yaml"),
    "Incentive",
    "Incentives",
    prefix="ict",
    page=PageSpec("incentives/", anchor=True),
    pack_section="communications",
)
TOOLKIT = Kind(
    "toolkit",
    Toolkit,
    MarkdownEach("change/toolkits/tkt-*.md"),
    "Manager toolkit",
    "Manager toolkits",
    prefix="tkt",
    page=PageSpec("toolkits/{id}/"),
    pack_section="communications",
)
HR_INTEGRATION = Kind(
    "hr-integration",
    HrIntegration,
    YamlList("change/hr-integrations.yaml"),
    "HR integration",
    "HR integrations",
    prefix="hri",
    page=PageSpec("plan/", anchor=True),
    pack_section="roadmap",
)
KINDS = (COMMUNICATION, CHAMPION, SPONSOR, INCENTIVE, TOOLKIT, HR_INTEGRATION)
