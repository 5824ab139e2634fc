"""The role matrix in long form: which role must take which module, from when."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.links import PhaseRef, RoleRef
from generator.model.fields import Count, Date, Text
from generator.model.judgement import Judgement
from generator.model.kind import CsvTable, Kind, PageSpec, Rule
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


def _no_due_days(j: Judgement) -> Iterator[Finding]:
    for row in j.portal.all(Requirement):
        if row.requirement == "mandatory" and row.due_days is None:
            yield Finding(j.portal.key_of(row), ("due_days",), {"role": row.role, "module": row.module})


def _two_at_once(j: Judgement) -> Iterator[Finding]:
    pairs: dict[tuple[str, str], list[Requirement]] = {}
    for row in j.portal.all(Requirement):
        pairs.setdefault((row.role, row.module), []).append(row)
    for (role, module), rows in sorted(pairs.items()):
        ordered = sorted(rows, key=lambda row: row.effective_from)
        for earlier, later in itertools.pairwise(ordered):
            if earlier.effective_to is None or earlier.effective_to >= later.effective_from:
                values = {"role": role, "module": module, "day": later.effective_from}
                yield Finding(j.portal.key_of(later), ("effective_from",), values)


def _backwards(j: Judgement) -> Iterator[Finding]:
    for row in j.portal.all(Requirement):
        if row.effective_to is not None and row.effective_to < row.effective_from:
            values = {"role": row.role, "module": row.module, "from": row.effective_from, "to": row.effective_to}
            yield Finding(j.portal.key_of(row), ("effective_to",), values)


def _mandatory_default(j: Judgement) -> Iterator[Finding]:
    for row in j.portal.all(Requirement):
        if row.is_default and row.requirement != "not-applicable":
            yield Finding(j.portal.key_of(row), ("requirement",), {"role": row.role, "found": row.requirement})


RULES = (
    Rule(
        "CUR002",
        Severity.ERROR,
        "Mandatory means by when",
        "Without due_days nobody can be overdue.",
        "Fill in due_days (and grace_days).",
        "{role} x {module} is mandatory without due_days",
        _no_due_days,
    ),
    Rule(
        "CUR004",
        Severity.ERROR,
        "One requirement at a time",
        "Two requirements in force on one day contradict each other.",
        "Close the earlier row with effective_to on the day before.",
        "{role} x {module} has two rules in force from {day}",
        _two_at_once,
    ),
    Rule(
        "CUR023",
        Severity.ERROR,
        "A row ends after it starts",
        "A row that ends before it starts is never in force.",
        "Correct effective_from or effective_to.",
        "{role} x {module} ends {to}, before it starts {from}",
        _backwards,
    ),
    Rule(
        "CUR024",
        Severity.ERROR,
        "A default asks for nothing",
        "A default that is mandatory would bind a role to every future module unseen.",
        "Set the row to not-applicable and decide each module by a row of its own.",
        "{role}: the default for all modules is {found}; only not-applicable may be a default",
        _mandatory_default,
    ),
)


MATRIX = Kind(
    "matrix",
    Requirement,
    CsvTable("curriculum/matrix.csv", sort=("role", "module", "effective_from")),
    "Matrix row",
    "Role matrix",
    key=("role", "module", "effective_from"),
    page=PageSpec("matrix/", anchor=True),
    pack_section="curriculum-matrix",
    rules=RULES,
)
KINDS = (MATRIX,)
