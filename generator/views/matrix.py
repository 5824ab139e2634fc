"""What each role must do: the requirement in force for every pair of role and module on a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.kinds.matrix import ANY_MODULE, Requirement
from generator.kinds.module import Module
from generator.kinds.roadmap import Phase
from generator.kinds.role import Role
from generator.model.judgement import Judgement
from generator.views.kpi_cards import head_count
from generator.views.memo import remembered
from generator.views.people import People, counted
from generator.views.shown import Ref, ref


@dataclass(frozen=True, slots=True)
class Cell:
    """The rule in force for one pair; `undecided` where none covers it."""

    key: str  # key of the matrix row, empty when undecided
    role: str
    module: str
    requirement: str  # mandatory | optional | not-applicable | undecided
    due_days: int | None = None
    grace_days: int | None = None
    from_phase: str = ""
    starts: date | None = None  # the day from which it binds: the later of its own date and its phase's start
    effective_from: date | None = None
    effective_to: date | None = None
    by_default: bool = False
    later: bool = False  # its phase has not begun on the as-of date

    @property
    def binds(self) -> bool:
        """It is mandatory and its phase has begun."""
        return self.requirement == "mandatory" and not self.later


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A role's row, cells in the order of the columns."""

    role: Ref
    group: str
    head_count: int | None
    cells: tuple[Cell, ...]
    mandatory: int
    optional: int
    minutes: int  # of its mandatory modules


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A module's column."""

    module: Ref
    mandatory: int
    optional: int
    people: People  # in roles for which it is mandatory
    status: str


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The pivot, roles grouped by line of defence."""

    as_of: date
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    groups: tuple[str, ...]
    mandatory: int
    optional: int
    undecided: tuple[Cell, ...]
    coming: tuple[Cell, ...]  # rules that begin after the as-of date


_GROUPS = {"1": "First line: business", "2": "Second line: risk and compliance", "3": "Third line: audit"}


@remembered
def matrix(j: Judgement, on: date | None = None) -> MatrixView:
    """The whole matrix in force on a day (the as-of date)."""
    day = on or j.as_of
    modules = [module for module in j.portal.all(Module) if module.status != "retired"]
    roles = sorted(j.portal.all(Role), key=lambda role: (role.line_of_defence, role.title))
    rows = tuple(_row(j, role, modules, day) for role in roles)
    columns = tuple(_column(j, module, index, rows) for index, module in enumerate(modules))
    cells = [found for row in rows for found in row.cells]
    return MatrixView(
        as_of=day,
        columns=columns,
        rows=rows,
        groups=tuple(dict.fromkeys(row.group for row in rows)),
        mandatory=sum(found.requirement == "mandatory" for found in cells),
        optional=sum(found.requirement == "optional" for found in cells),
        undecided=tuple(found for found in cells if found.requirement == "undecided"),
        coming=tuple(_cell(j, key, row, day) for key, row in _written(j) if row.effective_from > day),
    )


def cell(j: Judgement, role: str, module: str, on: date | None = None) -> Cell:
    """The rule in force for one pair: a specific row beats the role's default."""
    day = on or j.as_of
    by_pair = _by_pair(j)
    for column in (module, ANY_MODULE):
        found = [(key, row) for key, row in by_pair.get((role, column), ()) if row.in_force(day)]
        if found:
            key, row = max(found, key=lambda item: item[1].effective_from)
            return _cell(j, key, row, day, module)
    return Cell("", role, module, "undecided")


@remembered
def mandatory_modules(j: Judgement, role: str, on: date | None = None) -> tuple[Cell, ...]:
    """The mandatory cells of a role, by module key."""
    cells = (cell(j, role, module.id, on) for module in j.portal.all(Module))
    return tuple(found for found in cells if found.requirement == "mandatory")


@remembered
def roles_of(j: Judgement, module: str, requirement: str = "mandatory", on: date | None = None) -> tuple[Cell, ...]:
    """The cells of a module with that requirement, by role key."""
    cells = (cell(j, role.id, module, on) for role in j.portal.all(Role))
    return tuple(found for found in cells if found.requirement == requirement)


@remembered
def _written(j: Judgement) -> tuple[tuple[str, Requirement], ...]:
    entries = j.portal.entries_of(Requirement)
    return tuple((entry.key, entry.record) for entry in entries if isinstance(entry.record, Requirement))


@remembered
def _by_pair(j: Judgement) -> Mapping[tuple[str, str], list[tuple[str, Requirement]]]:
    found: dict[tuple[str, str], list[tuple[str, Requirement]]] = {}
    for key, row in _written(j):
        found.setdefault((row.role, row.module), []).append((key, row))
    return found


def _cell(j: Judgement, key: str, row: Requirement, day: date, module: str = "") -> Cell:
    phase = j.portal.find(row.from_phase, Phase)
    starts = max(row.effective_from, phase.start) if phase else row.effective_from
    return Cell(
        key=key,
        role=row.role,
        module=module or row.module,
        requirement=row.requirement,
        due_days=row.due_days,
        grace_days=row.grace_days,
        from_phase=row.from_phase or "",
        starts=starts,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        by_default=row.is_default,
        later=starts > day,
    )


def _row(j: Judgement, role: Role, modules: list[Module], day: date) -> MatrixRow:
    cells = tuple(cell(j, role.id, module.id, day) for module in modules)
    mandatory = [m for m, found in zip(modules, cells, strict=True) if found.requirement == "mandatory"]
    return MatrixRow(
        role=ref(j.portal, role.id),
        group=_GROUPS[role.line_of_defence],
        head_count=head_count(j, role.id),
        cells=cells,
        mandatory=len(mandatory),
        optional=sum(found.requirement == "optional" for found in cells),
        minutes=sum(module.minutes for module in mandatory),
    )


def _column(j: Judgement, module: Module, index: int, rows: tuple[MatrixRow, ...]) -> MatrixColumn:
    asked = [row for row in rows if row.cells[index].requirement == "mandatory"]
    return MatrixColumn(
        module=ref(j.portal, module.id),
        mandatory=len(asked),
        optional=sum(row.cells[index].requirement == "optional" for row in rows),
        people=counted(row.head_count for row in asked),
        status=module.status,
    )
