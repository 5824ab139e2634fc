"""Field types that link: the text is the key of another record, and says of which kind."""

import re
from typing import Annotated

from pydantic import AfterValidator

from generator.errors import FieldPath
from generator.model.fields import FieldError, Id
from generator.model.record import Link, Reference

ANY_KIND = "*"

AnyRef = Annotated[str, Link(ANY_KIND)]
BodyRef = Annotated[Id, Link("body")]
CertificationRef = Annotated[Id, Link("certification")]
CohortRef = Annotated[Id, Link("cohort")]
CompetencyRef = Annotated[Id, Link("competency")]
DecisionRef = Annotated[Id, Link("decision")]
EscalationRef = Annotated[Id, Link("escalation")]
GateRef = Annotated[Id, Link("gate")]
ImportRef = Annotated[Id, Link("import")]
KpiRef = Annotated[Id, Link("kpi")]
LessonRef = Annotated[Id, Link("lesson")]
MilestoneRef = Annotated[Id, Link("milestone")]
ModuleRef = Annotated[Id, Link("module")]
ObligationRef = Annotated[Id, Link("obligation")]
OwnerRef = Annotated[Id, Link("body", "role", "seat")]
PackRef = Annotated[Id, Link("pack")]
PartyRef = Annotated[Id, Link("body", "role", "seat")]
PermissionRef = Annotated[Id, Link("permission")]
PhaseRef = Annotated[Id, Link("phase")]
PilotCharterRef = Annotated[Id, Link("pilot-charter")]
PlanItemRef = Annotated[Id, Link("plan-item")]
RetrospectiveRef = Annotated[Id, Link("retrospective")]
RiskRef = Annotated[Id, Link("risk")]
RoleRef = Annotated[Id, Link("role")]
SeatRef = Annotated[Id, Link("seat")]
SystemRef = Annotated[Id, Link("system")]

_SCOPE = re.compile(r"bank|(phase|role|cohort|unit|system):[a-z0-9]+(-[a-z0-9]+)*")
_SCOPE_KINDS = ("phase", "role", "cohort", "system")


def _scope(value: str) -> str:
    if not _SCOPE.fullmatch(value):
        raise FieldError("bank, or phase:, role:, cohort:, unit: or system: and an id", value)
    return value


Scope = Annotated[str, AfterValidator(_scope)]


def scope_reference(scope: str, field: FieldPath) -> tuple[Reference, ...]:
    """The link that a scope makes: `phase:phs-pilot` links to the phase; `bank` and units link to nothing."""
    sort, _, target = scope.partition(":")
    return (Reference(field, target, (sort,)),) if sort in _SCOPE_KINDS else ()


def subject_references(subjects: tuple[str, ...], name: str) -> tuple[Reference, ...]:
    """The links that subjects make: `kpi-x#target` links to kpi-x; prefixes such as `matrix/rol-x/` name many."""
    return tuple(
        Reference((name, index), subject.partition("#")[0], (ANY_KIND,))
        for index, subject in enumerate(subjects)
        if not subject.endswith("/")
    )
