"""The effects of a change, from all rooms, the grave ones first."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from generator.checks.change_control import Controlled
from generator.diff.coverage import coverage_effects, training_effects
from generator.diff.effects import Effect, Weight
from generator.diff.events import incident_effects, wording_effects
from generator.diff.facts import fact_effects
from generator.diff.messages import message_effects
from generator.diff.promises import criterion_effects, gate_effects, phase_effects, sign_off_effects, target_effects
from generator.diff.rights import decided_by, decision_effects
from generator.model.change import Change
from generator.model.judgement import Judgement

_Room = Callable[[Judgement, Judgement, tuple[Change, ...]], Iterable[Effect]]
_ROOMS: tuple[_Room, ...] = (
    coverage_effects,
    training_effects,
    target_effects,
    criterion_effects,
    gate_effects,
    phase_effects,
    message_effects,
    sign_off_effects,
    wording_effects,
    incident_effects,
    decision_effects,
    fact_effects,
)
_TARGET_TYPES = ("kpi-target", "scope-change", "phase-gate")


def effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> tuple[Effect, ...]:
    """What the changes mean, both states judged on the same day."""
    changes = tuple(found)
    unique = dict.fromkeys(_decided(old, new, effect) for room in _ROOMS for effect in room(old, new, changes))
    return ranked(unique)


def ranked(found: Iterable[Effect]) -> tuple[Effect, ...]:
    """The effects in the order in which they are told: the grave ones first."""
    return tuple(sorted(found, key=lambda effect: (effect.weight, effect.sort, effect.key)))


def _decided(old: Judgement, new: Judgement, effect: Effect) -> Effect:
    """A weaker target that a decision covers is to be noted and does not block."""
    if effect.sort != "target-weaker":
        return effect
    key, _, _ = effect.key.partition("#")
    field = "target" if key.startswith("kpi-") else "criteria"
    decision = decided_by(old, new, Controlled(key, field, "", _TARGET_TYPES))
    return replace(effect, weight=Weight.NOTE, needs=f"nothing: {decision.id} decided it") if decision else effect
