"""Gates computed from snapshots: each criterion met, not met or not yet measurable, beside the recorded decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.judgement import Judgement
from generator.views.decisions import ConditionView, DecisionLine
from generator.views.kpis import KpiCard
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion of a gate, computed."""

    kpi: Ref
    scope: Ref
    sort: str
    op: str  # ">=" or "<=" ...
    needed: float
    decide_on: str  # "point" or "lower-bound"
    weight: str  # "decides" or "watched"
    card: KpiCard  # as read on the day of judgement: display, reading, interval, trend
    measured: float | None  # the number compared: the point value or the interval's cautious end
    met: bool | None  # None: not yet measurable
    state: State  # Met, Not met, Not yet measurable; Watched, met ...
    sentence: str


@dataclass(frozen=True, slots=True)
class QualitativeView:
    """A criterion that people judge."""

    text: str
    state: State


@dataclass(frozen=True, slots=True)
class GateView:
    """A gate on the day it is judged: by its decision's date once decided, else on the as-of date."""

    ref: Ref
    phase: Ref
    due: date
    days: int
    judged_on: date
    criteria: tuple[CriterionView, ...]
    qualitative: tuple[QualitativeView, ...]
    met: int
    not_met: int
    not_measurable: int
    watched: int
    computed: str  # "met" | "not-met" | "not-yet-measurable", of the deciding criteria
    sentence: str  # "Decided today, the gate would not open."
    decision: DecisionLine | None
    outcome: str
    conditions: tuple[ConditionView, ...]
    agreement: State | None  # whether the recorded decision agrees with the computed criteria
    state: State


def gates(j: Judgement) -> tuple[GateView, ...]:
    """Every gate, in the order of the phases."""
    raise NotImplementedError


def gate(j: Judgement, key: str) -> GateView:
    """One gate."""
    raise NotImplementedError


def gate_of(j: Judgement, phase: str) -> GateView | None:
    """The gate of a phase, or None."""
    raise NotImplementedError
