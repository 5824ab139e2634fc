"""Workbooks: written by XlsxWriter, read by openpyxl within limits, for a workbook comes from anywhere."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter

from generator.errors import PortalError, StorageError
from generator.ports import Sheet

MAX_BYTES = 20 << 20
MAX_UNPACKED = 200 << 20
MAX_RATIO = 100  # the largest honest one is about 30
MAX_ROWS = 20_000
MAX_COLUMNS = 2_000
_WIDTHS = (10, 60)  # of a column, in characters
_LOOK = {"num_format": "@", "valign": "top"}  # text: a spreadsheet must not make a date of it


class Workbooks:
    """Workbooks as sheets of text. Raises StorageError."""

    def write(self, sheets: tuple[Sheet, ...], created: datetime) -> bytes:
        """A workbook; the same sheets and instant give the same bytes."""
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"created": created.replace(tzinfo=None)})
        plain, head = book.add_format(_LOOK), book.add_format({**_LOOK, "bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for row, cells in enumerate(sheet.rows):
                for column, text in enumerate(cells):
                    page.write_string(row, column, text, head if row == 0 or column == 0 else plain)
            page.freeze_panes(1, 1)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width, plain)
            if sheet.hidden:
                page.hide()
        book.close()
        return out.getvalue()

    def read(self, data: bytes) -> tuple[Sheet, ...]:
        """Its sheets; formulas, and what is beyond the limits, raise StorageError."""
        _refuse_bombs(data)
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
            return tuple(
                Sheet(page.title, tuple(_rows(page)), page.sheet_state != "visible") for page in book.worksheets
            )
        except PortalError:
            raise
        except (Exception, RecursionError) as error:  # openpyxl raises a dozen kinds of error for broken files
            raise _unreadable(f"it is broken ({type(error).__name__})") from error


def _unreadable(why: str) -> StorageError:
    return StorageError(
        f"the workbook cannot be read: {why}", remedy="save it as an Excel workbook (.xlsx)", reason="UNREADABLE"
    )


def _refuse_bombs(data: bytes) -> None:
    """Raise for what would unpack to far more than it is, before anything is unpacked."""
    if len(data) > MAX_BYTES:
        raise _unreadable(f"it has {len(data) >> 20} MiB, at most {MAX_BYTES >> 20} are read")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > min(MAX_UNPACKED, MAX_RATIO * len(data)):
                raise _unreadable(f"it unpacks to {unpacked >> 20} MiB")
            for part in parts:
                with archive.open(part) as file:
                    if b"<!DOCTYPE" in file.read(part.file_size + 1):  # entities could unfold without end
                        raise _unreadable("it declares a document type")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _unreadable("it is no Excel workbook") from error


def _rows(page: Any) -> Iterator[tuple[str, ...]]:
    """Each row as text, without empty cells at its end; the sheet's own word on its size is not trusted."""
    page.reset_dimensions()
    for number, cells in enumerate(page.iter_rows(), start=1):
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise _unreadable(f'the sheet "{page.title}" has more than {MAX_ROWS} rows or {MAX_COLUMNS} columns')
        texts = [_text(page.title, cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        yield tuple(texts)


def _text(title: str, cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        message = f"the cell {cell.coordinate} of the sheet {title} holds a formula"
        raise StorageError(message, remedy="write its value instead", reason="UNREADABLE")
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _widths(sheet: Sheet) -> Iterator[int]:
    for column in range(max(map(len, sheet.rows), default=0)):
        longest = max(len(row[column]) for row in sheet.rows if column < len(row))
        yield min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1])
