"""`roadmap table`: the matrix as a workbook, roles down and modules across, and back.

The workbook carries, hidden, the rows it was made from. A cell counts as edited where it differs from them; where the
sources changed the same cell in the meantime to something else, nothing is written. An edited cell ends the row in
force and begins a new one: what was asked of whom on which day stays on record.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from generator.commands.edits import Edit
from generator.commands.fmt import rows_text, sorted_rows
from generator.commands.matrix_cells import (
    Cell,
    CellEdit,
    Pair,
    Row,
    cells_on,
    controlled_keys,
    planned_between,
    row_changes,
    with_cell,
)
from generator.commands.matrix_sheets import Origin, Titles, edited_cells, origin_of, workbook
from generator.commands.programme import Programme, Selection, load_programme
from generator.commands.world import World
from generator.errors import ContentError, HistoryError, UsageError
from generator.kinds.matrix import MATRIX
from generator.kinds.module import Module
from generator.kinds.role import Role
from generator.load.claims import glob_of, table_columns
from generator.model.kind import CsvTable
from generator.ports import Spreadsheets

PATH = glob_of(MATRIX)


@dataclass(frozen=True, slots=True)
class Import:
    """What an import does: how many cells, a line for each row that changes, each conflict, the file as it shall be."""

    cells: int
    lines: tuple[str, ...]
    conflicts: tuple[str, ...]
    edit: Edit
    controlled: tuple[str, ...]  # keys of rows that bind or free people: they change by decision


def export_matrix(world: World, books: Spreadsheets) -> bytes:
    """The matrix of the work tree on its day as a workbook. Raises ContentError, StorageError."""
    programme = _programme(world)
    commit, day = programme.commit, programme.judgement.as_of
    made = commit.committed.astimezone(UTC) if commit else datetime.combine(day, datetime.min.time(), UTC)
    origin = Origin(commit.id if commit else "", day, _rows(programme))
    return books.write(workbook(origin, _titles(programme)), made)


def import_matrix(world: World, books: Spreadsheets, data: bytes, start: date | None) -> Import:
    """What a workbook changes in the matrix from a day on, else from today. Raises UsageError, StorageError."""
    sheets = books.read(data)
    origin = origin_of(sheets)
    programme = _programme(world)
    now = _rows(programme)
    day = start or _today(world, programme)
    edits = edited_cells(sheets, origin, _titles(programme))
    current = cells_on(now, origin.as_of)
    pending = [edit for edit in edits if current.get(edit.pair, Cell()) != edit.after]
    rows: list[Row] = list(now)
    for edit in pending:
        rows = with_cell(rows, edit, day)
    sort = MATRIX.shape.sort if isinstance(MATRIX.shape, CsvTable) else ()
    text = rows_text(_header(programme), sorted_rows(sort, rows))
    return Import(
        len(pending),
        row_changes(now, rows),
        tuple(_conflicts(pending, origin, now, day)),
        Edit(world.tree.root + PATH, text.encode()),
        controlled_keys(now, rows),
    )


def _conflicts(edits: list[CellEdit], origin: Origin, now: tuple[Row, ...], day: date) -> Iterator[str]:
    """Cells that changed on both sides, and cells for which the sources plan a change in between."""
    current: Mapping[Pair, Cell] = cells_on(now, origin.as_of)
    for edit in edits:
        name = " x ".join(edit.pair)
        there = current.get(edit.pair, Cell())
        planned = planned_between(now, edit.pair, origin.as_of, day)
        if there != edit.before:
            was, here, now_is = (str(cell) or "empty" for cell in (edit.before, edit.after, there))
            yield f"{name}: {was} at export, {here} in the workbook, {now_is} in the sources"
        elif planned:
            yield f"{name}: the sources change it around {planned}; edit that row in {PATH}"


def _programme(world: World) -> Programme:
    """The work tree with its commit where there is one; its matrix must be readable."""
    try:
        programme = load_programme(world, Selection())
    except HistoryError:
        programme = load_programme(world, Selection(tree_only=True))
    if PATH not in programme.source.trees:
        raise UsageError(f"there is no {world.tree.root}{PATH}", remedy="`roadmap new matrix` begins one")
    wrong = tuple(one for one in programme.errors if one.position.path == PATH and one.code.startswith(("SRC", "SCH")))
    if wrong:
        raise ContentError(wrong, world.tree.root)
    return programme


def _today(world: World, programme: Programme) -> date:
    zone = programme.settings.timezone if programme.settings else "UTC"
    return world.clock.now().astimezone(ZoneInfo(zone)).date()


def _rows(programme: Programme) -> tuple[Row, ...]:
    return tuple(programme.source.trees[PATH].value["rows"])


def _header(programme: Programme) -> tuple[str, ...]:
    columns = table_columns(MATRIX)
    return (*columns, *(name for name in programme.source.trees[PATH].value["header"] if name not in columns))


def _titles(programme: Programme) -> Titles:
    portal = programme.loaded.portal
    roles = {role.id: role.title for role in portal.all(Role)}
    return Titles(roles, {module.id: module.title for module in portal.all(Module) if module.status != "retired"})
