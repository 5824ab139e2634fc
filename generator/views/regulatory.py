"""The regulatory-change log: what changed, who read it, within which time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.obligation import RegulatoryChange
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, ref, refs
from generator.views.time_limits import days_taken, slas


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """An entry of the regulatory-change log."""

    ref: Ref
    obligation: Ref
    instrument: str
    published: date
    in_force: date
    status: str
    assessed_on: date | None
    assessed_by: Ref | None
    impact: str
    decision_needed: bool
    affects: tuple[Ref, ...]
    actions_open: int
    actions: tuple[tuple[str, Ref, date, str], ...]  # text, owner, due, status
    working_days_taken: int | None
    working_days_allowed: int | None
    state: State


@remembered
def regulatory_changes(j: Judgement) -> tuple[ChangeLine, ...]:
    """The regulatory-change log, newest first."""
    found = sorted(j.portal.all(RegulatoryChange), key=lambda one: (one.published, one.id), reverse=True)
    return tuple(_line(j, one) for one in found)


def _line(j: Judgement, one: RegulatoryChange) -> ChangeLine:
    sla = next((sla for sla in slas(j) if sla.decision_type == "regulatory-interpretation"), None)
    assessed = one.status in ("assessed", "not-applicable")
    taken = days_taken(j, sla.clock if sla else "business", one.published, one.assessed_on or j.as_of)
    return ChangeLine(
        ref=ref(j.portal, one.id),
        obligation=ref(j.portal, one.obligation),
        instrument=one.instrument,
        published=one.published,
        in_force=one.in_force,
        status=one.status,
        assessed_on=one.assessed_on,
        assessed_by=ref(j.portal, one.assessed_by) if one.assessed_by else None,
        impact=one.impact or "",
        decision_needed=one.decision_needed,
        affects=refs(j.portal, one.affects),
        actions_open=sum(action.status == "open" for action in one.actions),
        actions=tuple((a.text, ref(j.portal, a.owner), a.due, a.status) for a in one.actions),
        working_days_taken=taken if assessed and one.assessed_on else None,
        working_days_allowed=sla.target_days if sla else None,
        state=_state(one, taken, sla.target_days if sla else None, j.as_of),
    )


def _state(one: RegulatoryChange, taken: int, allowed: int | None, day: date) -> State:
    late = allowed is not None and taken > allowed
    over = f"{numbered(taken - allowed, 'day')} over the limit" if allowed is not None and late else ""
    if one.status == "not-applicable":
        return State(Tone.MUTE, "Not applicable")
    if one.status == "assessed":
        return State(Tone.WARN, "Assessed late", over) if late else State(Tone.OK, "Assessed")
    if one.in_force <= day:
        return State(Tone.BAD, "Not assessed", f"in force since {one.in_force}")
    return State(Tone.BAD, "Over its time", over) if late else State(Tone.WAIT, "In assessment")
