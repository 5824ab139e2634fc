"""Registers with a page each: competencies, AI systems, certifications and permissions, pathways, findings, reviews."""

from __future__ import annotations

from dataclasses import dataclass

from generator.kinds.certification import Certification, Pathway, Requires
from generator.kinds.competency import Competency, CompetencyScale
from generator.kinds.incident import Incident
from generator.kinds.module import Module
from generator.kinds.role import Role
from generator.kinds.system import System
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.assurance import FindingView, ReviewView, findings, reviews
from generator.views.competence import PermissionLine, competency_goals, permissions, reaches
from generator.views.exposure import Exposure, exposures
from generator.views.memo import remembered
from generator.views.people import People, people_in
from generator.views.shown import Ref, State, Tone, listed, ref, refs

__all__ = [
    "CertificationView",
    "CompetencyView",
    "FindingView",
    "LevelLine",
    "PathwayView",
    "PermissionLine",
    "ReviewView",
    "SystemView",
    "certification",
    "certifications",
    "competencies",
    "competency",
    "findings",
    "pathways",
    "permissions",
    "reviews",
    "system",
    "systems",
]


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
    people: People
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


@remembered
def competencies(j: Judgement) -> tuple[CompetencyView, ...]:
    """Every competency, by title."""
    return tuple(competency(j, found.id) for found in sorted(j.portal.all(Competency), key=lambda one: one.title))


@remembered
def competency(j: Judgement, key: str) -> CompetencyView:
    """One competency."""
    found = j.portal.find(key, Competency)
    if found is None:
        raise KeyError(key)
    goals = [
        (ref(j.portal, role.id), goal.target, goal.reached)
        for role in j.portal.all(Role)
        for goal in competency_goals(j, role.id)
        if goal.ref.key == key
    ]
    modules = [one for one in j.portal.all(Module) if key in one.competencies and one.status != "retired"]
    scale = next(iter(j.portal.all(CompetencyScale)), None)
    names = {level.level: level.name for level in scale.scale} if scale else {}
    behind = sum(reached < target for _, target, reached in goals)
    if not modules:
        state = State(Tone.BAD, "Not taught", "no module teaches it")
    elif behind:
        state = State(Tone.WARN, "Gap", f"{numbered(behind, 'role')} below target")
    else:
        state = State(Tone.OK, "Reached")
    return CompetencyView(
        ref=ref(j.portal, key),
        category=found.category,
        levels=tuple(
            LevelLine(
                level,
                names.get(level, ""),
                statement,
                tuple(role for role, target, _ in goals if target == level),
                refs(j.portal, (one.id for one in modules if one.competencies[key] == level)),
            )
            for level, statement in sorted(found.levels.items())
        ),
        maps_to=tuple((one.framework, one.ref) for one in found.maps_to),
        roles=tuple(sorted(goals, key=lambda goal: (goal[2] >= goal[1], goal[0].title))),
        modules=tuple((ref(j.portal, one.id), one.competencies[key]) for one in modules),
        state=state,
    )


@remembered
def systems(j: Judgement) -> tuple[SystemView, ...]:
    """Every AI system, by title."""
    return tuple(system(j, found.id) for found in sorted(j.portal.all(System), key=lambda one: one.title))


@remembered
def system(j: Judgement, key: str) -> SystemView:
    """One AI system."""
    found = j.portal.find(key, System)
    if found is None:
        raise KeyError(key)
    required = j.portal.find(found.requires_certification, Certification)
    return SystemView(
        ref=ref(j.portal, key),
        purpose=found.purpose,
        ai_act_class=found.ai_act_class,
        status=found.status,
        used_by=refs(j.portal, found.used_by),
        oversight_roles=refs(j.portal, found.oversight_roles),
        requires_certification=ref(j.portal, required.id) if required else None,
        risks=refs(j.portal, found.risks),
        modules=refs(j.portal, (one.id for one in j.portal.all(Module) if key in one.systems)),
        permissions=tuple(line for line in permissions(j) if line.system.key == key),
        incidents=refs(j.portal, (one.id for one in j.portal.all(Incident) if one.system == key)),
        people=people_in(j, found.used_by),
        state=_oversight(j, found, required),
    )


@remembered
def certifications(j: Judgement) -> tuple[CertificationView, ...]:
    """Every certification, by title."""
    return tuple(certification(j, one.id) for one in sorted(j.portal.all(Certification), key=lambda one: one.title))


@remembered
def certification(j: Judgement, key: str) -> CertificationView:
    """One certification."""
    found = j.portal.find(key, Certification)
    if found is None:
        raise KeyError(key)
    return CertificationView(
        ref=ref(j.portal, key),
        kind=found.kind,
        rule=_rule(found.requires),
        needs=refs(j.portal, found.requires.modules()),
        valid_months=found.valid_months,
        issued_by=ref(j.portal, found.issued_by) if found.issued_by else None,
        credential=found.credential,
        permissions=tuple(line for line in permissions(j) if line.certification.key == key),
        roles=refs(j.portal, (one.id for one in j.portal.all(Role) if reaches(j, one.id, found))),
        pathways=refs(j.portal, (one.id for one in j.portal.all(Pathway) if one.leads_to == key)),
        systems=refs(j.portal, (one.id for one in j.portal.all(System) if one.requires_certification == key)),
    )


@remembered
def pathways(j: Judgement) -> tuple[PathwayView, ...]:
    """Every pathway."""
    return tuple(
        PathwayView(
            ref(j.portal, one.id),
            refs(j.portal, one.roles),
            refs(j.portal, one.steps),
            sum(module.minutes for key in one.steps if (module := j.portal.find(key, Module))),
            ref(j.portal, one.leads_to) if one.leads_to else None,
        )
        for one in j.portal.all(Pathway)
    )


def _oversight(j: Judgement, found: System, required: Certification | None) -> State:
    """A high-risk system needs overseers who can reach its certificate; every system, users trained on its risks."""
    if found.status == "retired":
        return State(Tone.MUTE, "Retired")
    high_risk = found.ai_act_class == "high-risk"
    if high_risk and (not found.oversight_roles or required is None):
        return State(Tone.BAD, "Gap", "its oversight roles or their certificate are not named")
    behind = [role for role in found.oversight_roles if required and high_risk and not reaches(j, role, required)]
    if behind:
        return State(Tone.BAD, "Gap", f"{numbered(len(behind), 'oversight role')} cannot reach the certificate")
    exposed = [one for one in exposures(j) if one.system == found.id]
    if exposed:
        return State(Tone.WARN, "Users not trained", "; ".join(_untrained(j, one) for one in exposed))
    return State(Tone.OK, "In order")


def _untrained(j: Judgement, one: Exposure) -> str:
    users = listed(ref(j.portal, role).title for role in one.roles)
    return f"{users}: no mandatory module on {ref(j.portal, one.risk).title}"


def _rule(requires: Requires) -> str:
    parts = [word for word, found in (("all of", requires.all_of), ("any of", requires.any_of)) if found]
    if requires.n_of:
        parts.append(f"{requires.n_of.n} of")
    return ", ".join(parts)
