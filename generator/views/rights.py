"""Who holds which right: decision rights and RACI as pivots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from generator.kinds.governance import Body, DecisionRight, Responsibility
from generator.model.judgement import Judgement
from generator.views.memo import remembered
from generator.views.shown import Ref, refs


@dataclass(frozen=True, slots=True)
class RightsRow:
    """One type of decision (or activity) and the letter each party holds, in the order of the columns."""

    subject: str
    letters: tuple[str, ...]
    limits: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class RightsTable:
    """Decision rights or RACI as a pivot."""

    parties: tuple[Ref, ...]
    rows: tuple[RightsRow, ...]


@remembered
def decision_rights(j: Judgement) -> RightsTable:
    """Decision types by party."""
    return _pivot(j, ((r.decision_type, r.party, r.right, r.limit) for r in j.portal.all(DecisionRight)))


@remembered
def raci(j: Judgement) -> RightsTable:
    """Activities by party."""
    return _pivot(j, ((r.activity, r.party, r.right, None) for r in j.portal.all(Responsibility)))


def accountable_for(j: Judgement, decision_type: str, letter: str = "A") -> tuple[Ref, ...]:
    """The parties that hold that letter for a type of decision."""
    rights = j.portal.all(DecisionRight)
    return refs(j.portal, (r.party for r in rights if r.decision_type == decision_type and r.right == letter))


def _pivot(j: Judgement, cells: Iterable[tuple[str, str, str, Decimal | None]]) -> RightsTable:
    """Bodies first, from the top down, then roles and seats."""
    held: dict[str, dict[str, tuple[str, Decimal | None]]] = {}
    for subject, party, letter, limit in cells:
        before, _ = held.setdefault(subject, {}).get(party, ("", None))
        held[subject][party] = (before + letter, limit)
    parties = sorted({party for row in held.values() for party in row}, key=lambda party: _rank(j, party))
    rows = tuple(
        RightsRow(
            subject,
            tuple(row.get(party, ("", None))[0] for party in parties),
            tuple(row.get(party, ("", None))[1] for party in parties),
        )
        for subject, row in sorted(held.items())
    )
    return RightsTable(refs(j.portal, parties), rows)


def _rank(j: Judgement, party: str) -> tuple[int, int, str]:
    body = j.portal.find(party, Body)
    if body is None:
        return (1, 0, party)
    return (0, tier_of(j, party), party)


def tier_of(j: Judgement, key: str) -> int:
    """How many bodies stand above a body; a cycle ends where it closes."""
    seen: list[str] = []
    body = j.portal.find(key, Body)
    while body is not None and body.parent and body.id not in seen:
        seen.append(body.id)
        body = j.portal.find(body.parent, Body)
    return len(seen)
