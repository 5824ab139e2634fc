"""Change management: communications, champions, sponsors, incentives, manager toolkits, HR integrations."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from generator.kinds.common import Owned
from generator.kinds.links import (
    AnyRef,
    CertificationRef,
    DecisionRef,
    MilestoneRef,
    ModuleRef,
    OwnerRef,
    PhaseRef,
    RoleRef,
    SeatRef,
)
from generator.model.fields import Count, Date, Int, Markdown, Semver, Text
from generator.model.kind import CsvTable, Kind, MarkdownEach, PageSpec, YamlList
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


COMMUNICATION = Kind(
    "communication",
    Communication,
    CsvTable("change/communications.csv", sort=("id",)),
    "Communication",
    "Communications",
    prefix="com",
    page=PageSpec("communications/", anchor=True),
    pack_section="communications",
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
