"""From records back to sources: a writer of YAML, CSV and Markdown that shares nothing with the program's readers."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from generator.model.kind import CsvTable, MarkdownEach, Nested, YamlEach, YamlList
from generator.model.portal import Entry, Portal
from generator.model.record import Value

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_NOT_TEXT = {"null"}

Source = str | list["Source"] | dict[str, "Source"]


def sources(portal: Portal) -> dict[str, bytes]:
    """The files that hold these records; an entry's path says in which one."""
    tops = [entry for entry in portal.entries.values() if not isinstance(entry.kind.shape, Nested)]
    paths = sorted({entry.path for entry in tops})
    return {path: _file(portal, [entry for entry in tops if entry.path == path]) for path in paths}


def written(value: object) -> Source:
    """A record or a part of it as texts, lists and mappings."""
    if isinstance(value, Value):
        return record_source(value)
    if isinstance(value, dict):
        return {str(written(name)): written(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [written(item) for item in value]
    return text_of(value)


def record_source(record: Value) -> dict[str, Source]:
    """The fields of a record that are set."""
    return {
        info.alias or name: written(found)
        for name, info in type(record).model_fields.items()
        if (found := getattr(record, name)) is not None and (info.is_required() or found not in ((), {}))
    }


def text_of(value: object) -> str:
    """A single value as people write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def yaml(value: Source, indent: int = 0) -> str:
    """YAML in block style; every text that is not one plain word stands in double quotes."""
    pad = "  " * indent
    if isinstance(value, str):
        return f" {scalar(value)}\n"
    if not value:
        return " []\n" if isinstance(value, list) else " {}\n"
    if isinstance(value, list):
        return "\n" + "".join(f"{pad}-{yaml(item, indent + 1)}" for item in value)
    return "\n" + "".join(f"{pad}{scalar(name)}:{yaml(item, indent + 1)}" for name, item in value.items())


def scalar(text: str) -> str:
    """One text."""
    if _PLAIN.fullmatch(text) and text not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)


def _file(portal: Portal, entries: list[Entry]) -> bytes:
    shape = entries[0].kind.shape
    if isinstance(shape, CsvTable):
        return _table(entries, shape.from_name).encode()
    whole: dict[str, Source] = {}
    for entry in entries:
        shape, value = entry.kind.shape, _with_nested(portal, entry)
        if isinstance(shape, YamlList):
            if not shape.at:
                return yaml([_with_nested(portal, each) for each in entries]).removeprefix("\n").encode()
            listed = whole.setdefault(shape.at, [])
            assert isinstance(listed, list)
            listed.append(value)
        elif isinstance(shape, YamlEach) and shape.at:
            whole[shape.at] = value
        elif isinstance(shape, MarkdownEach):
            text = value.pop("text", "")
            return f"---{yaml(value)}---\n\n{text}\n".encode()
        else:
            whole |= value
    return yaml(whole).removeprefix("\n").encode()


def _with_nested(portal: Portal, entry: Entry) -> dict[str, Source]:
    """The record with the records written in it."""
    value = record_source(entry.record)
    for child in portal.entries.values():
        if child.parent == entry.key and isinstance(child.kind.shape, Nested):
            at, inner = child.kind.shape.at, _with_nested(portal, child)
            if isinstance(child.at[-1], int):
                listed = value.setdefault(at, [])
                assert isinstance(listed, list)
                listed.append(inner)
            else:
                value[at] = inner
    return value


def _table(entries: Iterable[Entry], from_name: tuple[str, ...]) -> str:
    rows = [entry.record for entry in entries]
    skipped = {"tags", "notes", "formerly", "classification", *from_name}
    columns = [(name, info.alias or name) for name, info in type(rows[0]).model_fields.items() if name not in skipped]
    if any(row.classification for row in rows):
        columns.append(("classification", "classification"))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(alias for _, alias in columns)
    for row in rows:
        writer.writerow(_cell(getattr(row, name)) for name, _ in columns)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return " ".join(text_of(item) for item in value) if isinstance(value, tuple) else text_of(value)


def texts(files: Mapping[str, bytes]) -> str:
    """All files, to read what a failing example wrote."""
    return "\n".join(f"== {path}\n{data.decode()}" for path, data in files.items())
