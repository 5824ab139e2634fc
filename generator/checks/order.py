"""Rules on any record: spans that end before they begin, lists that name something twice."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache

from generator.errors import FieldPath, Finding, Severity
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.record import Value

_PAIRS = (
    ("from_", "to"),
    ("start", "end"),
    ("raised", "closed"),
    ("published", "assessed_on"),
    ("as_of", "extracted"),
)
_HAVE_THEIR_OWN = frozenset({"phase", "cohort", "obligation", "matrix", "plan-item"})  # rules with better words


def _ends_first(j: Judgement) -> Iterator[Finding]:
    for entry in j.portal.entries.values():
        if entry.kind.name in _HAVE_THEIR_OWN:
            continue
        for value, at in _values(entry.record, ()):
            for first, last in _pairs(type(value)):
                begins, ends = _moment(getattr(value, first)), _moment(getattr(value, last))
                if begins and ends and type(begins) is type(ends) and ends < begins:  # type: ignore[operator]
                    names = _written(value, first), _written(value, last)
                    values = {"first": names[0], "last": names[1], "begins": _plain(begins), "ends": _plain(ends)}
                    yield Finding(entry.key, (*at, names[1]), values)


def _listed_twice(j: Judgement) -> Iterator[Finding]:
    for entry in j.portal.entries.values():
        for value, at in _values(entry.record, ()):
            for name in _fields(type(value)):
                items = getattr(value, name)
                if isinstance(items, tuple):
                    for index in _repeated(items):
                        values = {"field": _written(value, name), "what": _shown(items[index])}
                        yield Finding(entry.key, (*at, _written(value, name), index), values)


def _repeated(items: tuple[object, ...]) -> Iterator[int]:
    """The places of items that stand in the list already."""
    seen: list[object] = []
    for index, item in enumerate(items):
        plain = item.canonical() if isinstance(item, Value) else item
        if plain in seen:
            yield index
        else:
            seen.append(plain)


def _values(value: Value, at: FieldPath) -> Iterator[tuple[Value, FieldPath]]:
    """A value and every one inside it, with the path to each."""
    yield value, at
    for name in _fields(type(value)):
        item = getattr(value, name)
        written = _written(value, name)
        if isinstance(item, Value):
            yield from _values(item, (*at, written))
        elif isinstance(item, tuple):
            for index, part in enumerate(item):
                if isinstance(part, Value):
                    yield from _values(part, (*at, written, index))


@cache
def _fields(record: type[Value]) -> tuple[str, ...]:
    """The fields that may hold a list or another value: those of a plain type are not looked at."""
    plain = ("str", "bool", "int", "date", "Decimal", "time", "datetime")
    return tuple(n for n, info in record.model_fields.items() if getattr(info.annotation, "__name__", "") not in plain)


@cache
def _pairs(record: type[Value]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in _PAIRS if all(name in record.model_fields for name in pair))


def _written(value: Value, name: str) -> str:
    return type(value).model_fields[name].alias or name


def _moment(value: object) -> date | time | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date | time) else None


def _plain(moment: date | time) -> str:
    return f"{moment:%H:%M}" if isinstance(moment, time) else str(moment)


def _shown(item: object) -> str:
    if isinstance(item, Value):
        return ", ".join(part for part in item.canonical().values() if isinstance(part, str))
    return str(item)


RULES = (
    Rule(
        code="DAT001",
        severity=Severity.ERROR,
        title="What begins ends later",
        why="A span that ends before it begins covers no day, and every list that asks for it leaves it out.",
        remedy="Correct one of the two.",
        message='{key}: "{last}" {ends} is before "{first}" {begins}',
        check=_ends_first,
    ),
    Rule(
        code="DAT002",
        severity=Severity.ERROR,
        title="Nothing is listed twice",
        why="What stands twice is counted twice, or one of the two was meant to be something else.",
        remedy="Delete one of the two, or correct it.",
        message="{key}: {field} names {what} twice",
        check=_listed_twice,
    ),
)
