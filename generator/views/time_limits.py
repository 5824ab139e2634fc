"""Time limits: how long a matter may lie, where it goes when the time is over, and what is on the clock now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.decision import Decision
from generator.kinds.governance import Escalation, Sla
from generator.kinds.obligation import RegulatoryChange
from generator.kinds.working_days import WorkingCalendar, WorkingDays
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.dates import days_after
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, ref
from generator.views.sign_offs import sign_offs

_SOON = 0.7  # of the time allowed
_LONGEST = 3660  # days; a limit beyond ten years is none


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Who takes a matter after so many days."""

    after_days: int
    to: Ref


@dataclass(frozen=True, slots=True)
class EscalationView:
    """An escalation path."""

    ref: Ref
    steps: tuple[EscalationStep, ...]


@dataclass(frozen=True, slots=True)
class SlaView:
    """A time limit for a type of decision."""

    ref: Ref
    decision_type: str
    party: Ref
    target_days: int
    clock: str
    escalation: EscalationView | None


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """A matter on the clock: how many days are used of how many, with whom it lies now."""

    ref: Ref
    text: str
    sla: Ref
    party: Ref
    since: date
    used: int
    allowed: int
    clock: str
    due: date | None
    now_with: Ref
    state: State


@remembered
def slas(j: Judgement) -> tuple[SlaView, ...]:
    """Every time limit."""
    paths = {path.ref.key: path for path in escalations(j)}
    return tuple(
        SlaView(
            ref(j.portal, sla.id),
            sla.decision_type,
            ref(j.portal, sla.party),
            sla.target_days,
            sla.clock,
            paths.get(sla.escalation),
        )
        for sla in j.portal.all(Sla)
    )


@remembered
def escalations(j: Judgement) -> tuple[EscalationView, ...]:
    """Every escalation path."""
    return tuple(
        EscalationView(
            ref(j.portal, path.id), tuple(EscalationStep(s.after_days, ref(j.portal, s.to)) for s in path.steps)
        )
        for path in j.portal.all(Escalation)
    )


@remembered
def open_matters(j: Judgement) -> tuple[OpenMatter, ...]:
    """Proposed decisions, lapsed sign-offs and unassessed regulatory changes on their clocks, breached ones first."""
    found: list[OpenMatter] = []
    for decision in j.portal.all(Decision):
        if decision.status == "proposed":
            found += _matters(j, decision.type, ref(j.portal, decision.id), decision.title, decision.date)
    for view in sign_offs(j):
        if view.status == "lapsed" and view.lapsed_on is not None:
            text = f"Sign off {view.subject.title} again"
            found += _matters(j, "module-sign-off", view.subject, text, view.lapsed_on)
    for change in j.portal.all(RegulatoryChange):
        if change.status in ("received", "in-assessment"):
            about = ref(j.portal, change.id)
            found += _matters(j, "regulatory-interpretation", about, change.title, change.published)
    return tuple(sorted(found, key=lambda one: (one.allowed - one.used, one.ref.key)))


@remembered
def work_calendar(j: Judgement) -> WorkingCalendar:
    """The committed calendar of working days; without one, every weekday is a working day."""
    records = j.portal.all(WorkingDays)
    return WorkingCalendar.of(records) if records else WorkingCalendar(frozenset(), frozenset())


def days_taken(j: Judgement, clock: str, start: date, end: date) -> int:
    """Days on a clock after `start` up to `end`, `end` included."""
    return work_calendar(j).between(start, end) if clock == "business" else max(0, (end - start).days)


def _matters(j: Judgement, decision_type: str, about: Ref, text: str, since: date) -> list[OpenMatter]:
    """The matter under each time limit for its type; none where no limit is set."""
    return [_matter(j, sla, about, text, since) for sla in slas(j) if sla.decision_type == decision_type]


def _matter(j: Judgement, sla: SlaView, about: Ref, text: str, since: date) -> OpenMatter:
    used = days_taken(j, sla.clock, since, j.as_of)
    business = sla.clock == "business"
    target = min(sla.target_days, _LONGEST)
    due = work_calendar(j).after(since, target) if business else days_after(since, target)
    over = used - sla.target_days
    steps = sla.escalation.steps if sla.escalation else ()
    reached = [step.to for step in steps if over > 0 and step.after_days <= over]
    return OpenMatter(
        ref=about,
        text=text,
        sla=sla.ref,
        party=sla.party,
        since=since,
        used=used,
        allowed=sla.target_days,
        clock=sla.clock,
        due=due,
        now_with=reached[-1] if reached else sla.party,
        state=_matter_state(used, sla.target_days),
    )


def _matter_state(used: int, allowed: int) -> State:
    if used > allowed:
        return State(Tone.BAD, "Breached", f"{numbered(used - allowed, 'day')} over its limit")
    if used >= _SOON * allowed:
        return State(Tone.WARN, "Due soon", f"{numbered(allowed - used, 'day')} left")
    return State(Tone.OK, "Within time", f"{numbered(allowed - used, 'day')} left")
