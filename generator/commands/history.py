"""`roadmap history`: every step that changed one record."""

from dataclasses import dataclass
from difflib import get_close_matches

from generator.commands.timeline import timeline
from generator.commands.world import World
from generator.errors import UsageError
from generator.model.change import Change
from generator.model.judgement import Step, Timeline


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """The steps that changed a record, newest first, and the steps of the whole history that do not load."""

    key: str
    steps: tuple[tuple[Step, tuple[Change, ...]], ...]
    gaps: tuple[Step, ...]


def key_history(world: World, key: str, tip: str) -> KeyHistory:
    """The history of the record of that key up to a commit. Raises UsageError when no commit knows it."""
    past = timeline(world.history, world.cache, tip or "HEAD")
    steps = _following(past, key)
    if not steps:
        known = sorted({change.key for step in past.steps for change in step.changes})
        close = get_close_matches(key, known, n=1)
        remedy = f'did you mean "{close[0]}"?' if close else "`roadmap diff` lists the keys of what changed"
        raise UsageError(f'no commit knows a record "{key}"', remedy=remedy)
    return KeyHistory(key, steps[::-1], tuple(step for step in past.steps if step.problem))


def _following(past: Timeline, key: str) -> tuple[tuple[Step, tuple[Change, ...]], ...]:
    """The steps that changed the record under any of the names it had, oldest first."""
    names = {key}
    for step in reversed(past.steps):
        for change in step.changes:
            if change.key in names and change.added and isinstance(change.new, dict):
                former = change.new.get("formerly")
                names.update(str(name) for name in (former if isinstance(former, list) else ()))
    found = ((step, tuple(change for change in step.changes if change.key in names)) for step in past.steps)
    return tuple((step, changed) for step, changed in found if changed)
