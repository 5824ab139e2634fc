"""Any record in words: the table that prints every kind without a section of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from generator.model.kind import CsvTable, Kind
from generator.model.portal import Entry, Portal
from generator.model.record import Record, Value
from generator.render.packs import format as fmt
from generator.render.packs.source import PackSource
from generator.views.shown import title_of

SKIPPED = frozenset({"id", "title", "classification", "tags", "formerly"})
LONG = 48
LONGEST = 80  # a long text is cut here; the whole of it is attached
MOST_FACTS = 4
MOST_TEXTS = 1
MOST_ROWS = 40
MOST_TOLD = 16  # of more records only the titles are printed
MOST_TABLE_ROWS = 4  # of tables that grow by rows


@dataclass(frozen=True, slots=True)
class GenericRow:
    """One record: what it is called and its facts in one line."""

    key: str
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class GenericTable:
    """The records of one kind."""

    title: str
    origin: str
    total: int
    rows: tuple[GenericRow, ...]


@dataclass(frozen=True, slots=True)
class GenericView:
    """A table a kind."""

    tables: tuple[GenericTable, ...]


def generic_view(source: PackSource, kinds: Iterable[Kind[Any]]) -> GenericView:
    """The tables of these kinds, empty kinds left out."""
    tables = (generic_table(source, kind) for kind in kinds)
    return GenericView(tuple(table for table in tables if table is not None))


def generic_table(source: PackSource, kind: Kind[Any]) -> GenericTable | None:
    """The records of one kind; of a very long table the last rows, which are the newest by their keys."""
    portal = source.judgement.portal
    entries = [entry for entry in portal.entries_of(kind.record) if _is_wanted(source, entry)]
    if not entries:
        return None
    paths = sorted({entry.path for entry in entries})
    folder = paths[0] if len(paths) == 1 else paths[0].rpartition("/")[0]
    most = MOST_TABLE_ROWS if isinstance(kind.shape, CsvTable) else MOST_ROWS
    shown = entries[-most:]
    return GenericTable(
        kind.plural or kind.title or fmt.words(kind.name),
        folder,
        len(entries),
        tuple(_row(portal, e, told=len(shown) <= MOST_TOLD) for e in shown),
    )


def _is_wanted(source: PackSource, entry: Entry) -> bool:
    for field, name in (("phases", "phase"), ("roles", "role"), ("obligations", "obligation")):
        value = entry.key if entry.kind.name == name else getattr(entry.record, name, None)
        if isinstance(value, str) and value and not source.wants(field, value):
            return False
    return True


def _row(portal: Portal, entry: Entry, *, told: bool) -> GenericRow:
    title = title_of(entry)
    if not told:
        return GenericRow(entry.key, title, "")
    pairs = [
        (fmt.label(name), text.removesuffix("."))
        for name, text in _facts(portal, entry.record)
        if text and text != title
    ]
    short = [f"{label} {text}" for label, text in pairs if len(text) <= LONG][:MOST_FACTS]
    long = [_cut(text) for _, text in pairs if len(text) > LONG][:MOST_TEXTS]
    return GenericRow(entry.key, title, ". ".join(filter(None, (", ".join(short), *long))))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _facts(portal: Portal, record: Record) -> Iterator[tuple[str, str]]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name not in SKIPPED and value is not None and value not in ((), {}):
            yield name, str(value) if name == "year" else in_words(portal, value)  # 2026 is no amount


def in_words(portal: Portal, value: object) -> str:
    """A field's value as people read it: links by title, dates spelt, lists with semicolons."""
    if isinstance(value, Value):
        parts = ((name, getattr(value, name)) for name in type(value).model_fields)
        return ", ".join(
            f"{fmt.label(n)} {in_words(portal, v)}" for n, v in parts if v is not None and v not in ((), {})
        )
    if isinstance(value, dict):
        return "; ".join(f"{in_words(portal, name)}: {in_words(portal, item)}" for name, item in value.items())
    if isinstance(value, tuple | list):
        return "; ".join(in_words(portal, item) for item in value)
    return _scalar(portal, value)


def _scalar(portal: Portal, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return fmt.instant(value)
    if isinstance(value, date):
        return fmt.short_day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return f"{value:,}"
    text = str(value)
    entry = portal.entry(text)
    return title_of(entry) if entry is not None else text
