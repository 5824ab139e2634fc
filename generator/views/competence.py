"""Competencies reached, certificates and the permissions they open: what training lets people do."""

from __future__ import annotations

from dataclasses import dataclass

from generator.kinds.certification import Certification, Permission
from generator.kinds.competency import Competency
from generator.kinds.module import Module
from generator.kinds.role import Role
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.matrix import mandatory_modules
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, ref, refs


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


@remembered
def competency_goals(j: Judgement, role: str) -> tuple[CompetencyGoal, ...]:
    """What a role has to be able to do against what its mandatory modules reach, gaps first."""
    found = j.portal.find(role, Role)
    goals = [_goal(j, role, key, target) for key, target in found.competencies.items()] if found else []
    return tuple(sorted(goals, key=lambda goal: (goal.state.good, goal.ref.title)))


@remembered
def certificates(j: Judgement, role: str) -> tuple[CertificateLine, ...]:
    """The certificates whose modules a role takes at least in part, complete ones first."""
    own = frozenset(cell.module for cell in mandatory_modules(j, role))
    found = [
        CertificateLine(
            ref(j.portal, certification.id),
            certification.kind,
            certification.valid_months,
            refs(j.portal, certification.requires.modules()),
            () if certification.requires.met_by(own) else refs(j.portal, _missing(certification, own)),
            tuple(line for line in permissions(j, role) if line.certification.key == certification.id),
        )
        for certification in j.portal.all(Certification)
        if own.intersection(certification.requires.modules())
    ]
    return tuple(sorted(found, key=lambda line: (bool(line.missing), line.ref.title)))


@remembered
def permissions(j: Judgement, role: str = "") -> tuple[PermissionLine, ...]:
    """Every permission; `reachable` where the mandatory modules of the role (of any role) lead to its certificate."""
    roles = [role] if role else [one.id for one in j.portal.all(Role)]
    reached = {c.id for one in roles for c in j.portal.all(Certification) if reaches(j, one, c)}
    return tuple(
        PermissionLine(
            ref(j.portal, permission.id),
            ref(j.portal, permission.system),
            permission.entitlement,
            ref(j.portal, permission.requires),
            permission.on_expiry,
            permission.grace_days,
            permission.requires in reached,
        )
        for permission in j.portal.all(Permission)
    )


def reaches(j: Judgement, role: str, certification: Certification) -> bool:
    """Whether the mandatory modules of a role are enough for a certificate."""
    return certification.requires.met_by(frozenset(cell.module for cell in mandatory_modules(j, role)))


def _missing(certification: Certification, own: frozenset[str]) -> tuple[str, ...]:
    return tuple(module for module in certification.requires.modules() if module not in own)


def _goal(j: Judgement, role: str, key: str, target: int) -> CompetencyGoal:
    competency = j.portal.find(key, Competency)
    taught = {m.id: m.competencies.get(key, 0) for m in _approved(j, role)}
    reached = max(taught.values(), default=0)
    if reached >= target:
        state = State(Tone.OK, "Reached")
    else:
        state = State(Tone.BAD, "Gap", f"{numbered(target - reached, 'level')} missing")
    return CompetencyGoal(
        ref=ref(j.portal, key),
        target=target,
        reached=reached,
        statement=competency.levels.get(target, "") if competency else "",
        by=refs(j.portal, sorted(module for module, level in taught.items() if level)),
        state=state,
    )


def _approved(j: Judgement, role: str) -> tuple[Module, ...]:
    found = (j.portal.find(cell.module, Module) for cell in mandatory_modules(j, role))
    return tuple(module for module in found if module is not None and module.status == "approved")
