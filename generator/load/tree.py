"""The positioned tree of one source file: plain values beside a parallel structure of marks.

Values are text, lists, mappings and None only; no reader guesses types. A mark is `line << 20 | column` (both from 1).
The marks of a mapping are `[mark, {key: [mark of the key, marks of the value]}]`, of a list `[mark, [marks ...]]`, of a
scalar the mark itself: JSON throughout, so that a tree can be cached by blob id. Nothing in it names a path.
"""

import json
from dataclasses import dataclass
from typing import Any

from generator.errors import FieldPath

LOADER_VERSION = "3"  # raise it when the same bytes give another tree or other faults
_COLUMN_BITS = 20
_COLUMN_MASK = (1 << _COLUMN_BITS) - 1

Marks = Any  # int | [int, {str: [int, Marks]}] | [int, [Marks]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file's form: the code, what is wrong, and its mark."""

    code: str
    message: str
    mark: int


@dataclass(frozen=True, slots=True)
class Tree:
    """What one file says, where each part stands, and what is wrong with its form."""

    value: Any
    marks: Marks
    faults: tuple[Fault, ...] = ()

    def dump(self) -> bytes:
        """The tree as JSON bytes; `load` reads them back."""
        faults = [[fault.code, fault.message, fault.mark] for fault in self.faults]
        return json.dumps([self.value, self.marks, faults], ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def load(cls, data: bytes) -> "Tree":
        """The tree that `dump` wrote."""
        value, marks, faults = json.loads(data)
        return cls(value, marks, tuple(Fault(*fault) for fault in faults))

    def place(self, field: FieldPath, *, of_key: bool = False) -> tuple[int, int]:
        """Line and column of a field's value (or its key); of the nearest part around it where it does not exist."""
        return line_and_column(_mark(self.marks, field, of_key=of_key))


def mark(line: int, column: int) -> int:
    """One number for a place; columns beyond a million are clipped."""
    return line << _COLUMN_BITS | min(column, _COLUMN_MASK)


def line_and_column(place: int) -> tuple[int, int]:
    """The line and column of a mark."""
    return place >> _COLUMN_BITS, place & _COLUMN_MASK


def _mark(marks: Marks, field: FieldPath, *, of_key: bool) -> int:
    found = marks
    for depth, part in enumerate(field):
        inner = found[1] if isinstance(found, list) else None
        last = depth == len(field) - 1
        if isinstance(inner, dict) and part in inner:
            key_mark, found = inner[part]
            if last and of_key:
                return int(key_mark)
        elif isinstance(inner, list) and isinstance(part, int) and part < len(inner):
            found = inner[part]
        elif field[0] == "text" and depth == 1 and isinstance(part, int) and not isinstance(found, list):
            line, _ = line_and_column(int(found))
            return mark(line + part, 1)  # a line of the Markdown below the front matter
        else:
            break
    return int(found[0] if isinstance(found, list) else found)
