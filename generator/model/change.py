"""The generic diff: by key and field, on canonical forms; applying a diff to the old gives the new."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.errors import FieldPath
from generator.model.record import Json

Canonical = Mapping[str, dict[str, Json]]  # key -> canonical record


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one record before and after; an empty path: the whole record came (old None) or went (new None)."""

    key: str
    field: FieldPath
    old: Json
    new: Json

    @property
    def added(self) -> bool:
        """The whole record is new."""
        return not self.field and self.old is None

    @property
    def removed(self) -> bool:
        """The whole record is gone."""
        return not self.field and self.new is None


def changes(old: Canonical, new: Canonical) -> tuple[Change, ...]:
    """Every difference between two sets of records, sorted by key and field; equal sets give nothing."""
    found: list[Change] = []
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            found.append(Change(key, (), before, after))
        elif before != after:
            found.extend(Change(key, field, a, b) for field, a, b in _fields(before, after))
    return tuple(found)


def applied(old: Canonical, differences: Iterable[Change]) -> dict[str, dict[str, Json]]:
    """The records after the changes; `applied(a, changes(a, b)) == b`."""
    result = {key: _copy(record) for key, record in old.items()}
    for change in differences:
        if change.field:
            _put(result[change.key], change.field, change.new)
        elif change.new is None:
            del result[change.key]
        elif isinstance(change.new, dict):
            result[change.key] = _copy(change.new)
    return result


def _fields(before: dict[str, Json], after: dict[str, Json]) -> Iterator[tuple[FieldPath, Json, Json]]:
    """Differences of two mappings: maps are entered, lists are one value."""
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old == new and (name in before) == (name in after):
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            for field, a, b in _fields(old, new):
                yield (name, *field), a, b
        else:
            yield (name,), old, new


def _put(record: dict[str, Json], field: FieldPath, value: Json) -> None:
    *parents, last = field
    for name in parents:
        inner = record[str(name)]
        if not isinstance(inner, dict):  # pragma: no cover - a diff enters maps only
            raise TypeError(name)
        record = inner
    if value is None:
        record.pop(str(last), None)
    else:
        record[str(last)] = value


def _copy(record: dict[str, Json]) -> dict[str, Json]:
    return {name: _copy(value) if isinstance(value, dict) else value for name, value in record.items()}
