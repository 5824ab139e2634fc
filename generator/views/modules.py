"""Modules: objectives and assessment, whom they serve and why, their sign-off and versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.judgement import Judgement
from generator.views.calendar import SessionView
from generator.views.matrix import Cell
from generator.views.shown import Ref, State
from generator.views.sign_offs import SubjectSignOff


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
    assessment_kind: str
    assessment_items: int | None
    pass_mark: Decimal | None
    attempts: int | None
    pre_test: bool
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
    people: int  # in the roles for which it is mandatory
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
    people: int
    sign_off: State


def modules(j: Judgement) -> tuple[ModuleLine, ...]:
    """The catalogue, by title."""
    raise NotImplementedError


def module(j: Judgement, key: str) -> ModuleView:
    """One module."""
    raise NotImplementedError
