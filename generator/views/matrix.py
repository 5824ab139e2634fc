"""What each role must do: the requirement in force for every pair of role and module on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.judgement import Judgement
from generator.views.shown import Ref


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
    people: int  # in roles for which it is mandatory
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


def matrix(j: Judgement, on: date | None = None) -> MatrixView:
    """The whole matrix in force on a day (the as-of date)."""
    raise NotImplementedError


def cell(j: Judgement, role: str, module: str, on: date | None = None) -> Cell:
    """The rule in force for one pair: a specific row beats the role's default."""
    raise NotImplementedError


def mandatory_modules(j: Judgement, role: str, on: date | None = None) -> tuple[Cell, ...]:
    """The mandatory cells of a role, by module key."""
    raise NotImplementedError


def roles_of(j: Judgement, module: str, requirement: str = "mandatory", on: date | None = None) -> tuple[Cell, ...]:
    """The cells of a module with that requirement, by role key."""
    raise NotImplementedError
