"""Who should hold an entitlement: from permissions over certificates and systems to roles and the codes HR counts."""

from __future__ import annotations

from dataclasses import dataclass

from generator.kinds.certification import Certification, Permission
from generator.kinds.role import Role
from generator.kinds.system import System
from generator.model.judgement import Judgement
from generator.views.competence import reaches
from generator.views.memo import remembered
from generator.views.shown import Ref, ref, refs


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One entitlement for the people of one code, who may hold it only with a valid certificate."""

    permission: Ref
    system: Ref
    entitlement: str
    certificate: Ref
    modules: tuple[Ref, ...]
    valid_months: int | None
    on_expiry: str
    grace_days: int
    role: Ref
    part: str  # oversees | uses
    reachable: bool  # by the role's mandatory modules
    source: str  # where the code is counted
    code: str


@remembered
def access_lines(j: Judgement) -> tuple[AccessLine, ...]:
    """Every entitlement of a system in use, by permission, role and code."""
    found = []
    for permission in j.portal.all(Permission):
        system = j.portal.find(permission.system, System)
        certificate = j.portal.find(permission.requires, Certification)
        if system is None or certificate is None or system.status == "retired":
            continue
        for key in sorted({*system.oversight_roles, *system.used_by}):
            role = j.portal.find(key, Role)
            part = "oversees" if key in system.oversight_roles else "uses"
            found += [] if role is None else _lines(j, permission, certificate, role, part)
    return tuple(found)


def _lines(j: Judgement, permission: Permission, certificate: Certification, role: Role, part: str) -> list[AccessLine]:
    return [
        AccessLine(
            permission=ref(j.portal, permission.id),
            system=ref(j.portal, permission.system),
            entitlement=permission.entitlement,
            certificate=ref(j.portal, certificate.id),
            modules=refs(j.portal, certificate.requires.modules()),
            valid_months=certificate.valid_months,
            on_expiry=permission.on_expiry,
            grace_days=permission.grace_days,
            role=ref(j.portal, role.id),
            part=part,
            reachable=reaches(j, role.id, certificate),
            source=population.source,
            code=code,
        )
        for population in role.population
        for code in population.codes or ("",)
    ]
