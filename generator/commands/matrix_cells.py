"""The matrix as cells: one for each role and module, a letter and days; and edits of cells as edits of dated rows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.kinds.matrix import MATRIX

Row = Mapping[str, str]
Pair = tuple[str, str]  # role, module
LETTERS = {"M": "mandatory", "O": "optional", "N": "not-applicable"}
FORM = "M, O or N, days until it is due, + days of grace: M 30+7; empty where the role's default counts"
_OF_WORD = {word: letter for letter, word in LETTERS.items()}
_CELL = re.compile(r"([MON])(?: *([0-9]{1,4})(?: *\+ *([0-9]{1,4}))?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is asked: the requirement, days until it is due, days of grace; all empty where nothing is said."""

    requirement: str = ""
    due: str = ""
    grace: str = ""

    def __str__(self) -> str:
        days = f" {self.due or '0'}" if self.due or self.grace else ""
        return f"{_OF_WORD.get(self.requirement, self.requirement)}{days}{f'+{self.grace}' if self.grace else ''}"


@dataclass(frozen=True, slots=True)
class CellEdit:
    """A cell before and after."""

    pair: Pair
    before: Cell
    after: Cell


def parsed_cell(text: str) -> Cell | None:
    """The cell that a person wrote; None where it has another form."""
    if not text.strip():
        return Cell()
    match = _CELL.fullmatch(text.strip())
    if match is None:
        return None
    due, grace = (str(int(days)) if days else "" for days in (match[2], match[3]))
    return Cell(LETTERS[match[1].upper()], due, grace)


def cells_on(rows: Iterable[Row], day: date) -> dict[Pair, Cell]:
    """Each pair's cell on a day; pairs without a row in force have none."""
    return {_pair(row): _cell(row) for row in rows if _in_force(row, day)}


def planned_between(rows: Iterable[Row], pair: Pair, after: date, until: date) -> str:
    """The first day after one day and up to another on which a row of the pair begins or ends; empty for none."""
    days = [row.get(name, "") for row in rows if _pair(row) == pair for name in ("effective_from", "effective_to")]
    return min((day for day in days if after.isoformat() < day <= until.isoformat()), default="")


def with_cell(rows: Iterable[Row], edit: CellEdit, start: date) -> list[Row]:
    """The rows with a cell changed from a day on: the row in force ends the day before, a new one begins."""
    kept: list[Row] = []
    old: Row = {}
    for row in rows:
        if _pair(row) != edit.pair or not _in_force(row, start):
            kept.append(row)
            continue
        old = row
        if row.get("effective_from", "") < start.isoformat():
            kept.append({**row, "effective_to": _day_before(start)})
    if edit.after.requirement:
        kept.append(_new_row(kept, edit, start, old))
    return kept


def row_changes(before: Iterable[Row], after: Iterable[Row]) -> tuple[str, ...]:
    """A line for each row that comes or goes, and for each field that changes, by key."""
    old, new = ({_key(row): row for row in rows} for rows in (before, after))
    lines: list[str] = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was is None:
            lines.append(f"+ {key}: {_said(new[key])}")
        elif now is None:
            lines.append(f"- {key}: {_said(was)}")
        else:
            names = [name for name in sorted({*was, *now}) if was.get(name, "") != now.get(name, "")]
            lines.extend(f"~ {key}: {n} {was.get(n) or 'empty'} -> {now.get(n) or 'empty'}" for n in names)
    return tuple(lines)


def controlled_keys(before: Iterable[Row], after: Iterable[Row]) -> tuple[str, ...]:
    """The keys of changed rows that bind or free people: mandatory before or after."""
    old, new = ({_key(row): row for row in rows} for rows in (before, after))
    changed = (key for key in sorted(old.keys() | new.keys()) if dict(old.get(key, {})) != dict(new.get(key, {})))
    bound = LETTERS["M"]
    return tuple(
        key for key in changed if bound in (old.get(key, {}).get("requirement"), new.get(key, {}).get("requirement"))
    )


def _new_row(rows: Iterable[Row], edit: CellEdit, start: date, old: Row) -> Row:
    """The row that begins: it ends before the next one of the pair, and keeps what the cell does not show."""
    role, module = edit.pair
    begins = [row.get("effective_from", "") for row in rows if _pair(row) == edit.pair]
    later = min((day for day in begins if day > start.isoformat()), default="")
    phases = {row["from_phase"] for row in rows if row.get("role") == role and row.get("from_phase")}
    values = {
        "role": role,
        "module": module,
        "requirement": edit.after.requirement,
        "due_days": edit.after.due,
        "grace_days": edit.after.grace,
        "from_phase": old.get("from_phase", "") or (phases.pop() if len(phases) == 1 else ""),
        "effective_from": start.isoformat(),
        "effective_to": _day_before(date.fromisoformat(later)) if later else old.get("effective_to", ""),
    }
    return {name: value for name, value in values.items() if value}


def _day_before(day: date) -> str:
    return (day - timedelta(days=1)).isoformat()


def _pair(row: Row) -> Pair:
    return row.get("role", ""), row.get("module", "")


def _cell(row: Row) -> Cell:
    return Cell(row.get("requirement", ""), row.get("due_days", ""), row.get("grace_days", ""))


def _key(row: Row) -> str:
    return "/".join((MATRIX.name, *(row.get(name, "") for name in MATRIX.key)))


def _in_force(row: Row, day: date) -> bool:
    end = row.get("effective_to", "")
    return row.get("effective_from", "") <= day.isoformat() and (not end or day.isoformat() <= end)


def _said(row: Row) -> str:
    end = f" until {row['effective_to']}" if row.get("effective_to") else ""
    return f"{_cell(row)}{end}"
