"""The matrix workbook's sheets: the matrix to edit, how to edit it, and hidden the rows it was made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from generator.commands.matrix_cells import FORM, Cell, CellEdit, Pair, Row, cells_on, parsed_cell
from generator.errors import UsageError
from generator.evidence.canonical import digest
from generator.kinds.matrix import ANY_MODULE, MATRIX
from generator.load.claims import table_columns
from generator.model.fields import FieldError, parsed_date
from generator.ports import Sheet

_SHEET, _HELP, _ORIGIN = "Matrix", "How to", "Origin"
_TAG = "roadmap-matrix-workbook-v1"
_HEAD = 2  # rows and columns before the cells: ids, then titles
_AGAIN = "export the matrix again and edit that file"
_TOLD = 5  # so many wrong cells are named, the others counted


@dataclass(frozen=True, slots=True)
class Origin:
    """What a workbook was made from: the commit, the day, the rows."""

    commit: str
    as_of: date
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles by id: of the roles down the side, of the modules across the top."""

    roles: Mapping[str, str]
    modules: Mapping[str, str]


def workbook(origin: Origin, titles: Titles) -> tuple[Sheet, ...]:
    """The sheets of the matrix on its day."""
    cells = cells_on(origin.rows, origin.as_of)
    roles = sorted({*titles.roles, *(role for role, _ in cells)})
    modules = [ANY_MODULE, *sorted({*titles.modules, *(module for _, module in cells)} - {ANY_MODULE})]
    named = ("every other module", *(titles.modules.get(module, "") for module in modules[1:]))
    head = (("role", "", *modules), ("", "", *named))
    body = (
        (role, titles.roles.get(role, ""), *(str(cells.get((role, module), "")) for module in modules))
        for role in roles
    )
    return (
        Sheet(_SHEET, (*head, *body)),
        Sheet(_HELP, tuple(_help(origin))),
        Sheet(_ORIGIN, tuple(_origin_rows(origin)), hidden=True),
    )


def origin_of(sheets: tuple[Sheet, ...]) -> Origin:
    """What the workbook was made from. Raises UsageError where that is missing or was edited."""
    rows = next((sheet.rows for sheet in sheets if sheet.name == _ORIGIN), ())
    facts = {row[0]: row[1] for row in rows[:4] if len(row) == 2}
    columns = table_columns(MATRIX)
    if not {"format", "as of", "digest"} <= facts.keys() or len(rows) < 5 or rows[4] != columns:
        raise UsageError("the workbook was not made by `roadmap table export`", remedy=_AGAIN)
    found = tuple({name: cell for name, cell in zip(columns, row, strict=False) if cell} for row in rows[5:])
    try:
        origin = Origin(facts.get("commit", ""), parsed_date(facts["as of"]), found)
    except FieldError as error:
        raise UsageError(f"the workbook's hidden sheet is broken: {error}", remedy=_AGAIN) from error
    if _digest(origin) != facts["digest"]:
        raise UsageError("the workbook's hidden sheet was edited", remedy=_AGAIN)
    return origin


def edited_cells(sheets: tuple[Sheet, ...], origin: Origin, titles: Titles) -> tuple[CellEdit, ...]:
    """The cells that differ from those the workbook was made with. Raises UsageError with all that cannot be read."""
    rows = next((sheet.rows for sheet in sheets if sheet.name == _SHEET), ())
    before = cells_on(origin.rows, origin.as_of)
    wrong: list[str] = []
    after = dict(_cells(rows, wrong))
    wrong += _strangers({role for role, _ in after}, {*titles.roles, *(role for role, _ in before)}, "role")
    known = {ANY_MODULE, *titles.modules, *(module for _, module in before)}
    wrong += _strangers({module for _, module in after}, known, "module")
    if not wrong:
        wrong += [f"the sheet lacks {' x '.join(pair)}" for pair in sorted(before.keys() - after.keys())]
    if wrong:
        more = f"; and {len(wrong) - _TOLD} more" if wrong[_TOLD:] else ""
        raise UsageError("; ".join(wrong[:_TOLD]) + more, remedy=f"a cell holds {FORM}; rows and columns stay")
    return tuple(
        CellEdit(pair, before.get(pair, Cell()), cell)
        for pair, cell in sorted(after.items())
        if cell != before.get(pair, Cell())
    )


def _cells(rows: tuple[tuple[str, ...], ...], wrong: list[str]) -> Iterator[tuple[Pair, Cell]]:
    """Every cell of the sheet; what has another form goes to `wrong`, by the name that a spreadsheet gives it."""
    modules = rows[0][_HEAD:] if rows else ()
    seen: set[Pair] = set()
    for number, row in enumerate(rows[_HEAD:], start=_HEAD + 1):
        if not any(row):
            continue
        if len(row) > _HEAD + len(modules):
            wrong.append(f"row {number} is longer than the first")
        for index, module in enumerate(modules, start=_HEAD):
            text = row[index] if index < len(row) else ""
            cell, pair = parsed_cell(text), (row[0], module)
            if cell is None:
                wrong.append(f'{_name(number, index)}: "{text[:40]}" is no requirement')
            elif pair in seen:
                wrong.append(f"{_name(number, index)}: {' x '.join(pair)} stands here for the second time")
            else:
                yield pair, cell
            seen.add(pair)


def _name(row: int, index: int) -> str:
    """C7, as spreadsheets call a cell."""
    letters, column = "", index + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def _strangers(found: set[str], known: set[str], sort: str) -> list[str]:
    told = []
    for name in sorted(found - known):
        close = get_close_matches(name, sorted(known), n=1)
        told.append(f'there is no {sort} "{name}"' + (f"; did you mean {close[0]}?" if close else ""))
    return told


def _help(origin: Origin) -> Iterator[tuple[str, ...]]:
    source = f"commit {origin.commit[:10]}" if origin.commit else "a work tree without commits"
    yield "The matrix", f"as it was in force on {origin.as_of}, from {source}"
    yield "A cell", FORM
    yield "M", "mandatory"
    yield "O", "optional"
    yield "N", "not applicable"
    yield "*", "the role's default: what counts for every module with an empty cell"
    yield "Back", "roadmap table import FILE --dry-run shows what changes; without --dry-run it is written"


def _origin_rows(origin: Origin) -> Iterator[tuple[str, ...]]:
    columns = table_columns(MATRIX)
    yield "format", "1"
    yield "commit", origin.commit or "none"
    yield "as of", origin.as_of.isoformat()
    yield "digest", _digest(origin)
    yield columns
    for row in origin.rows:
        yield tuple(row.get(name, "") for name in columns)


def _digest(origin: Origin) -> str:
    """Over what an import relies on, so that an edited hidden sheet is found."""
    columns = table_columns(MATRIX)
    rows = [{name: row[name] for name in columns if row.get(name)} for row in origin.rows]
    return digest(_TAG, {"as_of": origin.as_of.isoformat(), "rows": list(rows)}).hex()
