"""Who is exposed to a risk is trained on it: from AI systems over their risks and users to mandatory modules."""

from collections.abc import Iterator

from generator.errors import Finding, Severity
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.views.exposure import exposures
from generator.views.shown import listed


def _exposed(j: Judgement) -> Iterator[Finding]:
    for one in exposures(j):
        values = {"roles": listed(one.roles), "risk": one.risk, "score": one.score, "appetite": one.appetite}
        yield Finding(one.system, ("risks", one.place), values)


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
