"""Duties: what a role must take by when, with the next date that matters and the way to enrol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import quote

from generator.kinds.module import Module
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.calendar import SessionView, upcoming_sessions
from generator.views.dates import days_after, months_after
from generator.views.governance import first_sentence
from generator.views.matrix import Cell, cell
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, ref, refs, settings_of

_SOON = 14


@dataclass(frozen=True, slots=True)
class Duty:
    """One module a role must take or may take."""

    module: Ref
    cell: Cell
    summary: str
    minutes: int
    delivery: str
    language: tuple[str, ...]
    assessment_kind: str
    assessment_items: int | None
    pass_mark: Decimal | None
    attempts: int | None
    valid_months: int | None
    first_due: date | None  # for people in the role when the rule began
    due: date | None  # the next date that matters: first due, or the next renewal
    renewal: bool
    state: State
    deadline: str  # "within 30 days of joining the role, 7 days of grace"
    enrol_url: str
    enrol_platform: str
    prerequisites: tuple[Ref, ...]
    next_sessions: tuple[SessionView, ...]


@remembered
def duties(j: Judgement, role: str, requirement: str = "mandatory") -> tuple[Duty, ...]:
    """The modules of a role with that requirement, by the next date that matters."""
    found = [
        _duty(j, module, asked)
        for module in j.portal.all(Module)
        if (asked := cell(j, role, module.id)).requirement == requirement
    ]
    return tuple(sorted(found, key=lambda duty: (duty.due or date.max, duty.module.title)))


def enrol_links(j: Judgement, module: Module) -> tuple[tuple[str, str], ...]:
    """Platform title and course address of every place where a module can be taken."""
    settings = settings_of(j.portal)
    platforms = settings.platforms if settings else {}
    return tuple(
        (
            platforms[one.platform].title,
            platforms[one.platform].course_url.replace("{course}", quote(one.course, safe="")),
        )
        for one in module.lms
        if one.platform in platforms
    )


def _duty(j: Judgement, module: Module, asked: Cell) -> Duty:
    first = _first_due(asked)
    due, renewal = _next_due(j, module, first)
    assessment = module.assessment
    platform, address = next(iter(enrol_links(j, module)), ("", ""))
    return Duty(
        module=ref(j.portal, module.id),
        cell=asked,
        summary=first_sentence(module.text or ""),
        minutes=module.minutes,
        delivery=module.delivery,
        language=module.language,
        assessment_kind=assessment.kind if assessment else "none",
        assessment_items=assessment.items if assessment else None,
        pass_mark=assessment.pass_mark if assessment else None,
        attempts=assessment.attempts if assessment else None,
        valid_months=module.valid_months,
        first_due=first,
        due=due,
        renewal=renewal,
        state=_duty_state(j, asked, due, renewal=renewal),
        deadline=_deadline(asked),
        enrol_url=address,
        enrol_platform=platform,
        prerequisites=refs(j.portal, module.prerequisites),
        next_sessions=upcoming_sessions(j, role=asked.role, module=module.id)[:3],
    )


def _first_due(asked: Cell) -> date | None:
    """For people who were in the role when the rule began to bind."""
    if asked.requirement != "mandatory" or asked.starts is None or asked.due_days is None:
        return None
    return days_after(asked.starts, asked.due_days)


def _next_due(j: Judgement, module: Module, first: date | None) -> tuple[date | None, bool]:
    """The first due date while it lies ahead, then the next renewal of those who met it; else none."""
    if first is None or first >= j.as_of:
        return first, False
    if not module.valid_months:
        return None, False
    times = 1
    while months_after(first, times * module.valid_months) < j.as_of:
        times += 1
    return months_after(first, times * module.valid_months), True


def _duty_state(j: Judgement, asked: Cell, due: date | None, *, renewal: bool) -> State:
    if asked.requirement != "mandatory":
        return State(Tone.MUTE, "Optional")
    if asked.later:
        return State(Tone.WAIT, "Not due yet", f"begins on {asked.starts}")
    if due is None:
        return State(Tone.INFO, "For joiners", _deadline(asked))
    left = (due - j.as_of).days
    if left <= _SOON:
        reason = "renewal" if renewal else ""
        return State(Tone.WARN, f"{numbered(left, 'day')} left" if left else "Due today", reason)
    return State(Tone.WAIT, "Renewal" if renewal else "Not due yet", f"in {numbered(left, 'day')}")


def _deadline(asked: Cell) -> str:
    if asked.due_days is None:
        return ""
    grace = f", {numbered(asked.grace_days, 'day')} of grace" if asked.grace_days else ""
    return f"within {numbered(asked.due_days, 'day')} of joining the role{grace}"
