"""Registers with a page each: competencies, AI systems, certifications and permissions, pathways, findings, reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.judgement import Judgement
from generator.views.roles import PermissionLine
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level of a competency: what it means, who needs it, what reaches it."""

    level: int
    name: str
    statement: str
    roles: tuple[Ref, ...]
    modules: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class CompetencyView:
    """A competency's page."""

    ref: Ref
    category: str
    levels: tuple[LevelLine, ...]
    maps_to: tuple[tuple[str, str], ...]
    roles: tuple[tuple[Ref, int, int], ...]  # role, target, reached
    modules: tuple[tuple[Ref, int], ...]
    state: State


@dataclass(frozen=True, slots=True)
class SystemView:
    """An AI system's page."""

    ref: Ref
    purpose: str
    ai_act_class: str
    status: str
    used_by: tuple[Ref, ...]
    oversight_roles: tuple[Ref, ...]
    requires_certification: Ref | None
    risks: tuple[Ref, ...]
    modules: tuple[Ref, ...]
    permissions: tuple[PermissionLine, ...]
    incidents: tuple[Ref, ...]
    people: int | None
    state: State


@dataclass(frozen=True, slots=True)
class CertificationView:
    """A certification's page."""

    ref: Ref
    kind: str
    rule: str  # "all of", "any of", "2 of"
    needs: tuple[Ref, ...]
    valid_months: int | None
    issued_by: Ref | None
    credential: str
    permissions: tuple[PermissionLine, ...]
    roles: tuple[Ref, ...]  # whose mandatory modules lead to it
    pathways: tuple[Ref, ...]
    systems: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class PathwayView:
    """A pathway: ordered modules for roles, leading to a certificate."""

    ref: Ref
    roles: tuple[Ref, ...]
    steps: tuple[Ref, ...]
    minutes: int
    leads_to: Ref | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """An audit finding."""

    ref: Ref
    raised_by: Ref
    raised: date
    severity: str
    text: str
    owner: Ref
    agreed_action: str
    due: date
    status: str
    closed: date | None
    evidence: tuple[Ref, ...]
    state: State


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A quarterly or annual review."""

    ref: Ref
    cadence: str
    period: str
    body: Ref
    due: date
    held: date | None
    kpis: tuple[Ref, ...]
    decisions: tuple[Ref, ...]
    findings: tuple[str, ...]
    state: State


def competencies(j: Judgement) -> tuple[CompetencyView, ...]:
    """Every competency, by title."""
    raise NotImplementedError


def competency(j: Judgement, key: str) -> CompetencyView:
    """One competency."""
    raise NotImplementedError


def systems(j: Judgement) -> tuple[SystemView, ...]:
    """Every AI system, by title."""
    raise NotImplementedError


def system(j: Judgement, key: str) -> SystemView:
    """One AI system."""
    raise NotImplementedError


def certifications(j: Judgement) -> tuple[CertificationView, ...]:
    """Every certification, by title."""
    raise NotImplementedError


def certification(j: Judgement, key: str) -> CertificationView:
    """One certification."""
    raise NotImplementedError


def permissions(j: Judgement) -> tuple[PermissionLine, ...]:
    """Who may do what: every permission."""
    raise NotImplementedError


def pathways(j: Judgement) -> tuple[PathwayView, ...]:
    """Every pathway."""
    raise NotImplementedError


def findings(j: Judgement) -> tuple[FindingView, ...]:
    """Audit findings, open ones first by due date."""
    raise NotImplementedError


def reviews(j: Judgement) -> tuple[ReviewView, ...]:
    """Reviews, newest due date first."""
    raise NotImplementedError
