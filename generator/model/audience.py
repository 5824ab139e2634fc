"""Records and their past as an audience sees them: without any link to what is withheld from it.

A link is cut where the field may be empty and where it is one of many. A record that cannot be without the link goes
too: half a record would be untrue, and its place in the portal would tell of what it belonged to. Prose that names
what is withheld keeps its other words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from generator.model.change import Change
from generator.model.record import Json, Record, Value

_PARTS = re.compile(r"[/:]")  # matrix/rol-x/mod-y/..., role:rol-x
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9/:#.-]*+")  # an id, a row's key or a path in prose, with its full stop
_ENDS = "/:#.-"  # what a sentence puts behind a name
_WITHIN = re.compile(r"[/:#.]")
_LINKED = re.compile(r"\[([^\[\]\n]*+)\]\(([^()\n]*+)\)")  # a Markdown link: its words and its target
NOT_NAMED = "(not shown here)"


def names_any(text: str, keys: AbstractSet[str]) -> bool:
    """Whether a text is one of these keys, a field of one, a row of one, or a scope made of one."""
    subject = text.partition("#")[0]
    return subject in keys or any(part in keys for part in _PARTS.split(subject))


def unnamed(text: str, keys: AbstractSet[str]) -> str:
    """Prose without the names of these keys: neutral words stand where one was named or linked to."""
    if "-" not in text or not _tells(text, keys):
        return text
    linked = _LINKED.sub(lambda link: link.group(1) if _tells(link.group(2), keys) else link.group(), text)
    return _WORD.sub(lambda found: _neutral(found.group(), keys), linked)


def _tells(text: str, keys: AbstractSet[str]) -> bool:
    return any(_names(found.group(), keys) for found in _WORD.finditer(text))


def _neutral(word: str, keys: AbstractSet[str]) -> str:
    end = word[len(word.rstrip(_ENDS)) :]
    return NOT_NAMED + end if _names(word, keys) else word


def _names(word: str, keys: AbstractSet[str]) -> bool:
    """Whether a word of prose is one of these keys, or a path or a key made of one."""
    subject = word.rstrip(_ENDS).lower()
    return subject in keys or any(part in keys for part in _WITHIN.split(subject))


def unlinked(record: Record, gone: AbstractSet[str]) -> Record | None:
    """The record without its links to these keys; None where it cannot be without one of them."""
    values = _kept_fields(record, gone)
    if values is None:
        return None
    return record.replaced(**values) if values else record


def _kept_fields(value: Value, gone: AbstractSet[str]) -> dict[str, Any] | None:
    """The fields that lose a link, with what is left of them; None where a field would be empty that may not be."""
    changed: dict[str, Any] = {}
    for name, info in type(value).model_fields.items():
        found = getattr(value, name)
        kept = _kept(found, gone)
        if kept is found:
            continue
        if kept is None and (info.is_required() or info.default is not None):
            return None
        if isinstance(kept, tuple) and len(kept) < max((getattr(m, "min_length", 0) for m in info.metadata), default=0):
            return None
        changed[name] = kept
    return changed


def _kept(value: Any, gone: AbstractSet[str]) -> Any:
    """What is left of a value: the value itself where nothing is lost, None where nothing is left."""
    if isinstance(value, str):
        return _kept_text(value, gone)
    if isinstance(value, Value):
        fields = _kept_fields(value, gone)
        return value.model_copy(update=fields) if fields else value if fields is not None else None
    if isinstance(value, tuple):
        return _kept_items(value, gone)
    if isinstance(value, dict):
        return _kept_pairs(value, gone)
    return value


def _kept_text(value: str, gone: AbstractSet[str]) -> str | None:
    if names_any(value, gone):
        return None
    kept = unnamed(value, gone)
    return value if kept == value else kept


def _kept_items(value: tuple[Any, ...], gone: AbstractSet[str]) -> tuple[Any, ...]:
    items = tuple(_kept(item, gone) for item in value)
    if all(new is old for new, old in zip(items, value, strict=True)):
        return value
    return tuple(new for new, old in zip(items, value, strict=True) if new is not None or old is None)


def _kept_pairs(value: dict[Any, Any], gone: AbstractSet[str]) -> dict[Any, Any]:
    names = [name for name in value if not (isinstance(name, str) and names_any(name, gone))]
    pairs = {name: _kept(value[name], gone) for name in names}
    if len(pairs) == len(value) and all(pairs[name] is value[name] for name in pairs):
        return value
    return {name: item for name, item in pairs.items() if item is not None or value[name] is None}


@dataclass(frozen=True)
class Past:
    """What an audience may see of the past: `gone` are the keys withheld now, `seen` those it sees now."""

    gone: AbstractSet[str]
    seen: AbstractSet[str]
    is_above: Callable[[Json], bool]  # whether a record classified so is withheld; None is the portal's default

    def of(self, steps: Sequence[tuple[Change, ...]]) -> tuple[list[tuple[Change, ...]], AbstractSet[str]]:
        """The changes of each step, oldest first, without those of records while they were withheld; their names.

        A record that came down in classification has its history from that day on.
        """
        closed = set(self.gone)
        kept = [self._open(changes, closed) for changes in reversed(steps)]
        names = closed - self.seen
        return [tuple(_cut_changes(changes, names)) for changes in reversed(kept)], names

    def _open(self, changes: tuple[Change, ...], closed: set[str]) -> tuple[Change, ...]:
        """The changes of one step that are not closed; closes records that were above the audience in it."""
        above = {change.key for change in changes if self._tells_above(change)}
        closed |= above
        # What was nested in a withheld record went with it; a change does not say where it was nested.
        nested = {change.key for change in changes if above and change.key not in self.seen}
        return tuple(c for c in changes if c.key not in nested and not names_any(c.key, closed))

    def _tells_above(self, change: Change) -> bool:
        if change.field == ("classification",):
            return self.is_above(change.old) or self.is_above(change.new)
        return not change.field and any(
            isinstance(record, dict) and self.is_above(record.get("classification"))
            for record in (change.old, change.new)
        )


def _cut_changes(changes: Iterable[Change], names: AbstractSet[str]) -> Iterator[Change]:
    for change in changes:
        old, new = _cut(change.old, names), _cut(change.new, names)
        if old != new:
            yield replace(change, old=old, new=new)


def _cut(value: Json, names: AbstractSet[str]) -> Json:
    if isinstance(value, str):
        return _kept_text(value, names)
    if isinstance(value, list):
        return [_cut(item, names) for item in value if not _is_cut(item, names)]
    if isinstance(value, dict):
        return {
            name: _cut(item, names)
            for name, item in value.items()
            if not _is_cut(item, names) and not names_any(name, names)
        }
    return value


def _is_cut(value: Json, names: AbstractSet[str]) -> bool:
    return isinstance(value, str) and names_any(value, names)
