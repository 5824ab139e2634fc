"""Gates computed from snapshots: each criterion met, not met or not yet measurable, beside the recorded decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.decision import Decision
from generator.kinds.kpi import Kpi
from generator.kinds.roadmap import Criterion, Gate, Phase
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.decisions import ConditionView, DecisionLine, decision_line
from generator.views.kpi_cards import KpiCard, kpi_card
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, ref


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion of a gate, computed."""

    kpi: Ref
    scope: Ref
    sort: str
    op: str  # ">=" or "<=" ...
    needed: float
    decide_on: str  # "point" or "lower-bound"
    weight: str  # "decides" or "watched"
    card: KpiCard  # as read on the day of judgement: display, reading, interval, trend
    measured: float | None  # the number compared: the point value or the interval's cautious end
    met: bool | None  # None: not yet measurable
    state: State  # Met, Not met, Not yet measurable; Watched, met ...
    sentence: str


@dataclass(frozen=True, slots=True)
class QualitativeView:
    """A criterion that people judge."""

    text: str
    state: State


@dataclass(frozen=True, slots=True)
class GateView:
    """A gate on the day it is judged: by its decision's date once decided, else on the as-of date."""

    ref: Ref
    phase: Ref
    due: date
    days: int
    judged_on: date
    criteria: tuple[CriterionView, ...]
    qualitative: tuple[QualitativeView, ...]
    met: int
    not_met: int
    not_measurable: int
    watched: int
    computed: str  # "met" | "not-met" | "not-yet-measurable", of the deciding criteria
    sentence: str  # "Decided today, the gate would not open."
    decision: DecisionLine | None
    outcome: str
    conditions: tuple[ConditionView, ...]
    agreement: State | None  # whether the recorded decision agrees with the computed criteria
    state: State


_PASSING = ("pass", "pass-with-conditions", "pass-by-exception")
_OUTCOMES = {
    "pass": State(Tone.OK, "Passed"),
    "pass-with-conditions": State(Tone.WARN, "Passed with conditions"),
    "pass-by-exception": State(Tone.WARN, "Passed by exception"),
    "fail": State(Tone.BAD, "Not passed"),
}


@remembered
def gates(j: Judgement) -> tuple[GateView, ...]:
    """Every gate, in the order of the phases."""
    ordered = sorted(j.portal.all(Phase), key=lambda phase: (phase.start, phase.id))
    found = (gate_of(j, phase.id) for phase in ordered)
    return tuple(view for view in found if view is not None)


@remembered
def gate(j: Judgement, key: str) -> GateView:
    """One gate."""
    record = j.portal.find(key, Gate)
    if record is None:
        raise KeyError(key)
    decided = _decided(j, record)
    judged_on = min(decided.date, j.as_of) if decided else j.as_of
    criteria = tuple(_criterion(j, criterion, judged_on) for criterion in record.criteria)
    deciding = [criterion for criterion in criteria if criterion.weight == "decides"]
    computed = _computed(deciding)
    parent = j.portal.parent(key)
    line = decision_line(j, decided.id) if decided else None
    days = (record.due - j.as_of).days
    return GateView(
        ref=ref(j.portal, key),
        phase=ref(j.portal, parent.key if parent else None),
        due=record.due,
        days=days,
        judged_on=judged_on,
        criteria=criteria,
        qualitative=tuple(QualitativeView(text, _judged_by_people(decided)) for text in record.qualitative),
        met=sum(criterion.met is True for criterion in deciding),
        not_met=sum(criterion.met is False for criterion in deciding),
        not_measurable=sum(criterion.met is None for criterion in deciding),
        watched=len(criteria) - len(deciding),
        computed=computed,
        sentence=_sentence(deciding, computed, decided),
        decision=line,
        outcome=(decided.outcome or "") if decided else "",
        conditions=line.conditions if line else (),
        agreement=_agreement(decided, computed) if decided else None,
        state=_OUTCOMES[decided.outcome] if decided and decided.outcome else _open_state(j, record, computed),
    )


@remembered
def gate_of(j: Judgement, phase: str) -> GateView | None:
    """The gate of a phase, or None."""
    found = j.portal.children(phase, Gate)
    return gate(j, found[0].id) if found else None


def passed(view: GateView) -> bool:
    """Whether an accepted decision lets the phase pass."""
    return view.outcome in _PASSING


def _decided(j: Judgement, record: Gate) -> Decision | None:
    """The accepted decision on a gate, whichever of the two names the other; a superseded one does not count."""
    named = j.portal.find(record.decision, Decision)
    about = [d for d in j.portal.all(Decision) if d.gate == record.id]
    accepted = [d for d in (named, *about) if d is not None and d.status == "accepted" and d.outcome]
    return max(accepted, key=lambda d: (d.date, d.id), default=None)


def _criterion(j: Judgement, criterion: Criterion, day: date) -> CriterionView:
    card = kpi_card(j, criterion.kpi, criterion.scope, day)
    measured = _measured(card, criterion)
    met = None if measured is None else compares(measured, criterion.op, float(criterion.value))
    definition = j.portal.find(criterion.kpi, Kpi)
    return CriterionView(
        kpi=card.ref,
        scope=card.scope,
        sort=definition.sort if definition else "",
        op=criterion.op,
        needed=float(criterion.value),
        decide_on=criterion.decide_on,
        weight=criterion.weight,
        card=card,
        measured=measured,
        met=met,
        state=_criterion_state(criterion.weight, met=met),
        sentence=_criterion_sentence(card, day, criterion, met=met),
    )


def compares(measured: float, op: str, needed: float) -> bool:
    """Whether `measured op needed` holds; a hair's breadth of rounding counts as equal."""
    if abs(measured - needed) < 1e-9:
        return op in (">=", "<=", "=")
    return {">=": measured > needed, ">": measured > needed, "<=": measured < needed, "<": measured < needed}.get(
        op, False
    )


def _measured(card: KpiCard, criterion: Criterion) -> float | None:
    """What is compared: the figure itself, or the end of its interval that is harder to meet."""
    reading = card.reading
    if reading is None or reading.value is None:
        return None
    if criterion.decide_on == "point":
        return reading.value
    if reading.interval is None:
        return None
    return reading.interval.low if criterion.op.startswith(">") else reading.interval.high


def _criterion_state(weight: str, *, met: bool | None) -> State:
    words = {True: "Met", False: "Not met", None: "Not yet measurable"}
    if weight == "watched":
        return State(Tone.INFO, f"Watched, {words[met].lower()}", "does not hold the gate")
    tones = {True: Tone.OK, False: Tone.BAD, None: Tone.WAIT}
    return State(tones[met], words[met])


def _criterion_sentence(card: KpiCard, day: date, criterion: Criterion, *, met: bool | None) -> str:
    reading = card.reading
    if reading is None:
        return f"no reading for {card.scope.title} by {day}"
    if met is None:
        return reading.reason or "the KPI has no interval, and the gate asks for its lower bound"
    basis = "the interval's cautious end" if criterion.decide_on == "lower-bound" else "the figure"
    stale = f", {numbered((day - reading.as_of).days, 'day')} old" if card.stale else ""
    return f"decided on {basis} of {reading.as_of}{stale}"


def _computed(deciding: list[CriterionView]) -> str:
    """A gate without deciding criteria is not passed: empty is not met."""
    if any(criterion.met is False for criterion in deciding):
        return "not-met"
    if not deciding or any(criterion.met is None for criterion in deciding):
        return "not-yet-measurable"
    return "met"


def _sentence(deciding: list[CriterionView], computed: str, decided: Decision | None) -> str:
    when = "On the day of the decision" if decided else "Decided today"
    would = "opened" if decided else "would open"
    if computed == "met":
        return f"{when}, the gate {would}: {numbered(len(deciding), 'criterion', 'criteria')} met."
    if computed == "not-met":
        count = sum(criterion.met is False for criterion in deciding)
        not_met = numbered(count, "criterion was", "criteria were") if decided else ""
        return f"{when}, {not_met} not met." if decided else f"{when}, the gate would not open."
    if not deciding:
        return "The gate has no deciding criterion, so it cannot open on figures."
    count = sum(criterion.met is None for criterion in deciding)
    return f"{when}, {numbered(count, 'criterion', 'criteria')} could not be measured."


def _agreement(decided: Decision, computed: str) -> State:
    if decided.outcome == "pass-by-exception":
        return State(Tone.WARN, "By exception", decided.reason or "no reason is given")
    if decided.outcome == "fail":
        if computed == "met":
            return State(Tone.WARN, "Stricter than the figures", "every deciding criterion was met")
        return State(Tone.OK, "Agrees with the figures")
    if computed == "met":
        return State(Tone.OK, "Agrees with the figures")
    reason = "a criterion is not met" if computed == "not-met" else "a criterion could not be measured"
    return State(Tone.BAD, "Disagrees with the figures", reason)


def _judged_by_people(decided: Decision | None) -> State:
    if decided is None:
        return State(Tone.WAIT, "Judged at the gate")
    return State(Tone.OK if decided.outcome in _PASSING else Tone.INFO, "Judged by the decision")


def _open_state(j: Judgement, record: Gate, computed: str) -> State:
    days = (record.due - j.as_of).days
    if days < 0:
        return State(Tone.BAD, "Undecided", f"due {numbered(-days, 'day')} ago")
    parent = j.portal.parent(record.id)
    phase = parent.record if parent else None
    if isinstance(phase, Phase) and phase.start > j.as_of:
        return State(Tone.WAIT, "Planned", "the phase has not begun")
    return {
        "met": State(Tone.OK, "Criteria met", "not decided yet"),
        "not-met": State(Tone.BAD, "Not met"),
        "not-yet-measurable": State(Tone.WAIT, "Not yet measurable"),
    }[computed]
