"""Put a new record into a YAML source without touching what stands there."""

from dataclasses import dataclass
from typing import Any

from generator.errors import FieldPath, UsageError
from generator.load import Tree, form, parse
from generator.render.scaffold import item_text


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record goes: the source's path, the mapping that holds it, the field there, and whether in a list."""

    path: str
    holder: FieldPath = ()
    at: str = ""
    many: bool = True

    @property
    def whole(self) -> FieldPath:
        """The path to the list, or to the only record."""
        return (*self.holder, self.at) if self.at else self.holder


def inserted(text: str, fields: str, place: Place) -> tuple[str, int]:
    """The source with the record added, and the line where it begins. Raises UsageError where it has no room."""
    tree = parse(form(place.path), text.encode())
    if tree.faults:
        raise UsageError(f"{place.path} cannot be read", remedy="run `roadmap check` and correct it first")
    lines, below = _lines(place.path, text)
    value = _value(tree, place.whole)
    if place.many and isinstance(value, list) and value:
        start, added = _after_last(lines, tree, place, fields)
    elif value is None or value == []:
        start, added = _first(lines, tree, place, fields)
    else:
        raise UsageError(f"{place.path} has its {place.at or 'record'} already", remedy="edit it there")
    found = "".join([*lines[:start], added, *lines[start:], *below])
    after = parse(form(place.path), found.encode())
    if after.faults or _without_last(after, place, 1) != _without_last(tree, place, 0):
        raise UsageError(f"there is no room for it in {place.path}", remedy="write its lists in block style, - by -")
    return found, start + 1


def _lines(path: str, text: str) -> tuple[list[str], list[str]]:
    """The lines of YAML, each with its line end, and those of Markdown below them."""
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")] if text else []
    if form(path) != "md":
        return lines, []
    closing = next(index for index, line in enumerate(lines) if index and line.rstrip() == "---")
    return lines[:closing], lines[closing:]


def _after_last(lines: list[str], tree: Tree, place: Place, fields: str) -> tuple[int, str]:
    line, column = tree.place(place.whole)
    if lines[line - 1][column - 1] != "-":
        raise UsageError(f"{place.path} holds its list in brackets", remedy="write it as lines that begin with -")
    count = len(_value(tree, place.whole))
    last, _ = tree.place((*place.whole, count - 1))
    return _end(lines, last, column - 1), item_text(fields, " " * (column - 1))


def _first(lines: list[str], tree: Tree, place: Place, fields: str) -> tuple[int, str]:
    """The first record of a list, or the only one of a field, at the end of the mapping that holds it."""
    if not place.at:
        return len(lines), item_text(fields, "")
    holder = _value(tree, place.holder)
    start, margin = len(lines), ""
    if holder is not None:
        if place.at in holder:
            raise UsageError(f"{place.path} has an empty {place.at}", remedy=f"delete {place.at}: there and run again")
        line, column = tree.place(place.holder)
        if lines[line - 1][column - 1] == "{":
            raise UsageError("the parent stands in braces", remedy="write it as lines, a field a line")
        start, margin = _end(lines, line, column - 2), " " * (column - 1)
    each = "".join(f"{margin}  {one}\n" for one in fields.splitlines())
    return start, f"{margin}{place.at}:\n{item_text(fields, margin + '  ') if place.many else each}"


def _end(lines: list[str], line: int, floor: int) -> int:
    """How many lines there are up to the end of what begins on a line: it goes on where lines are set in further."""
    end = line
    for index in range(line, len(lines)):
        words = lines[index].strip()
        inside = len(lines[index]) - len(lines[index].lstrip(" ")) > floor
        if words and not inside and not words.startswith("#"):
            break
        if words and inside:
            end = index + 1
    return end


def _value(tree: Tree, path: FieldPath) -> Any:
    found = tree.value
    for part in path:
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and isinstance(part, int):
            found = found[part]
        else:
            return None
    return found


def _without_last(tree: Tree, place: Place, count: int) -> Any:
    """The tree's value without so many last records at the place; an empty list counts as none."""
    return _cut(tree.value, place.whole, count, many=place.many)


def _cut(value: Any, path: FieldPath, count: int, *, many: bool) -> Any:
    if not path:
        return (value[: len(value) - count] or None) if many and isinstance(value, list) else None
    part, *rest = path
    if isinstance(value, list) and isinstance(part, int):
        return [_cut(item, tuple(rest), count, many=many) if n == part else item for n, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    inner = _cut(value.get(part), tuple(rest), count, many=many)
    others = {name: item for name, item in value.items() if name != part}
    return {**others, part: inner} if inner is not None else others or None
