"""The effects of a change, from all rooms, the grave ones first."""

from collections.abc import Callable, Iterable

from generator.diff.effects import Effect
from generator.model.change import Change
from generator.model.judgement import Judgement


def effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> tuple[Effect, ...]:
    """What the changes mean, both states judged on the same day."""
    unique = dict.fromkeys(effect for room in _ROOMS for effect in room(old, new, tuple(found)))
    return tuple(sorted(unique, key=lambda effect: (effect.weight, effect.sort, effect.key)))


_ROOMS: tuple[Callable[[Judgement, Judgement, tuple[Change, ...]], Iterable[Effect]], ...] = ()
