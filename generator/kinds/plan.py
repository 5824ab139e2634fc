"""The project plan beside the roadmap: plan items, the order of pilots, functional clusters."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned
from generator.kinds.links import (
    DecisionRef,
    OwnerRef,
    PhaseRef,
    PilotCharterRef,
    PlanItemRef,
    RoleRef,
    SeatRef,
    SystemRef,
)
from generator.model.fields import Count, Date, Text
from generator.model.judgement import Judgement
from generator.model.kind import Kind, PageSpec, Rule, YamlList
from generator.model.record import Administrative, Entity


class PlanItem(Entity):
    """A piece of work in the project plan."""

    title: Text = Field(description="What is done.")
    phase: PhaseRef = Field(description="The phase it belongs to.")
    workstream: Literal["curriculum", "tech-delivery", "compliance", "change", "measurement"] = Field(
        description="Who works on it."
    )
    owner: Annotated[OwnerRef | None, Administrative()] = Field(
        None, description="Body, role or seat that answers for it."
    )
    start: Date = Field(description="First day.")
    due: Date = Field(description="Last day.")
    done: Date | None = Field(None, description="The day it was done.")
    decision: DecisionRef | None = Field(None, description="The decision that it carries out.")
    depends_on: tuple[PlanItemRef, ...] = Field((), description="Plan items that come before.")


class Pilot(Owned):
    """A pilot and its place in the order by risk and visibility."""

    title: Text = Field(description="Name of the pilot.")
    order: Count = Field(description="Place in the order of starts, from 1.")
    risk_rank: Count = Field(description="1 is the riskiest.")
    visibility: Literal["high", "medium", "low"] = Field(description="How visible it is in the bank.")
    phase: PhaseRef = Field(description="The phase it belongs to.")
    start: Date = Field(description="First day.")
    roles: tuple[RoleRef, ...] = Field(description="Roles that take part.")
    systems: tuple[SystemRef, ...] = Field((), description="AI systems that they use.")
    sponsor: SeatRef = Field(description="The seat that sponsors it.")
    charter: PilotCharterRef | None = Field(None, description="Its pilot charter.")
    reason: Text = Field(description="Why it starts at this place.")
    decision: DecisionRef | None = Field(None, description="The decision that departs from the order by risk.")


class Cluster(Owned):
    """A functional cluster of roles that scales together."""

    title: Text = Field(description="Name of the cluster.")
    roles: tuple[RoleRef, ...] = Field(description="Its roles; every role is in exactly one cluster.")
    phase: PhaseRef = Field(description="The phase in which it is trained.")
    reason: Text | None = Field(None, description="Why it is not trained in Scale.")


def _late_plan(j: Judgement) -> Iterator[Finding]:
    for item in j.portal.all(PlanItem):
        if item.due < j.as_of and (item.done is None or item.done > j.as_of):
            yield Finding(item.id, ("due",), {"due": item.due})


def _unowned_plan(j: Judgement) -> Iterator[Finding]:
    for item in j.portal.all(PlanItem):
        if item.owner is None:
            yield Finding(item.id)


def _backwards_plan(j: Judgement) -> Iterator[Finding]:
    for item in j.portal.all(PlanItem):
        if item.due < item.start:
            yield Finding(item.id, ("due",), {"due": item.due, "start": item.start})


RULES = (
    Rule(
        "PLN001",
        Severity.WARNING,
        "Plan items are done in time",
        "The plan shows what holds the roadmap up.",
        "Enter done, or move the due date.",
        "{key} was due {due} and is not done",
        _late_plan,
    ),
    Rule(
        "PLN002",
        Severity.ERROR,
        "Plan items have an owner",
        "What nobody owns is not done.",
        "Name a body, role or seat under owner.",
        "{key} has no owner",
        _unowned_plan,
    ),
    Rule(
        "PLN003",
        Severity.ERROR,
        "A plan item is due after it starts",
        "The plan is drawn from the two dates.",
        "Correct start or due.",
        "{key} is due {due}, before it starts {start}",
        _backwards_plan,
    ),
)


PLAN_ITEM = Kind(
    "plan-item",
    PlanItem,
    YamlList("roadmap/plan.yaml"),
    "Plan item",
    "Plan",
    prefix="pln",
    page=PageSpec("plan/", anchor=True),
    pack_section="roadmap",
    rules=RULES,
)
PILOT = Kind(
    "pilot",
    Pilot,
    YamlList("roadmap/pilots.yaml"),
    "Pilot",
    "Pilots",
    prefix="plt",
    page=PageSpec("pilots/", anchor=True),
    pack_section="roadmap",
)
CLUSTER = Kind(
    "cluster",
    Cluster,
    YamlList("roadmap/clusters.yaml"),
    "Cluster",
    "Clusters",
    prefix="clu",
    page=PageSpec("pilots/", anchor=True),
    pack_section="roadmap",
)
KINDS = (PLAN_ITEM, PILOT, CLUSTER)
