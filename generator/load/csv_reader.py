"""CSV as RFC 4180 has it, read strictly: one header, the same number of cells in every row, no row lost.

The tree is {"header": [names], "rows": [{column: cell}]}; empty cells are left out of their row.
"""

import csv
from collections.abc import Iterator
from typing import Any

from generator.load.text import decoded
from generator.load.tree import Fault, Marks, Tree, mark

MAX_BYTES = 16 << 20
MAX_COLUMNS = 1_000
_SHOWN_FAULTS = 100  # more of them say nothing new, and a hostile file may hold millions


def parse_csv(data: bytes) -> Tree:
    """The tree of one CSV file."""
    text, faults = decoded(data, MAX_BYTES)
    faults = _separator_fault(data) or faults
    if faults:
        return Tree(None, mark(1, 1), faults)
    found: list[Fault] = []
    rows = list(_rows(text, found))
    if not rows:
        return Tree(
            None, mark(1, 1), tuple(found) or (Fault("SRC010", "the file is empty; expected a header row", mark(1, 1)),)
        )
    (header, header_marks), *body = rows
    found.extend(_header_faults(header, header_marks))
    values: list[dict[str, str]] = []
    marks: list[Marks] = []
    for cells, places in body:
        if len(found) >= _SHOWN_FAULTS:
            break  # a file with faults gives no records
        if len(cells) != len(header):
            message = f"the row has {len(cells)} cells, the header {len(header)}; quote a cell that holds a comma"
            found.append(Fault("SRC010", message, places[0]))
            continue
        values.append({name: cell for name, cell in zip(header, cells, strict=True) if cell})
        marks.append([places[0], {name: [place, place] for name, place in zip(header, places, strict=True)}])
    value: Any = {"header": header, "rows": values}
    top = mark(1, 1)
    return Tree(value, [top, {"header": [top, [top, header_marks]], "rows": [top, [top, marks]]}], tuple(found))


def _separator_fault(data: bytes) -> tuple[Fault, ...]:
    """What a spreadsheet did to the whole table: one fault, not one a row."""
    header = data.partition(b"\n")[0]
    if header.lower().startswith((b"sep=", b'"sep=')):
        return (Fault("SRC010", "a spreadsheet put this line here; delete it", mark(1, 1)),)
    for sign, name in ((b";", "semicolons"), (b"\t", "tabs")):
        if sign in header and b"," not in header:
            message = f"the cells are separated by {name}; save the table with commas, as CSV UTF-8"
            return (Fault("SRC010", message, mark(1, 1)),)
    return ()


def _rows(text: str, faults: list[Fault]) -> Iterator[tuple[list[str], list[int]]]:
    """Each row's cells and their marks; blank lines are faults."""
    lines = text.split("\n")
    reader = csv.reader(iter(text.splitlines(keepends=True)), strict=True)
    first = 1
    try:
        for cells in reader:
            if cells:
                yield cells, _places("\n".join(lines[first - 1 : reader.line_num]), first, len(cells))
            else:
                faults.append(Fault("SRC010", "a blank line; delete it", mark(first, 1)))
                if len(faults) >= _SHOWN_FAULTS:
                    return
            first = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault("SRC010", f"not readable as CSV: {error}; check the quotes", mark(first, 1)))


def _places(text: str, line: int, count: int) -> list[int]:
    """The marks of a row's cells; quoted cells may hold commas and line breaks."""
    if '"' not in text:
        places, column = [], 1
        for cell in text.split(","):
            places.append(mark(line, column))
            column += len(cell) + 1
        return places
    places, column, quoted = [mark(line, 1)], 1, False
    for character in text:
        column += 1
        if character == '"':
            quoted = not quoted
        elif character == "\n":
            line, column = line + 1, 1
        elif character == "," and not quoted:
            places.append(mark(line, column))
    return places[:count] + [places[-1]] * (count - len(places))


def _header_faults(header: list[str], marks: list[int]) -> Iterator[Fault]:
    if len(header) > MAX_COLUMNS:
        yield Fault("SRC010", f"{len(header):,} columns; at most {MAX_COLUMNS:,} are read", marks[MAX_COLUMNS])
        return
    for index, name in enumerate(header):
        if not name:
            yield Fault("SRC010", "a column without a name", marks[index])
        elif name in header[:index]:
            yield Fault("SRC003", f'the column "{name}" stands here for the second time', marks[index])
