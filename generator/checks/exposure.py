"""Who is exposed to a risk is trained on it: from AI systems over their risks and users to mandatory modules."""

from collections.abc import Iterator

from generator.checks.curriculum import begins_later, mandatory_modules
from generator.errors import Finding, Severity
from generator.kinds.risk import Risk, appetite
from generator.kinds.roadmap import Phase
from generator.kinds.system import System
from generator.model.judgement import Judgement
from generator.model.kind import Rule


def _exposed(j: Judgement) -> Iterator[Finding]:
    limit, waiting = appetite(j), _waiting(j)
    answered = {
        role: {risk for module in modules if module.status == "approved" for risk in module.risks}
        for role, modules in mandatory_modules(j).items()
    }
    for system in j.portal.all(System):
        users = [role for role in system.used_by if role in j.portal and role not in waiting]
        for index, key in enumerate(system.risks if system.status == "live" else ()):
            risk = j.portal.find(key, Risk)
            if risk is None or limit is None or risk.inherent.score <= limit:
                continue
            exposed = [role for role in users if key not in answered.get(role, ())]
            if exposed:
                values = {"roles": _listed(exposed), "risk": key, "score": risk.inherent.score, "appetite": limit}
                yield Finding(system.id, ("risks", index), values)


def _waiting(j: Judgement) -> frozenset[str]:
    """The roles whose training lies ahead: in every phase of theirs, or in the matrix."""
    phases = j.portal.all(Phase)
    begun = {role for phase in phases if phase.start <= j.as_of for role in phase.roles}
    ahead = {role for phase in phases for role in phase.roles} - begun
    return frozenset(ahead | {role for role in begun if begins_later(j, role)})


def _listed(keys: list[str]) -> str:
    return keys[0] if len(keys) == 1 else f"{', '.join(keys[:-1])} and {keys[-1]}"


RULES = (
    Rule(
        "RSK006",
        Severity.WARNING,
        "Who uses a system is trained on its high risks",
        "A risk that some module addresses is not addressed for those who never take the module.",
        "Make a module that addresses the risk mandatory for the role, or take the role from used_by.",
        "{key} is used by {roles}; no mandatory module of theirs addresses {risk} ({score}, appetite {appetite})",
        _exposed,
    ),
)
