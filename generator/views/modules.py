"""Modules: objectives and assessment, whom they serve and why, their sign-off and versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.kinds.certification import Certification, Pathway
from generator.kinds.cohort import Lesson
from generator.kinds.decision import Decision
from generator.kinds.module import Module, Scenario
from generator.model.judgement import Judgement
from generator.views.calendar import SessionView, upcoming_sessions
from generator.views.duties import enrol_links
from generator.views.kpi_cards import head_count
from generator.views.matrix import Cell, roles_of
from generator.views.memo import remembered
from generator.views.people import People, people_in
from generator.views.shown import Ref, State, Tone, ref, refs
from generator.views.sign_offs import SubjectSignOff, sign_off_of


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """What people are able to do afterwards, and how it is assessed."""

    text: str
    competency: Ref | None
    level: int | None
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """A role that a module is for."""

    role: Ref
    cell: Cell
    head_count: int | None


@dataclass(frozen=True, slots=True)
class CoDesign:
    """Who helped to design the module."""

    function: str
    seat: Ref
    on: date


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """How a module is assessed."""

    kind: str = "none"
    items: int | None = None
    pass_mark: Decimal | None = None
    attempts: int | None = None
    pre_test: bool = False


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module's page."""

    ref: Ref
    version: str
    status: str
    state: State
    owner: Ref
    approved_by: Ref | None
    approved_on: date | None
    minutes: int
    delivery: str
    language: tuple[str, ...]
    valid_months: int | None
    assessment: AssessmentView
    body_text: str  # Markdown source
    objectives: tuple[ObjectiveView, ...]
    dimensions: tuple[tuple[str, Decimal], ...]
    co_design: tuple[CoDesign, ...]
    competencies: tuple[tuple[Ref, int], ...]
    risks: tuple[Ref, ...]
    obligations: tuple[Ref, ...]
    systems: tuple[Ref, ...]
    prerequisites: tuple[Ref, ...]
    needed_by: tuple[Ref, ...]
    scenarios: tuple[Ref, ...]
    certifications: tuple[Ref, ...]
    pathways: tuple[Ref, ...]
    mandatory_for: tuple[Reach, ...]
    optional_for: tuple[Reach, ...]
    people: People  # in the roles for which it is mandatory
    sessions: tuple[SessionView, ...]
    enrol: tuple[tuple[str, str], ...]  # platform title, address
    sign_off: SubjectSignOff
    lessons: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module in the catalogue."""

    ref: Ref
    version: str
    status: str
    minutes: int
    delivery: str
    mandatory_roles: int
    people: People
    sign_off: State


_STATES = {
    "draft": State(Tone.WAIT, "Draft"),
    "approved": State(Tone.OK, "Approved"),
    "retired": State(Tone.MUTE, "Retired"),
}


@remembered
def modules(j: Judgement) -> tuple[ModuleLine, ...]:
    """The catalogue, by title."""
    lines = []
    for found in sorted(j.portal.all(Module), key=lambda one: one.title):
        asked = roles_of(j, found.id)
        lines.append(
            ModuleLine(
                ref=ref(j.portal, found.id),
                version=found.version,
                status=found.status,
                minutes=found.minutes,
                delivery=found.delivery,
                mandatory_roles=len(asked),
                people=people_in(j, tuple(cell.role for cell in asked)),
                sign_off=sign_off_of(j, found.id).state,
            )
        )
    return tuple(lines)


@remembered
def module(j: Judgement, key: str) -> ModuleView:
    """One module."""
    found = _module(j, key)
    asked = roles_of(j, key)
    return ModuleView(
        ref=ref(j.portal, key),
        version=found.version,
        status=found.status,
        state=_STATES[found.status],
        owner=ref(j.portal, found.owner),
        approved_by=ref(j.portal, found.approved_by) if found.approved_by else None,
        approved_on=_approval_day(j, found),
        minutes=found.minutes,
        delivery=found.delivery,
        language=found.language,
        valid_months=found.valid_months,
        assessment=_assessment(found),
        body_text=found.text or "",
        objectives=_objectives(j, found),
        dimensions=_dimensions(found),
        co_design=tuple(CoDesign(one.function, ref(j.portal, one.seat), one.on) for one in found.co_design),
        competencies=tuple((ref(j.portal, one), level) for one, level in found.competencies.items()),
        risks=refs(j.portal, found.risks),
        obligations=refs(j.portal, found.obligations),
        systems=refs(j.portal, found.systems),
        prerequisites=refs(j.portal, found.prerequisites),
        needed_by=refs(j.portal, (one.id for one in j.portal.all(Module) if key in one.prerequisites)),
        scenarios=refs(j.portal, (one.id for one in j.portal.all(Scenario) if one.module == key)),
        certifications=refs(j.portal, (one.id for one in j.portal.all(Certification) if key in one.requires.modules())),
        pathways=refs(j.portal, (one.id for one in j.portal.all(Pathway) if key in one.steps)),
        mandatory_for=_reach(j, asked),
        optional_for=_reach(j, roles_of(j, key, "optional")),
        people=people_in(j, tuple(cell.role for cell in asked)),
        sessions=upcoming_sessions(j, module=key),
        enrol=enrol_links(j, found),
        sign_off=sign_off_of(j, key),
        lessons=refs(j.portal, (one.id for one in j.portal.all(Lesson) if one.target == key)),
    )


def _module(j: Judgement, key: str) -> Module:
    found = j.portal.find(key, Module)
    if found is None:
        raise KeyError(key)
    return found


def _approval_day(j: Judgement, found: Module) -> date | None:
    approved = j.portal.find(found.approved_by, Decision)
    return approved.date if approved else None


def _assessment(found: Module) -> AssessmentView:
    one = found.assessment
    return AssessmentView(one.kind, one.items, one.pass_mark, one.attempts, one.pre_test) if one else AssessmentView()


def _objectives(j: Judgement, found: Module) -> tuple[ObjectiveView, ...]:
    return tuple(
        ObjectiveView(one.text, ref(j.portal, one.competency), one.level, one.criteria) for one in found.objectives
    )


def _reach(j: Judgement, cells: tuple[Cell, ...]) -> tuple[Reach, ...]:
    """The roles behind these cells, most people first."""
    found = [Reach(ref(j.portal, cell.role), cell, head_count(j, cell.role)) for cell in cells]
    return tuple(sorted(found, key=lambda reach: (-(reach.head_count or 0), reach.role.title)))


def _dimensions(found: Module) -> tuple[tuple[str, Decimal], ...]:
    if found.dimensions is None:
        return ()
    shares = found.dimensions
    return (("technical", shares.technical), ("ethical", shares.ethical), ("business", shares.business))
