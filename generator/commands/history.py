"""`roadmap history`: every step that changed one record."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from generator.commands.timeline import timeline
from generator.commands.world import World
from generator.errors import UsageError
from generator.model.judgement import Step, Timeline
from generator.views.record_history import Told, past_index, told


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """The steps that changed a record, newest first, and the steps of the whole history that do not load."""

    key: str
    steps: tuple[Told, ...]
    gaps: tuple[Step, ...]


def key_history(world: World, key: str, tip: str, count: int | None = None, as_of: date | None = None) -> KeyHistory:
    """The newest steps of a record's history up to a commit, or to the last commit by a day. Raises UsageError."""
    past = until(timeline(world.history, world.cache, tip or "HEAD"), as_of)
    index = past_index(past)
    found = index.of(key)
    if not found:
        close = get_close_matches(key, sorted(index.places), n=1)
        remedy = f'did you mean "{close[0]}"?' if close else "`roadmap diff` lists the keys of what changed"
        raise UsageError(f'no commit knows a record "{key}"', remedy=remedy)
    shown = [past.steps[place] for place, _ in found[::-1][:count]]
    signatures = world.history.signatures(sorted({commit.id for step in shown for commit in step.writers}))
    return KeyHistory(key, told(index, key, signatures, count), tuple(step for step in past.steps if step.problem))


def until(past: Timeline, as_of: date | None) -> Timeline:
    """The steps up to the last one of the chain whose committer claims that day or an earlier one, in UTC."""
    if as_of is None:
        return past
    last = max((place for place, step in enumerate(past.steps) if step.commit.committed.date() <= as_of), default=-1)
    return Timeline(past.steps[: last + 1])
