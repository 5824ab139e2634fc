"""Changes by record: what came, what went, what reads differently, and what has no meaning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from generator.model.change import Change, changes
from generator.model.portal import Entry, Portal
from generator.model.record import Json, administrative_fields

Sort = Literal["added", "removed", "changed", "renamed"]
_TELLING = frozenset({"status", "approved_by", "superseded_by", "retired"})  # administrative, and yet news to a reader
_TITLES = ("title", "text", "message", "statement", "rule", "hypothesis")


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record before and after: its kind, title and source, and its fields that differ."""

    key: str
    kind: str
    title: str
    sort: Sort
    changes: tuple[Change, ...]
    path: str  # below the content folder; where it stood when it is gone
    administrative: bool = False  # only fields that run the record's life: status, owner, review dates
    formerly: str = ""  # the key it had before, when it is renamed


def record_changes(old: Portal, new: Portal, found: Iterable[Change]) -> tuple[RecordChange, ...]:
    """The changes grouped by record, sorted by key; a record that was renamed is one, with what else changed in it."""
    grouped = {key: tuple(group) for key, group in groupby(found, key=lambda change: change.key)}
    renamed = _renamed(old, new, grouped)
    gone = set(renamed.values())
    return tuple(
        _moved(old, new, key, renamed[key]) if key in renamed else _record(old, new, key, group)
        for key, group in grouped.items()
        if key not in gone
    )


def _renamed(old: Portal, new: Portal, grouped: Mapping[str, tuple[Change, ...]]) -> dict[str, str]:
    """New key -> the key it had: an added record that names a removed one in `formerly`."""
    found = {}
    for key, group in grouped.items():
        for former in getattr(new.entries[key].record, "formerly", ()) if group[0].added else ():
            if former in old.entries and former in grouped and grouped[former][0].removed:
                found[key] = former
    return found


def _moved(old: Portal, new: Portal, key: str, former: str) -> RecordChange:
    before, after = old.canonical[former], new.canonical[key]
    entry = new.entries[key]
    found = tuple(change for change in changes({key: before}, {key: after}) if change.field != ("formerly",))
    return RecordChange(key, entry.kind.name, _title(entry), "renamed", found, entry.path, formerly=former)


def value_text(value: Json) -> str:
    """A field's value on one line, as a person writes it."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name.rstrip('_')}: {value_text(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(value_text(item) for item in value) + "]"
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def field_text(change: Change) -> str:
    """The name of a changed field: `timebox.max`."""
    return ".".join(str(part).rstrip("_") for part in change.field)


def before_and_after(change: Change, width: int) -> tuple[str, str]:
    """The two values on one line each, cut down to where they differ."""
    old, new = change.old, change.new
    if isinstance(old, list) and isinstance(new, list):
        gone, came = [item for item in old if item not in new], [item for item in new if item not in old]
        if gone or came:
            return _clipped(_items(gone), width), _clipped(_items(came), width)
    before, after = (" ".join(value_text(value).split()) for value in (old, new))
    start = _first_difference(before, after) - width // 3
    if start > 0 and max(len(before), len(after)) > width:
        before, after = f"…{before[start:]}", f"…{after[start:]}"
    return _clipped(before, width), _clipped(after, width)


def _items(values: list[Json]) -> str:
    return ", ".join(value_text(value) for value in values) or "nothing"


def _first_difference(before: str, after: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )


def _clipped(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _record(old: Portal, new: Portal, key: str, found: tuple[Change, ...]) -> RecordChange:
    entry = new.entries.get(key) or old.entries[key]
    sort: Sort = "added" if found[0].added else "removed" if found[0].removed else "changed"
    return RecordChange(key, entry.kind.name, _title(entry), sort, found, entry.path, _administrative(entry, found))


def _administrative(entry: Entry, found: tuple[Change, ...]) -> bool:
    fields = administrative_fields(type(entry.record)) - _TELLING
    return all(change.field and str(change.field[0]) in fields for change in found)


def _title(entry: Entry) -> str:
    values = (getattr(entry.record, name, None) for name in _TITLES)
    return next((value for value in values if isinstance(value, str) and value), "")
