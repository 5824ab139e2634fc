"""Budget lines: approved, committed, actual and forecast amounts; append-only."""

from typing import Annotated, Literal

from pydantic import Field

from generator.kinds.links import DecisionRef, PhaseRef
from generator.model.fields import Date, Money, Text
from generator.model.kind import CsvTable, Kind, PageSpec
from generator.model.record import Entity


class BudgetLine(Entity):
    """One amount on one day."""

    date: Date = Field(description="Day of the entry.")
    fiscal_year: Annotated[
        str, Field(pattern=r"^FY\d{4}$", description="Fiscal year, named by the year in which it starts.")
    ]
    phase: PhaseRef = Field(description="The phase.")
    category: Text = Field(description="What it is for.")
    kind: Literal["approved", "committed", "actual", "forecast"] = Field(description="Sort of amount.")
    amount: Money = Field(description="Amount with two decimals.")
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code.")]
    decision: DecisionRef = Field(description="The decision that allows it.")
    note: Text | None = Field(None, description="What it was.")


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
)
KINDS = (BUDGET_LINE,)
