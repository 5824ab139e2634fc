"""Money: approved, committed, spent and forecast, a line a phase and category."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.judgement import Judgement
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class BudgetEntry:
    """One booked line."""

    ref: Ref
    day: date
    fiscal_year: str
    phase: Ref
    category: str
    kind: str
    amount: Decimal
    currency: str
    decision: Ref | None
    note: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """The sums of one phase and category (category empty: the whole phase)."""

    phase: Ref
    category: str
    currency: str
    approved: Decimal
    committed: Decimal
    actual: Decimal
    forecast: Decimal
    left: Decimal
    share_used: float | None
    state: State


@dataclass(frozen=True, slots=True)
class BudgetView:
    """The budget page."""

    lines: tuple[BudgetLine, ...]
    totals: tuple[BudgetLine, ...]  # one a phase
    total: BudgetLine | None
    entries: tuple[BudgetEntry, ...]  # newest first


def budget(j: Judgement) -> BudgetView:
    """All money up to the as-of date."""
    raise NotImplementedError
