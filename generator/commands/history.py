"""`roadmap history`: every step that changed one record."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from generator.commands.timeline import timeline
from generator.commands.world import World
from generator.errors import UsageError
from generator.model.change import Change, applied
from generator.model.judgement import Commit, Step, Timeline
from generator.model.record import Json
from generator.model.signature import UNSIGNED, Signature

State = Mapping[str, dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a record's history: what changed, the decisions recorded with it that name the record, who signed."""

    step: Step
    changes: tuple[Change, ...]
    decisions: tuple[str, ...]
    signed: tuple[tuple[Commit, str], ...]  # each commit that wrote it, and its signature in words


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """The steps that changed a record, newest first, and the steps of the whole history that do not load."""

    key: str
    steps: tuple[Told, ...]
    gaps: tuple[Step, ...]


def key_history(world: World, key: str, tip: str, count: int | None = None) -> KeyHistory:
    """The newest steps of a record's history up to a commit. Raises UsageError when no commit knows it."""
    past = timeline(world.history, world.cache, tip or "HEAD")
    steps = _following(past, key)
    if not steps:
        known = sorted({change.key for step in past.steps for change in step.changes})
        close = get_close_matches(key, known, n=1)
        remedy = f'did you mean "{close[0]}"?' if close else "`roadmap diff` lists the keys of what changed"
        raise UsageError(f'no commit knows a record "{key}"', remedy=remedy)
    shown = steps[::-1][:count]
    signatures = world.history.signatures(sorted({c.id for step, _ in shown for c in writers(step)}))
    seats = _seats(past)
    told = tuple(
        Told(step, changes, tuple(_decisions(step, key)), tuple(_signed(step, signatures, seats)))
        for step, changes in shown
    )
    return KeyHistory(key, told, tuple(step for step in past.steps if step.problem))


def writers(step: Step) -> tuple[Commit, ...]:
    """The commits that wrote what a step brought: those that a merge brought in, else the commit itself."""
    return step.merged or (step.commit,)


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


def _decisions(step: Step, key: str) -> Iterator[str]:
    """The decisions that came with the step and name the record, a prefix of its key, or a field of it."""
    for change in step.changes:
        if change.key.startswith("dec-") and change.added and isinstance(change.new, dict):
            affects = change.new.get("affects")
            subjects = [str(subject) for subject in affects] if isinstance(affects, list) else []
            if any(s.partition("#")[0] == key or (s.endswith("/") and key.startswith(s)) for s in subjects):
                yield change.key


def _seats(past: Timeline) -> State:
    """Every seat as it stands at the end."""
    state: State = {}
    for step in past.steps:
        own = [change for change in step.changes if change.key.startswith("sea-")]
        state = applied(state, own) if own and not step.problem else state
    return state


def _signed(step: Step, signatures: Mapping[str, Signature], seats: State) -> Iterator[tuple[Commit, str]]:
    for commit in writers(step):
        yield commit, _words(signatures.get(commit.id, UNSIGNED), commit.committed.date(), seats)


def _words(signature: Signature, day: date, seats: State) -> str:
    if signature.state == "none":
        return "not signed"
    if signature.state == "bad":
        return "the signature is not of this commit"
    if signature.state == "unknown":
        return "signed in a form that is not judged here"
    holders = [key for key, seat in sorted(seats.items()) if signature.key in _keys_on(seat, day)]
    whose = f"a key of {', '.join(holders)}" if holders else "a key that no seat listed then"
    return f"signed by {whose} ({signature.key})"


def _keys_on(seat: Mapping[str, Json], day: date) -> Iterable[Json]:
    """The fingerprints that a seat's holder listed on that day."""
    holders = seat.get("holders")
    for holder in holders if isinstance(holders, list) else []:
        if isinstance(holder, dict):
            first = str(holder.get("from") or holder.get("from_") or "")
            last = str(holder.get("to") or "9999-12-31")
            keys = holder.get("keys")
            if first <= str(day) <= last and isinstance(keys, list):
                yield from keys
