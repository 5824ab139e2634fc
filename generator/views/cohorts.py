"""Cohorts, their sessions, results, retrospectives and lessons; the pilot charter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.cohort import Cohort, Lesson, PilotCharter, Retrospective
from generator.kinds.kpi import Kpi
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.calendar import SessionView, sessions
from generator.views.experiments import Arm, ExperimentView, experiments
from generator.views.kpi_cards import KpiCard, kpi_card
from generator.views.memo import remembered
from generator.views.readings import scopes_of
from generator.views.shown import Ref, State, Tone, due_state, ref, refs

__all__ = [
    "Arm",
    "CharterView",
    "CohortView",
    "ExperimentView",
    "LessonView",
    "RetrospectiveView",
    "charters",
    "cohort",
    "cohorts",
    "experiments",
    "lessons",
    "retrospectives",
]


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson and what became of it."""

    ref: Ref
    cohort: Ref | None
    kind: str
    text: str
    action: str
    target: Ref | None
    owner: Ref | None
    due: date | None
    done: date | None
    version: str
    decision: Ref | None
    status: str
    state: State


@dataclass(frozen=True, slots=True)
class RetrospectiveView:
    """A retrospective with its lessons."""

    ref: Ref
    cohort: Ref
    day: date
    facilitator: Ref | None
    attended: int | None
    body_text: str
    lessons: tuple[LessonView, ...]


@dataclass(frozen=True, slots=True)
class CohortView:
    """A cohort's page."""

    ref: Ref
    phase: Ref
    roles: tuple[Ref, ...]
    modules: tuple[Ref, ...]
    enrol_open: date | None
    start: date
    end: date
    planned: int | None
    seats: int  # over its sessions
    state: State
    sessions: tuple[SessionView, ...]
    results: tuple[KpiCard, ...]
    retrospective: RetrospectiveView | None


@dataclass(frozen=True, slots=True)
class CharterView:
    """A pilot charter."""

    ref: Ref
    phase: Ref
    sponsor: Ref | None
    approved_by: Ref | None
    start: date
    end: date
    delivery_start: date | None
    delivery_end: date | None
    success: tuple[Ref, ...]
    in_scope: tuple[Ref, ...]
    stop_conditions: tuple[str, ...]
    exit_options: tuple[str, ...]
    body_text: str
    days: int
    delivery_weeks: float | None


@remembered
def cohorts(j: Judgement) -> tuple[CohortView, ...]:
    """Every cohort, newest start first."""
    found = sorted(j.portal.all(Cohort), key=lambda one: (one.start, one.id), reverse=True)
    return tuple(cohort(j, one.id) for one in found)


@remembered
def cohort(j: Judgement, key: str) -> CohortView:
    """One cohort."""
    found = j.portal.find(key, Cohort)
    if found is None:
        raise KeyError(key)
    own = tuple(one for one in sessions(j) if one.cohort.key == key)
    scope = f"cohort:{key}"
    measured = [kpi.id for kpi in j.portal.all(Kpi) if scope in scopes_of(j, kpi.id)]
    held = [one for one in retrospectives(j) if one.cohort.key == key]
    return CohortView(
        ref=ref(j.portal, key),
        phase=ref(j.portal, found.phase),
        roles=refs(j.portal, found.roles),
        modules=refs(j.portal, found.modules),
        enrol_open=found.enrol_open,
        start=found.start,
        end=found.end,
        planned=found.planned,
        seats=sum(one.seats or 0 for one in own),
        state=_state(j, found, reviewed=bool(held)),
        sessions=own,
        results=tuple(kpi_card(j, kpi, scope) for kpi in measured),
        retrospective=held[0] if held else None,
    )


@remembered
def lessons(j: Judgement) -> tuple[LessonView, ...]:
    """Every lesson, open ones first by due date."""
    found = [lesson for one in retrospectives(j) for lesson in one.lessons]
    return tuple(sorted(found, key=lambda one: (one.status != "open", one.due or date.max, one.ref.key)))


@remembered
def retrospectives(j: Judgement) -> tuple[RetrospectiveView, ...]:
    """Every retrospective, newest first."""
    found = sorted(j.portal.all(Retrospective), key=lambda one: (one.date, one.id), reverse=True)
    return tuple(
        RetrospectiveView(
            ref(j.portal, one.id),
            ref(j.portal, one.cohort),
            one.date,
            ref(j.portal, one.facilitator.seat),
            one.attended,
            one.text or "",
            tuple(_lesson(j, lesson, one.cohort) for lesson in j.portal.children(one.id, Lesson)),
        )
        for one in found
    )


@remembered
def charters(j: Judgement) -> tuple[CharterView, ...]:
    """Every pilot charter."""
    return tuple(_charter(j, one) for one in j.portal.all(PilotCharter))


def _charter(j: Judgement, one: PilotCharter) -> CharterView:
    delivery = one.delivery
    return CharterView(
        ref=ref(j.portal, one.id),
        phase=ref(j.portal, one.phase),
        sponsor=ref(j.portal, one.sponsor.seat),
        approved_by=ref(j.portal, one.approved_by) if one.approved_by else None,
        start=one.start,
        end=one.end,
        delivery_start=delivery.start if delivery else None,
        delivery_end=delivery.end if delivery else None,
        success=refs(j.portal, one.success),
        in_scope=refs(j.portal, one.in_scope),
        stop_conditions=one.stop_conditions,
        exit_options=one.exit_options,
        body_text=one.text or "",
        days=(one.end - one.start).days + 1,
        delivery_weeks=((delivery.end - delivery.start).days + 1) / 7 if delivery else None,
    )


def _state(j: Judgement, found: Cohort, *, reviewed: bool) -> State:
    if found.start > j.as_of:
        open_now = found.enrol_open <= j.as_of
        return State(Tone.WAIT, "Enrolment open" if open_now else "Planned", f"starts on {found.start}")
    if found.end >= j.as_of:
        return State(Tone.INFO, "Running", f"ends on {found.end}")
    if reviewed:
        return State(Tone.OK, "Finished", "retrospective held")
    return State(
        Tone.WARN, "Finished", f"no retrospective, {numbered((j.as_of - found.end).days, 'day')} after its end"
    )


def _lesson(j: Judgement, one: Lesson, cohort_key: str) -> LessonView:
    return LessonView(
        ref=ref(j.portal, one.id),
        cohort=ref(j.portal, cohort_key),
        kind=one.kind,
        text=one.text,
        action=one.action,
        target=ref(j.portal, one.target) if one.target else None,
        owner=ref(j.portal, one.owner) if one.owner else None,
        due=one.due,
        done=one.done,
        version=one.version or "",
        decision=ref(j.portal, one.decision) if one.decision else None,
        status=one.status or "kept",
        state=_lesson_state(j, one),
    )


def _lesson_state(j: Judgement, one: Lesson) -> State:
    if one.status == "rejected":
        return State(Tone.MUTE, "Rejected")
    if one.status is None:
        return State(Tone.OK, "Kept") if one.kind == "keep" else State(Tone.WARN, "No action")
    if one.status == "done":
        return State(Tone.OK, "Done", f"in version {one.version}" if one.version else "")
    return due_state(one.due, None, j.as_of) if one.due else State(Tone.WARN, "Open", "no due date")
