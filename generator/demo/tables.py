"""Edits of CSV text by row: the row of a key goes, or one of its cells changes."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from generator.demo.failure import ReplayError
from generator.load.claims import claimants
from generator.model.kind import CsvTable


@dataclass(frozen=True, slots=True)
class Table:
    """How the rows of one file are named: the kind, the columns of its key, and the fields given by the file's name."""

    kind: str
    key: tuple[str, ...]
    named: tuple[tuple[str, str], ...]

    def key_of(self, row: dict[str, str]) -> str:
        """The key of a row."""
        values = {**row, **dict(self.named)}
        parts = [values.get(column, "") for column in self.key]
        return parts[0] if self.key == ("id",) else "/".join((self.kind, *(part or "None" for part in parts)))


def table_of(path: str) -> Table:
    """How the rows of the file at that path are named."""
    from generator.kinds import KINDS

    for kind in claimants(path, KINDS):
        if isinstance(kind.shape, CsvTable):
            parts = path.rsplit("/", 1)[-1].split(".")[:-1]
            return Table(kind.name, kind.key, tuple(zip(kind.shape.from_name, parts, strict=False)))
    raise ReplayError(f"{path} is no table that the programme knows")


def row_keys(text: str, table: Table) -> tuple[str, ...]:
    """The keys of all rows, in their order."""
    return tuple(table.key_of(row) for row in _rows(text))


def without_rows(text: str, table: Table, keys: Iterable[str]) -> str:
    """The text without the rows of these keys; empty when only the header is left."""
    gone = set(keys)
    kept = [row for row in _rows(text) if table.key_of(row) not in gone]
    return _written(_header(text), kept) if kept else ""


def with_cell(text: str, table: Table, key: str, column: str, value: str) -> str:
    """The text with one cell changed."""
    header, rows = _header(text), _rows(text)
    if column not in header:
        raise ReplayError(f"the table of {key} has no column {column}")
    return _written(header, [{**row, column: value} if table.key_of(row) == key else row for row in rows])


def cell(text: str, table: Table, key: str, column: str) -> str:
    """One cell."""
    return next(row.get(column, "") for row in _rows(text) if table.key_of(row) == key)


def _header(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text)))


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _written(header: list[str], rows: Iterable[dict[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
