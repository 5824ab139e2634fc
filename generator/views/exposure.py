"""Who uses an AI system and is not trained on one of its high risks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.kinds.matrix import Requirement, mandatory
from generator.kinds.module import Module
from generator.kinds.risk import Risk, appetite
from generator.kinds.roadmap import Phase
from generator.kinds.system import System
from generator.model.judgement import Judgement
from generator.views.memo import remembered


@dataclass(frozen=True, slots=True)
class Exposure:
    """A high risk of a live system, and the roles that use it without a mandatory module on that risk."""

    system: str
    place: int  # of the risk among those of the system
    risk: str
    score: int
    appetite: int
    roles: tuple[str, ...]


@remembered
def exposures(j: Judgement) -> tuple[Exposure, ...]:
    """Every exposure, by system and risk; roles whose training lies ahead are left out."""
    limit = appetite(j)
    if limit is None:
        return ()
    waiting, answered, found = _waiting(j), _answered(j), []
    for system in j.portal.all(System):
        users = [role for role in system.used_by if role in j.portal and role not in waiting]
        for place, key in enumerate(system.risks if system.status == "live" else ()):
            risk = j.portal.find(key, Risk)
            roles = tuple(role for role in users if key not in answered.get(role, ()))
            if risk is not None and risk.inherent.score > limit and roles:
                found.append(Exposure(system.id, place, key, risk.inherent.score, limit, roles))
    return tuple(found)


def _answered(j: Judgement) -> Mapping[str, frozenset[str]]:
    """Role -> the risks that its approved mandatory modules address."""
    found = {}
    for role, rows in mandatory(j.portal.all(Requirement), j.as_of).items():
        modules = (j.portal.find(key, Module) for key in rows)
        approved = (module for module in modules if module is not None and module.status == "approved")
        found[role] = frozenset(risk for module in approved for risk in module.risks)
    return found


def _waiting(j: Judgement) -> frozenset[str]:
    """The roles whose training lies ahead: in every phase of theirs, or in the matrix."""
    phases = j.portal.all(Phase)
    begun = {role for phase in phases if phase.start <= j.as_of for role in phase.roles}
    ahead = {role for phase in phases for role in phase.roles} - begun
    rows = [row for row in j.portal.all(Requirement) if row.requirement == "mandatory"]
    asked = {row.role for row in rows}
    return frozenset(ahead | asked - {row.role for row in rows if row.effective_from <= j.as_of})
