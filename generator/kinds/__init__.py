"""One module a concept, and `KINDS`: every kind of record that content can hold."""

from typing import Any

from generator.kinds import (
    action,
    assurance,
    budget,
    certification,
    change_plan,
    cohort,
    competency,
    decision,
    governance,
    incident,
    kpi,
    matrix,
    module,
    obligation,
    plan,
    portal,
    risk,
    roadmap,
    role,
    seat,
    system,
    working_days,
)
from generator.model.kind import Kind

KINDS: tuple[Kind[Any], ...] = (
    *portal.KINDS,
    *roadmap.KINDS,
    *plan.KINDS,
    *role.KINDS,
    *competency.KINDS,
    *module.KINDS,
    *matrix.KINDS,
    *certification.KINDS,
    *system.KINDS,
    *risk.KINDS,
    *obligation.KINDS,
    *governance.KINDS,
    *seat.KINDS,
    *working_days.KINDS,
    *decision.KINDS,
    *budget.KINDS,
    *kpi.KINDS,
    *action.KINDS,
    *cohort.KINDS,
    *change_plan.KINDS,
    *incident.KINDS,
    *assurance.KINDS,
)
