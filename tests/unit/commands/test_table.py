"""`roadmap table`: out and back changes nothing; an edited cell is a dated row; two editors of one cell conflict."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import openpyxl
import pytest

from generator.adapters.spreadsheet import Workbooks
from generator.commands.matrix_cells import Cell, CellEdit, parsed_cell, with_cell
from generator.commands.table import PATH, Import, export_matrix, import_matrix
from generator.errors import StorageError, UsageError
from generator.ports import Sheet
from tests.factories import CONTENT, files_below, judged
from tests.unit.commands.world import world_of

BANK = files_below(CONTENT)
DAY = date(2026, 11, 20)
CELL = ("rol-branch-adviser", "mod-customer-data-handling")  # M 45+14 since 2026-04-06


@cache
def exported() -> bytes:
    return export_matrix(world_of(BANK), Workbooks())


def edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_text(data: bytes, pair: tuple[str, str], text: str | None) -> bytes:
    def edit(book: Any) -> None:
        sheet = book["Matrix"]
        row = next(cell.row for cell in sheet["A"] if cell.value == pair[0])
        column = next(cell.column for cell in sheet[1] if cell.value == pair[1])
        sheet.cell(row, column).value = text

    return edited(data, edit)


def imported(data: bytes, files: Mapping[str, bytes] = BANK, start: date | None = None) -> Import:
    return import_matrix(world_of(files), Workbooks(), data, start)


def test_out_and_back_changes_nothing() -> None:
    found = imported(exported())
    assert (found.cells, found.lines, found.conflicts, found.controlled) == (0, (), (), ())
    assert found.edit.data == BANK[PATH]


def test_the_same_matrix_gives_the_same_bytes() -> None:
    assert export_matrix(world_of(BANK), Workbooks()) == exported()


def test_a_spreadsheet_program_may_save_it_anew() -> None:
    assert imported(edited(exported(), lambda _: None)).cells == 0


def test_the_visible_sheet_is_wide_and_the_rows_are_hidden() -> None:
    sheets = Workbooks().read(exported())
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Matrix", False), ("How to", False), ("Origin", True)]
    head, titles, *body = sheets[0].rows
    assert head[2] == "*"
    assert titles[2] == "every other module"
    row = next(row for row in body if row[0] == CELL[0])
    assert row[head.index(CELL[1])] == "M 45+14"


def test_an_edited_cell_ends_a_row_and_begins_one() -> None:
    found = imported(with_text(exported(), CELL, "m 30"), start=date(2026, 12, 1))
    old, new = (f"matrix/{'/'.join(CELL)}/{day}" for day in ("2026-04-06", "2026-12-01"))
    assert found.lines == (f"~ {old}: effective_to empty -> 2026-11-30", f"+ {new}: M 30")
    assert found.controlled == (old, new)
    text = found.edit.data.decode()
    assert f"{CELL[0]},{CELL[1]},mandatory,45,14,phs-scale,2026-04-06,2026-11-30\n" in text
    assert f"{CELL[0]},{CELL[1]},mandatory,30,,phs-scale,2026-12-01,\n" in text
    after = judged({**BANK, PATH: found.edit.data}, DAY)
    assert not [problem for problem in after.errors if problem.position.path == PATH]


def test_a_cleared_cell_ends_and_the_default_counts_again() -> None:
    found = imported(with_text(exported(), CELL, None), start=date(2026, 12, 1))
    assert found.lines == (f"~ matrix/{'/'.join(CELL)}/2026-04-06: effective_to empty -> 2026-11-30",)


def test_the_default_day_is_today() -> None:
    assert imported(with_text(exported(), CELL, "O")).lines[1] == f"+ matrix/{'/'.join(CELL)}/2026-11-20: O"


def test_a_cell_that_both_edited_is_a_conflict_unless_they_agree() -> None:
    workbook = with_text(exported(), CELL, "M 30")
    line = f"{CELL[0]},{CELL[1]},mandatory,45,14,phs-scale,2026-04-06,"
    other = {**BANK, PATH: BANK[PATH].decode().replace(line, line.replace("45,14", "60,14")).encode()}
    found = imported(workbook, other)
    assert found.conflicts == (f"{' x '.join(CELL)}: M 45+14 at export, M 30 in the workbook, M 60+14 in the sources",)
    agreed = {**BANK, PATH: BANK[PATH].decode().replace(line, line.replace("45,14", "30,")).encode()}
    assert imported(workbook, agreed).conflicts == ()
    assert imported(workbook, agreed).lines == ()


def test_a_cell_that_another_edited_is_kept() -> None:
    line = f"{CELL[0]},{CELL[1]},mandatory,45,14,phs-scale,2026-04-06,"
    other = {**BANK, PATH: BANK[PATH].decode().replace(line, line.replace("45,14", "60,14")).encode()}
    found = imported(exported(), other)
    assert (found.cells, found.conflicts) == (0, ())
    assert found.edit.data == other[PATH]


def test_a_change_that_is_planned_already_is_a_conflict() -> None:
    line = f"{CELL[0]},{CELL[1]},mandatory,45,14,phs-scale,2026-04-06,"
    planned = f"{line}2026-12-31\n{CELL[0]},{CELL[1]},optional,,,phs-scale,2027-01-01,"
    files = {**BANK, PATH: BANK[PATH].decode().replace(line, planned).encode()}
    workbook = with_text(export_matrix(world_of(files), Workbooks()), CELL, "M 30")
    assert "2026-12-31" in imported(workbook, files, date(2027, 2, 1)).conflicts[0]
    before = imported(workbook, files, date(2026, 12, 1))
    assert before.conflicts == ()
    assert before.lines[1].endswith("M 30 until 2026-12-31")


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda book: book["Matrix"].cell(3, 4, "yes"), 'D3: "yes" is no requirement'),
        (lambda book: book["Matrix"].cell(3, 1, "rol-bord-member"), "did you mean rol-board-member?"),
        (lambda book: book["Matrix"].delete_rows(3), "the sheet lacks rol-board-member x "),
        (lambda book: book["Matrix"].delete_cols(3), "the sheet lacks "),
        (lambda book: book["Matrix"].cell(60, 1, "rol-board-member"), "for the second time"),
        (lambda book: book["Matrix"].cell(3, 60, "M"), "row 3 is longer than the first"),
        (lambda book: book["Origin"].cell(8, 3, "optional"), "hidden sheet was edited"),
        (lambda book: book["Origin"].cell(3, 2, "2026-13-01"), "hidden sheet is broken"),
        (lambda book: book.remove(book["Origin"]), "not made by `roadmap table export`"),
    ],
)
def test_what_cannot_be_meant_is_refused(edit: Callable[[Any], None], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        imported(edited(exported(), edit))
    assert message in caught.value.message
    assert caught.value.remedy


def test_a_formula_is_refused_with_its_cell() -> None:
    data = edited(exported(), lambda book: book["Matrix"].cell(3, 4, "=1+1"))
    with pytest.raises(StorageError, match="cell D3 of the sheet Matrix holds a formula"):
        imported(data)


@pytest.mark.parametrize("text", ["M", "O 30", "N", "M 30+7", "m30 + 7", " M 030 ", ""])
def test_cells_are_read_as_people_write_them(text: str) -> None:
    cell = parsed_cell(text)
    assert cell is not None
    assert parsed_cell(str(cell)) == cell


@pytest.mark.parametrize("text", ["X", "M-30", "30", "M 30+", "M 12345", "mandatory", "\uff2d"])
def test_other_words_are_no_cells(text: str) -> None:
    assert parsed_cell(text) is None


def test_a_row_that_begins_on_the_day_is_replaced() -> None:
    row = {"role": "rol-a", "module": "mod-a", "requirement": "optional", "effective_from": "2026-11-20"}
    edit = CellEdit(("rol-a", "mod-a"), Cell("optional"), Cell("mandatory", "30"))
    assert with_cell([row], edit, DAY) == [{**row, "requirement": "mandatory", "due_days": "30"}]


def archive(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a workbook",
        archive({"a.txt": b"nothing"}),
        archive({"xl/workbook.xml": b"0" * (60 << 20)}),
        archive({"[Content_Types].xml": b"<!DOCTYPE x [<!ENTITY a 'aa'>]><x>&a;</x>"}),
        b"0" * ((20 << 20) + 1),
    ],
    ids=["empty", "text", "zip", "bomb", "doctype", "large"],
)
def test_what_is_no_workbook_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(StorageError, match="the workbook cannot be read") as caught:
        Workbooks().read(data)
    assert caught.value.remedy


def test_the_sheet_s_own_word_on_its_size_is_not_trusted() -> None:
    """A writer that says A1:A1 would lose all other rows without a word."""
    data = Workbooks().write((Sheet("S", tuple((str(n), "x") for n in range(500))),), datetime(2026, 1, 1, tzinfo=UTC))
    parts = {
        info.filename: zipfile.ZipFile(io.BytesIO(data)).read(info)
        for info in zipfile.ZipFile(io.BytesIO(data)).infolist()
    }
    lying = parts["xl/worksheets/sheet1.xml"].replace(b'<dimension ref="A1:B500"/>', b'<dimension ref="A1:A1"/>')
    assert lying != parts["xl/worksheets/sheet1.xml"]
    assert len(Workbooks().read(archive({**parts, "xl/worksheets/sheet1.xml": lying}))[0].rows) == 500


def test_text_that_looks_like_a_formula_stays_text() -> None:
    sheet = Sheet("S", (("=1+1", "@x", "+1", "https://example.org"),))
    assert Workbooks().read(Workbooks().write((sheet,), datetime(2026, 1, 1, tzinfo=UTC))) == (sheet,)
