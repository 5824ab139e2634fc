"""What held when a decision was taken: the rights and the quorum of its day, not those of today.

A table of rights changes and a charter is revised; decisions of before stay as they were. What counts is the record
at the start of the decision's day and after each step from then to the one that recorded it, for records follow
meetings by days. Where nothing was on record by then, or the decision is not yet, today's holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.kinds.decision import Decision
from generator.kinds.governance import Body, DecisionRight
from generator.model.judgement import Judgement
from generator.model.record import Json
from generator.views.memo import remembered
from generator.views.past import past_changes

_OPEN = "proposed"
Records = Mapping[str, dict[str, Json]]


@dataclass(frozen=True, slots=True)
class _State:
    """The records of a kind after a step that changed one of them."""

    index: int
    day: date
    records: Records


def rights_then(j: Judgement, decision: Decision) -> tuple[tuple[DecisionRight, ...], ...]:
    """The tables of rights under which the decision may have been taken, oldest first; never none."""
    found = (
        tuple(DecisionRight.model_validate(row) for row in records.values())
        for records in _in_force(j, "decision-right", decision)
    )
    tables = tuple(table for table in found if any(row.decision_type == decision.type for row in table))
    return tables if tables and decision.id in _recorded(j) else (*tables, j.portal.all(DecisionRight))


def quorum_then(j: Judgement, decision: Decision) -> int | None:
    """The lowest quorum of the deciding body under which the decision may have been taken; None without the body."""
    body = j.portal.find(decision.body, Body)
    versions = (records.get(decision.body) for records in _in_force(j, "body", decision))
    quorums = [int(str(version["quorum"])) for version in versions if version is not None and "quorum" in version]
    if body is not None and not (quorums and decision.id in _recorded(j)):
        quorums.append(body.quorum)
    return min(quorums, default=None)


def _in_force(j: Judgement, kind: str, decision: Decision) -> Iterator[Records]:
    """The records of a kind at the start of the decision's day, and after each step up to the one that recorded it."""
    last = _recorded(j).get(decision.id)
    states = [state for state in _states(j, kind) if last is None or state.index <= last]
    before = [state for state in states if state.day < decision.date]
    if before:
        yield before[-1].records
    yield from (state.records for state in states[len(before) :])


@remembered
def _states(j: Judgement, kind: str) -> tuple[_State, ...]:
    records: dict[str, dict[str, Json]] = {}
    found = []
    changed = (past for past in past_changes(j) if past.kind == kind)
    for index, group in groupby(changed, key=lambda past: past.index):
        day = date.min
        for past in group:
            day = past.day
            if past.after is None:
                records.pop(past.change.key, None)
            else:
                records[past.change.key] = past.after
        found.append(_State(index, day, dict(records)))
    return tuple(found)


@remembered
def _recorded(j: Judgement) -> Mapping[str, int]:
    """Decision -> the step from which it was on record as taken."""
    found: dict[str, int] = {}
    for past in past_changes(j):
        if past.kind == "decision" and past.after is not None and past.after.get("status") != _OPEN:
            found.setdefault(past.change.key, past.index)
    return found
