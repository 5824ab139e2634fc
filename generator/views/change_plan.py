"""The change plan: sponsors, champions, messages, incentives, toolkits, HR integrations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.judgement import Judgement
from generator.views.calendar import MessageView
from generator.views.kpis import KpiCard
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class ChampionLine:
    """A champion's seat in a unit."""

    ref: Ref
    unit: str
    role: Ref
    seat: Ref
    since: date
    until: date | None
    active: bool


@dataclass(frozen=True, slots=True)
class SponsorLine:
    """A sponsor's seat and commitment."""

    ref: Ref
    kind: str
    seat: Ref
    phases: tuple[Ref, ...]
    since: date
    until: date | None
    commitment: str
    active: bool


@dataclass(frozen=True, slots=True)
class IncentiveLine:
    """An incentive and its rule."""

    ref: Ref
    kind: str
    rule: str
    certification: Ref | None
    since: date
    until: date | None
    decision: Ref | None
    minimum_n: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class ToolkitView:
    """A manager toolkit."""

    ref: Ref
    audience: Ref
    version: str
    phase: Ref | None
    modules: tuple[Ref, ...]
    minutes: int | None
    body_text: str


@dataclass(frozen=True, slots=True)
class IntegrationLine:
    """Training inside an HR process."""

    ref: Ref
    kind: str
    status: str
    phase: Ref
    owner: Ref
    due: date
    live_since: date | None
    evidence: tuple[Ref, ...]
    state: State


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's completion."""

    unit: str
    card: KpiCard


@dataclass(frozen=True, slots=True)
class ChangePlanView:
    """The change plan."""

    sponsors: tuple[SponsorLine, ...]
    champions: tuple[ChampionLine, ...]
    messages: tuple[MessageView, ...]
    incentives: tuple[IncentiveLine, ...]
    toolkits: tuple[ToolkitView, ...]
    integrations: tuple[IntegrationLine, ...]
    units: tuple[UnitLine, ...]
    roles_without_champion: tuple[Ref, ...]


def change_plan(j: Judgement) -> ChangePlanView:
    """Everything about winning people over."""
    raise NotImplementedError


def toolkit(j: Judgement, key: str) -> ToolkitView:
    """One toolkit."""
    raise NotImplementedError
