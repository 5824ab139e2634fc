"""The role matrix in long form: which role must take which module, from when."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from generator.kinds.links import PhaseRef, RoleRef
from generator.model.fields import Count, Date, Text
from generator.model.kind import CsvTable, Kind, PageSpec
from generator.model.record import Reference, Row

ANY_MODULE = "*"


class Requirement(Row):
    """What a role must do about a module from a day on; module `*` is the role's default."""

    role: RoleRef = Field(description="The role.")
    module: Text = Field(description="The module, or * for every module without a row of its own.")
    requirement: Literal["mandatory", "optional", "not-applicable"] = Field(description="What is asked.")
    due_days: Count | None = Field(None, description="Days from assignment to the due date.")
    grace_days: Count | None = Field(None, description="Days after the due date before it counts as overdue.")
    from_phase: PhaseRef | None = Field(None, description="The phase from which it is asked.")
    effective_from: Date = Field(description="First day in force.")
    effective_to: Date | None = Field(None, description="Last day in force; empty means open.")

    @property
    def is_default(self) -> bool:
        """Whether the row speaks for every module without a row of its own."""
        return self.module == ANY_MODULE

    def in_force(self, day: date) -> bool:
        """Whether the row counts on that day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def references(self) -> Iterator[Reference]:
        """The role, the phase, and the module unless it is the default."""
        yield from super().references()
        if not self.is_default:
            yield Reference(("module",), self.module, ("module",))


def in_force(rows: Iterable[Requirement], day: date) -> dict[str, dict[str, Requirement]]:
    """Role -> module -> the row in force on that day; a role's default stands under `*`."""
    found: dict[str, dict[str, Requirement]] = {}
    for row in rows:
        if row.in_force(day):
            found.setdefault(row.role, {})[row.module] = row
    return found


def mandatory(rows: Iterable[Requirement], day: date) -> dict[str, dict[str, Requirement]]:
    """Role -> module -> the row that makes it mandatory on that day."""
    return {
        role: {module: row for module, row in cells.items() if row.requirement == "mandatory" and not row.is_default}
        for role, cells in in_force(rows, day).items()
    }


MATRIX = Kind(
    "matrix",
    Requirement,
    CsvTable("curriculum/matrix.csv", sort=("role", "module", "effective_from")),
    "Matrix row",
    "Role matrix",
    key=("role", "module", "effective_from"),
    page=PageSpec("matrix/", anchor=True),
    pack_section="curriculum-matrix",
)
KINDS = (MATRIX,)
