"""Experiments: plan, needed size, result with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from generator.kinds.cohort import ArmResult, Experiment
from generator.measure.figures import Figure, Interval
from generator.measure.means import Sample, welch
from generator.measure.proportions import difference, people_per_arm
from generator.model.judgement import Judgement
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, ref

_HALF = 0.5  # the share with the widest spread: the safe guess where no share is known


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm of an experiment."""

    name: str
    n: int | None
    value: float | None  # share or mean


@dataclass(frozen=True, slots=True)
class ExperimentView:
    """An experiment: plan, needed size, result with interval."""

    ref: Ref
    module: Ref | None
    hypothesis: str
    unit: str
    arms: tuple[Arm, ...]
    test: str
    alpha: Decimal
    power: Decimal
    minimal_effect: Decimal
    planned_n_per_arm: int | None
    needed_n_per_arm: int | None
    registered: date | None
    start: date | None
    end: date | None
    status: str
    difference: float | None
    interval: Interval | None
    p_value: float | None
    state: State


@remembered
def experiments(j: Judgement) -> tuple[ExperimentView, ...]:
    """Every experiment."""
    return tuple(_view(j, one) for one in j.portal.all(Experiment))


def needed_per_arm(one: Experiment) -> int | None:
    """People each arm needs to show the smallest effect worth seeing, from the widest spread; None for means."""
    effect = float(one.minimal_effect)
    if one.test != "two-proportion" or not 0 < abs(effect) <= _HALF:
        return None
    return ceil(people_per_arm(_HALF, _HALF + effect, alpha=float(one.alpha), power=float(one.power)))


def _view(j: Judgement, one: Experiment) -> ExperimentView:
    needed = needed_per_arm(one)
    results = [one.result.get(arm) for arm in one.allocation.arms]
    figure = _compared(one, results)
    return ExperimentView(
        ref=ref(j.portal, one.id),
        module=ref(j.portal, one.module) if one.module else None,
        hypothesis=one.hypothesis,
        unit=one.unit,
        arms=tuple(_arm(name, result) for name, result in zip(one.allocation.arms, results, strict=True)),
        test=one.test,
        alpha=one.alpha,
        power=one.power,
        minimal_effect=one.minimal_effect,
        planned_n_per_arm=one.planned_n_per_arm,
        needed_n_per_arm=needed,
        registered=one.registered,
        start=one.start,
        end=one.end,
        status=one.status,
        difference=figure.value if figure else None,
        interval=figure.interval if figure else None,
        p_value=figure.p_value if figure else None,
        state=_state(one, figure, needed),
    )


def _arm(name: str, result: ArmResult | None) -> Arm:
    if result is None:
        return Arm(name, None, None)
    if result.x is not None:
        return Arm(name, result.n, result.x / result.n if result.n else None)
    return Arm(name, result.n, None if result.mean is None else float(result.mean))


def _compared(one: Experiment, results: list[ArmResult | None]) -> Figure | None:
    """The second arm less the first, where both have results that the test can read."""
    if len(results) != 2 or results[0] is None or results[1] is None:
        return None
    first, second = results[0], results[1]
    if not first.n or not second.n:
        return None
    if one.test == "two-proportion" and first.x is not None and second.x is not None:
        return difference((second.x, first.x), (second.n, first.n))
    if one.test == "welch" and None not in (first.mean, first.sd, second.mean, second.sd):
        return welch(_sample(second), _sample(first))
    return None


def _sample(result: ArmResult) -> Sample:
    return Sample(result.n, float(result.mean or 0), float(result.sd or 0))


def _state(one: Experiment, figure: Figure | None, needed: int | None) -> State:
    if figure is not None and figure.p_value is not None:
        shown = figure.p_value < float(one.alpha)
        return State(Tone.OK, "Difference shown") if shown else State(Tone.INFO, "No difference shown")
    if one.status == "stopped":
        return State(Tone.MUTE, "Stopped")
    if needed is not None and one.planned_n_per_arm < needed:
        return State(Tone.WARN, "Too small", f"{one.planned_n_per_arm} planned, {needed} needed in each arm")
    return State(Tone.INFO, "Running") if one.status == "running" else State(Tone.WAIT, one.status.capitalize())
