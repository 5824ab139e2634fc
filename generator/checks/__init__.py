"""The rules: those on one record stand beside its kind, those across kinds here."""

from generator.checks import (
    access,
    ahead,
    cadence,
    catalogues,
    change_control,
    change_plan,
    charters,
    cohorts,
    completeness,
    curriculum,
    decisions,
    exposure,
    figures,
    gates,
    governance,
    immutable,
    obligations,
    order,
    plausible,
    profile,
    series,
    sign_offs,
    tampering,
)
from generator.checks.severity import lowered
from generator.checks.waivers import excepted, waiver_rules
from generator.kinds import KINDS
from generator.load import LOAD_RULES
from generator.model.kind import Rule

_RULES: tuple[Rule, ...] = (
    *LOAD_RULES,
    *(rule for kind in KINDS for rule in kind.rules),
    *gates.RULES,
    *curriculum.RULES,
    *access.RULES,
    *catalogues.RULES,
    *obligations.RULES,
    *exposure.RULES,
    *governance.RULES,
    *charters.RULES,
    *decisions.RULES,
    *ahead.RULES,
    *figures.RULES,
    *series.RULES,
    *cohorts.RULES,
    *change_plan.RULES,
    *completeness.RULES,
    *change_control.RULES,
    *immutable.RULES,
    *order.RULES,
    *plausible.RULES,
    *profile.RULES,
    *sign_offs.RULES,
    *cadence.RULES,
    *tampering.RULES,
)
RULES: tuple[Rule, ...] = tuple(
    sorted((*_RULES, *waiver_rules(frozenset(rule.code for rule in _RULES))), key=lambda rule: rule.code)
)

ON_CHANGE = frozenset(rule.code for rule in (*change_control.RULES, *immutable.RULES))
"""The codes of the rules on what the repository did up to the commit, whichever earlier day is asked for."""

__all__ = ["ON_CHANGE", "RULES", "excepted", "lowered"]
