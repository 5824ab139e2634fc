"""Money: approved, committed, spent and forecast, a line a phase and category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.kinds.budget import BudgetLine as BudgetRecord
from generator.model.judgement import Judgement
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, ref


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


_NEARLY = 0.9  # of the amount approved


@remembered
def approved_under(j: Judgement) -> Mapping[str, Decimal]:
    """Decision -> what the approved lines that name it add up to; a decision that none names is absent."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in j.portal.all(BudgetRecord):
        if line.kind == "approved":
            sums[line.decision] += line.amount
    return dict(sums)


@remembered
def budget(j: Judgement) -> BudgetView:
    """All money up to the as-of date; sums are of one currency each."""
    records = [one for one in j.portal.all(BudgetRecord) if one.date <= j.as_of]
    pairs = sorted({(one.phase, one.category, one.currency) for one in records})
    phases = sorted({(one.phase, one.currency) for one in records})
    lines = [_line(j, records, phase, category, currency) for phase, category, currency in pairs]
    totals = [_line(j, records, phase, "", currency) for phase, currency in phases]
    currencies = {one.currency for one in records}
    newest = sorted(records, key=lambda one: (one.date, one.id), reverse=True)
    return BudgetView(
        lines=tuple(lines),
        totals=tuple(totals),
        total=_line(j, records, "", "", currencies.pop()) if len(currencies) == 1 else None,
        entries=tuple(
            BudgetEntry(
                ref(j.portal, one.id),
                one.date,
                one.fiscal_year,
                ref(j.portal, one.phase),
                one.category,
                one.kind,
                one.amount,
                one.currency,
                ref(j.portal, one.decision) if one.decision else None,
                one.note or "",
            )
            for one in newest
        ),
    )


def _line(j: Judgement, records: list[BudgetRecord], phase: str, category: str, currency: str) -> BudgetLine:
    """The sums of a phase and category; an empty one stands for all."""
    own = [r for r in records if phase in ("", r.phase) and category in ("", r.category) and r.currency == currency]

    def total(kind: str) -> Decimal:
        return sum((one.amount for one in own if one.kind == kind), Decimal("0.00"))

    approved, actual = total("approved"), total("actual")
    share = float(actual / approved) if approved else None
    return BudgetLine(
        phase=ref(j.portal, phase) if phase else Ref("", "Programme"),
        category=category,
        currency=currency,
        approved=approved,
        committed=total("committed"),
        actual=actual,
        forecast=total("forecast"),
        left=approved - actual,
        share_used=share,
        state=_state(approved, actual, share),
    )


def _state(approved: Decimal, actual: Decimal, share: float | None) -> State:
    if actual > approved:
        return State(Tone.BAD, "Overspent", f"{actual - approved} above what was approved")
    if share is not None and share >= _NEARLY:
        return State(Tone.WARN, "Nearly spent")
    return State(Tone.OK, "Within budget")
