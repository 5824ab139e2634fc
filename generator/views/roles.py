"""What a role must do by when, why, and how it is doing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from generator.kinds.certification import Pathway
from generator.kinds.change_plan import ALL, Champion
from generator.kinds.module import Module
from generator.kinds.plan import Cluster
from generator.kinds.roadmap import Phase
from generator.kinds.role import Role
from generator.kinds.system import System
from generator.model.judgement import Judgement
from generator.views.calendar import MessageView, SessionView, messages, upcoming_sessions
from generator.views.competence import (
    CertificateLine,
    CompetencyGoal,
    PermissionLine,
    certificates,
    competency_goals,
)
from generator.views.duties import Duty, duties
from generator.views.kpi_cards import COMPLETION, KpiCard, head_count, kpi_card
from generator.views.matrix import mandatory_modules
from generator.views.memo import remembered
from generator.views.readings import scopes_of
from generator.views.shown import Ref, ref, refs, settings_of

__all__ = [
    "CertificateLine",
    "CompetencyGoal",
    "Duty",
    "PermissionLine",
    "PopulationSource",
    "RoleLine",
    "RoleView",
    "role",
    "roles",
]


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
    balance: tuple[tuple[str, Decimal], ...]  # shares of its mandatory minutes; empty where no module says
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


@remembered
def roles(j: Judgement) -> tuple[RoleLine, ...]:
    """Every role, by title."""
    found = sorted(j.portal.all(Role), key=lambda one: one.title)
    lines = []
    for one in found:
        asked = duties(j, one.id)
        lines.append(
            RoleLine(
                ref=ref(j.portal, one.id),
                line_of_defence=int(one.line_of_defence),
                ai_exposure=one.ai_exposure,
                head_count=head_count(j, one.id),
                mandatory=len(asked),
                minutes=sum(duty.minutes for duty in asked),
                completion=completion_of(j, one.id),
            )
        )
    return tuple(lines)


@remembered
def role(j: Judgement, key: str) -> RoleView:
    """One role."""
    found = j.portal.find(key, Role)
    if found is None:
        raise KeyError(key)
    asked = duties(j, key)
    minutes = sum(duty.minutes for duty in asked)
    modules = [m for m in (j.portal.find(c.module, Module) for c in mandatory_modules(j, key)) if m is not None]
    settings = settings_of(j.portal)
    cluster = next((one.id for one in j.portal.all(Cluster) if key in one.roles), None)
    return RoleView(
        ref=ref(j.portal, key),
        summary=found.summary or "",
        line_of_defence=int(found.line_of_defence),
        ai_exposure=found.ai_exposure,
        population=tuple(PopulationSource(one.source, one.codes) for one in found.population),
        head_count=head_count(j, key),
        cluster=ref(j.portal, cluster) if cluster else None,
        duties=asked,
        optional=duties(j, key, "optional"),
        minutes=minutes,
        hours_budget=found.hours_budget,
        within_budget=None if found.hours_budget is None else minutes <= found.hours_budget * 60,
        balance=_balance(modules),
        next_due=next((duty for duty in asked if duty.due is not None), None),
        competencies=competency_goals(j, key),
        certificates=certificates(j, key),
        pathways=refs(j.portal, (one.id for one in j.portal.all(Pathway) if key in one.roles)),
        systems=refs(j.portal, (one.id for one in j.portal.all(System) if key in one.used_by)),
        oversees=refs(j.portal, (one.id for one in j.portal.all(System) if key in one.oversight_roles)),
        obligations=refs(j.portal, sorted({duty for module in modules for duty in module.obligations})),
        risks=refs(j.portal, sorted({risk for module in modules for risk in module.risks})),
        completion=completion_of(j, key),
        sessions=upcoming_sessions(j, role=key),
        messages=tuple(m for m in messages(j) if m.audience.key in (key, ALL)),
        champions=_champions(j, key),
        contact=settings.contact if settings else "",
        phases=refs(j.portal, (one.id for one in j.portal.all(Phase) if key in one.roles)),
    )


def _balance(modules: Iterable[Module]) -> tuple[tuple[str, Decimal], ...]:
    """How much of the time is technical, ethical and about the business."""
    told = [(module.minutes, module.dimensions) for module in modules if module.dimensions is not None]
    minutes = sum(each for each, _ in told)
    names = ("technical", "ethical", "business")
    sums = {name: sum((each * getattr(shares, name) for each, shares in told), Decimal(0)) for name in names}
    return tuple((name, found / minutes) for name, found in sums.items()) if minutes else ()


def completion_of(j: Judgement, role: str) -> KpiCard | None:
    """How a role is doing; None without a completion reading."""
    scope = f"role:{role}"
    return kpi_card(j, COMPLETION, scope) if scope in scopes_of(j, COMPLETION) else None


def _champions(j: Judgement, role: str) -> tuple[Ref, ...]:
    """The champions' seats of a role with their unit, on the as-of date."""
    found = [
        one
        for one in j.portal.all(Champion)
        if one.role == role and one.from_ <= j.as_of and (one.to is None or j.as_of <= one.to)
    ]
    titles = ((ref(j.portal, one.seat), one) for one in found)
    return tuple(
        Ref(one.id, f"{seat.title}, {one.unit}", ref(j.portal, one.id).url, "champion") for seat, one in titles
    )
