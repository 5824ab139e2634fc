"""What a role must do by when, why, and how it is doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.judgement import Judgement
from generator.views.calendar import MessageView, SessionView
from generator.views.kpis import KpiCard
from generator.views.matrix import Cell
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class Duty:
    """One module a role must take or may take."""

    module: Ref
    cell: Cell
    summary: str
    minutes: int
    delivery: str
    language: tuple[str, ...]
    assessment_kind: str
    assessment_items: int | None
    pass_mark: Decimal | None
    attempts: int | None
    valid_months: int | None
    first_due: date | None  # for people in the role when the rule began
    due: date | None  # the next date that matters: first due, or the next renewal
    renewal: bool
    state: State
    deadline: str  # "within 30 days of joining the role, 7 days of grace"
    enrol_url: str
    enrol_platform: str
    prerequisites: tuple[Ref, ...]
    next_sessions: tuple[SessionView, ...]


@dataclass(frozen=True, slots=True)
class CompetencyGoal:
    """A competency a role needs and how far its mandatory modules take it."""

    ref: Ref
    target: int
    reached: int
    statement: str  # what the target level means
    by: tuple[Ref, ...]
    state: State


@dataclass(frozen=True, slots=True)
class PermissionLine:
    """A permission, the system it is in, the certificate it needs, and what happens when that lapses."""

    ref: Ref
    system: Ref
    entitlement: str
    certification: Ref
    on_expiry: str
    grace_days: int | None
    reachable: bool  # the role's mandatory modules lead to the certificate


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate the role can reach, and what it lets people do."""

    ref: Ref
    kind: str
    valid_months: int | None
    needs: tuple[Ref, ...]
    missing: tuple[Ref, ...]  # modules that are not mandatory for the role
    permissions: tuple[PermissionLine, ...]


@dataclass(frozen=True, slots=True)
class PopulationSource:
    """Where a role's people come from."""

    source: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role's page."""

    ref: Ref
    summary: str
    line_of_defence: int
    ai_exposure: str
    population: tuple[PopulationSource, ...]
    head_count: int | None
    cluster: Ref | None
    duties: tuple[Duty, ...]  # by due date
    optional: tuple[Duty, ...]
    minutes: int
    hours_budget: Decimal | None
    within_budget: bool | None
    next_due: Duty | None
    competencies: tuple[CompetencyGoal, ...]
    certificates: tuple[CertificateLine, ...]
    pathways: tuple[Ref, ...]
    systems: tuple[Ref, ...]
    oversees: tuple[Ref, ...]
    obligations: tuple[Ref, ...]
    risks: tuple[Ref, ...]
    completion: KpiCard | None
    sessions: tuple[SessionView, ...]
    messages: tuple[MessageView, ...]
    champions: tuple[Ref, ...]
    contact: str
    phases: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role in the list of roles."""

    ref: Ref
    line_of_defence: int
    ai_exposure: str
    head_count: int | None
    mandatory: int
    minutes: int
    completion: KpiCard | None


def roles(j: Judgement) -> tuple[RoleLine, ...]:
    """Every role, by title."""
    raise NotImplementedError


def role(j: Judgement, key: str) -> RoleView:
    """One role."""
    raise NotImplementedError
