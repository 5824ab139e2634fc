"""Phases with their derived status, share of time, milestones, checklist, plan and gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.cohort import Cohort
from generator.kinds.plan import Pilot, PlanItem
from generator.kinds.roadmap import ChecklistItem, Milestone, Phase
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.dates import days_after, duration_after
from generator.views.gates import GateView, gate_of, passed
from generator.views.memo import remembered
from generator.views.people import People, people_in
from generator.views.shown import Ref, State, Tone, due_state, ref, refs


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone and how it stands."""

    ref: Ref
    due: date
    done: date | None
    days: int  # from the as-of date to the due date
    state: State
    evidence: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One line of a phase's checklist."""

    ref: Ref
    owner: Ref
    due: date
    done: date | None
    not_applicable: str
    evidence: tuple[Ref, ...]
    state: State


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One item of the project plan."""

    ref: Ref
    phase: Ref
    workstream: str
    owner: Ref
    start: date
    due: date
    done: date | None
    decision: Ref | None
    depends_on: tuple[Ref, ...]
    state: State


@dataclass(frozen=True, slots=True)
class PilotLine:
    """One pilot in its start order."""

    ref: Ref
    order: int
    risk_rank: int
    visibility: str
    start: date
    roles: tuple[Ref, ...]
    systems: tuple[Ref, ...]
    sponsor: Ref
    charter: Ref | None
    reason: str
    decision: Ref | None


@dataclass(frozen=True, slots=True)
class TimeboxView:
    """The length allowed, the length planned, and whether it fits."""

    shortest: str  # as written: P8W
    longest: str
    weeks: float | None  # planned length, end day included
    months: float | None
    inside: bool | None  # None: open-ended
    state: State


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase as of the day."""

    ref: Ref
    number: int
    of: int
    summary: str
    status: str  # planned | running | late | passed | passed-with-conditions
    state: State
    start: date
    end: date | None
    current: bool  # the as-of date lies in it
    day: int  # day n of its days; 0 before it starts
    days: int | None
    share: float  # of its time used, 0 to 1
    timebox: TimeboxView | None
    cadence: str
    depends_on: tuple[Ref, ...]
    roles: tuple[Ref, ...]
    people: People | None
    milestones: tuple[MilestoneView, ...]
    checklist: tuple[ChecklistLine, ...]
    checklist_done: int
    plan: tuple[PlanLine, ...]
    pilots: tuple[PilotLine, ...]
    gate: GateView | None
    cohorts: tuple[Ref, ...]
    conditions_open: int


@remembered
def phases(j: Judgement) -> tuple[PhaseView, ...]:
    """Every phase, in order."""
    return tuple(phase(j, key) for key in _order(j))


@remembered
def phase(j: Judgement, key: str) -> PhaseView:
    """One phase."""
    found = j.portal.find(key, Phase)
    if found is None:
        raise KeyError(key)
    order = _order(j)
    gate = gate_of(j, key)
    days = (found.end - found.start).days + 1 if found.end else None
    day = max(0, (j.as_of - found.start).days + 1)
    status, state = _status(found, gate, j.as_of)
    checklist = tuple(_checklist_line(j, item) for item in j.portal.children(key, ChecklistItem))
    return PhaseView(
        ref=ref(j.portal, key),
        number=order.index(key) + 1,
        of=len(order),
        summary=found.summary or "",
        status=status,
        state=state,
        start=found.start,
        end=found.end,
        current=found.start <= j.as_of and (found.end is None or j.as_of <= found.end),
        day=min(day, days) if days else day,
        days=days,
        share=min(1.0, day / days) if days else 0.0,
        timebox=_timebox(found),
        cadence=found.review_cadence,
        depends_on=refs(j.portal, found.depends_on),
        roles=refs(j.portal, found.roles),
        people=people_in(j, found.roles) if found.roles else None,
        milestones=tuple(_milestone(j, item) for item in j.portal.children(key, Milestone)),
        checklist=checklist,
        checklist_done=sum(line.state.good or bool(line.not_applicable) for line in checklist),
        plan=tuple(line for line in plan_lines(j) if line.phase.key == key),
        pilots=_pilots(j, key),
        gate=gate,
        cohorts=refs(j.portal, (cohort.id for cohort in j.portal.all(Cohort) if cohort.phase == key)),
        conditions_open=sum(not condition.state.good for condition in gate.conditions) if gate else 0,
    )


def current_phase(j: Judgement) -> PhaseView | None:
    """The phase that the as-of date lies in, or the last that began."""
    begun = [view for view in phases(j) if view.start <= j.as_of]
    return begun[-1] if begun else None


@remembered
def plan_lines(j: Judgement) -> tuple[PlanLine, ...]:
    """The project plan, by start date."""
    items = sorted(j.portal.all(PlanItem), key=lambda item: (item.start, item.due, item.id))
    return tuple(
        PlanLine(
            ref(j.portal, item.id),
            ref(j.portal, item.phase),
            item.workstream,
            ref(j.portal, item.owner),
            item.start,
            item.due,
            item.done if item.done and item.done <= j.as_of else None,
            ref(j.portal, item.decision) if item.decision else None,
            refs(j.portal, item.depends_on),
            _work_state(item, j.as_of),
        )
        for item in items
    )


def _order(j: Judgement) -> tuple[str, ...]:
    found = sorted(j.portal.all(Phase), key=lambda phase: (phase.start, phase.id))
    return tuple(phase.id for phase in found)


def _status(found: Phase, gate: GateView | None, day: date) -> tuple[str, State]:
    """Derived from dates and the gate's decision; never typed in."""
    if gate is not None and passed(gate):
        open_conditions = sum(not condition.state.good for condition in gate.conditions)
        if open_conditions:
            left = numbered(open_conditions, "condition") + " open"
            return "passed-with-conditions", State(Tone.WARN, "Passed with conditions", left)
        met = f"{numbered(len(gate.conditions), 'condition')} met" if gate.conditions else ""
        return "passed", State(Tone.OK, "Passed", met)
    if found.start > day:
        return "planned", State(Tone.WAIT, "Planned", f"starts in {numbered((found.start - day).days, 'day')}")
    if found.end is not None and day > found.end:
        late = numbered((day - found.end).days, "day")
        return "late", State(Tone.BAD, "Late", f"ended {late} ago without a passed gate")
    return "running", State(Tone.INFO, "Running")


def _timebox(found: Phase) -> TimeboxView | None:
    """The end day is included, so a phase of P8W ends the day before eight weeks have passed."""
    box = found.timebox
    if box is None:
        return None
    if found.end is None:
        return TimeboxView(box.min or "", box.max or "", None, None, None, State(Tone.WAIT, "Open-ended"))
    after = days_after(found.end, 1)
    short = box.min is not None and after < duration_after(box.min, found.start)
    long = box.max is not None and after > duration_after(box.max, found.start)
    state = State(Tone.OK, "Inside its time box")
    if short or long:
        state = State(Tone.BAD, "Shorter than its time box" if short else "Longer than its time box")
    days = (after - found.start).days
    return TimeboxView(box.min or "", box.max or "", days / 7, days / 30.4375, not (short or long), state)


def _milestone(j: Judgement, found: Milestone) -> MilestoneView:
    return MilestoneView(
        ref(j.portal, found.id),
        found.due,
        found.done if found.done and found.done <= j.as_of else None,
        (found.due - j.as_of).days,
        due_state(found.due, found.done, j.as_of),
        refs(j.portal, found.evidence),
    )


def _checklist_line(j: Judgement, item: ChecklistItem) -> ChecklistLine:
    state = due_state(item.due, item.done, j.as_of)
    if item.not_applicable:
        state = State(Tone.MUTE, "Not applicable", item.not_applicable)
    return ChecklistLine(
        ref(j.portal, item.id),
        ref(j.portal, item.owner),
        item.due,
        item.done if item.done and item.done <= j.as_of else None,
        item.not_applicable or "",
        refs(j.portal, item.evidence),
        state,
    )


def _work_state(item: PlanItem, day: date) -> State:
    if item.done is not None and item.done <= day:
        return due_state(item.due, item.done, day)
    if item.due < day:
        return State(Tone.BAD, "Late", f"due {numbered((day - item.due).days, 'day')} ago")
    return State(Tone.INFO, "Running") if item.start <= day else State(Tone.WAIT, "Planned")


def _pilots(j: Judgement, key: str) -> tuple[PilotLine, ...]:
    found = sorted((pilot for pilot in j.portal.all(Pilot) if pilot.phase == key), key=lambda pilot: pilot.order)
    return tuple(
        PilotLine(
            ref(j.portal, pilot.id),
            pilot.order,
            pilot.risk_rank,
            pilot.visibility,
            pilot.start,
            refs(j.portal, pilot.roles),
            refs(j.portal, pilot.systems),
            ref(j.portal, pilot.sponsor),
            ref(j.portal, pilot.charter) if pilot.charter else None,
            pilot.reason,
            ref(j.portal, pilot.decision) if pilot.decision else None,
        )
        for pilot in found
    )
