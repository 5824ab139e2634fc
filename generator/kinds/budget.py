"""Budget lines: approved, committed, actual and forecast amounts; append-only."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.links import DecisionRef, PhaseRef
from generator.kinds.portal import Settings
from generator.model.fields import Date, Money, Text
from generator.model.judgement import Judgement
from generator.model.kind import CsvTable, Kind, PageSpec, Rule
from generator.model.record import Entity


class BudgetLine(Entity):
    """One amount on one day."""

    date: Date = Field(description="Day of the entry.")
    fiscal_year: Annotated[
        str, Field(pattern=r"^FY[0-9]{4}$", description="Fiscal year, named by the year in which it starts.")
    ]
    phase: PhaseRef = Field(description="The phase.")
    category: Text = Field(description="What it is for.")
    kind: Literal["approved", "committed", "actual", "forecast"] = Field(description="Sort of amount.")
    amount: Money = Field(description="Amount with two decimals.")
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code.")]
    decision: DecisionRef = Field(description="The decision that allows it.")
    note: Text | None = Field(None, description="What it was.")


def fiscal_year(day: dt.date, start: str) -> str:
    """The fiscal year of a day, named by the year in which it starts."""
    month, first = (int(part) for part in start.split("-"))
    return f"FY{day.year if (day.month, day.day) >= (month, first) else day.year - 1}"


def _overspent(j: Judgement) -> Iterator[Finding]:
    totals: dict[tuple[str, str], dict[str, Decimal]] = {}
    for line in j.portal.all(BudgetLine):
        sums = totals.setdefault((line.phase, line.category), {})
        sums[line.kind] = sums.get(line.kind, Decimal(0)) + line.amount
        if line.kind == "actual" and sums["actual"] > sums.get("approved", Decimal(0)):
            values = {"phase": line.phase, "category": line.category}
            yield Finding(line.id, ("amount",), values | {"spent": sums["actual"], "approved": sums.get("approved", 0)})


def _wrong_year(j: Judgement) -> Iterator[Finding]:
    settings = next(iter(j.portal.all(Settings)), None)
    for line in j.portal.all(BudgetLine):
        expected = fiscal_year(line.date, settings.fiscal_year_start) if settings else line.fiscal_year
        if expected != line.fiscal_year:
            yield Finding(
                line.id, ("fiscal_year",), {"date": line.date, "expected": expected, "found": line.fiscal_year}
            )


RULES = (
    Rule(
        "BUD001",
        Severity.ERROR,
        "Spending stays within what is approved",
        "Money that nobody approved was spent without a right.",
        "Record the decision that raises the budget as an approved line.",
        "{phase}/{category}: spent {spent}, approved {approved}",
        _overspent,
    ),
    Rule(
        "BUD002",
        Severity.ERROR,
        "Amounts lie in their fiscal year",
        "A sum by year is wrong when a line carries the wrong year.",
        "Correct date or fiscal_year.",
        "{key}: {date} lies in {expected}, not in {found}",
        _wrong_year,
    ),
)


BUDGET_LINE = Kind(
    "budget-line",
    BudgetLine,
    CsvTable("governance/budget.csv", sort=("id",)),
    "Budget line",
    "Budget",
    prefix="bud",
    dated="date",
    page=PageSpec("budget/", anchor=True),
    pack_section="decisions",
    immutable=True,
    rules=RULES,
)
KINDS = (BUDGET_LINE,)
