"""Promises before and after: KPI targets, gate criteria, gates, phases and sign-offs."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from generator.diff.effects import Effect, Weight
from generator.kinds.kpi import Kpi
from generator.kinds.roadmap import Criterion, Gate, Phase
from generator.model.change import Change
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.dates import written
from generator.views.gates import GateView, gates
from generator.views.kpis import kpi_cards
from generator.views.matrix import roles_of
from generator.views.people import people_in
from generator.views.sign_offs import SignOffView, sign_offs


def target_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:
    """KPI targets made weaker or stronger, by the last target each states."""
    for key in sorted({change.key for change in found if change.key.startswith("kpi-")}):
        before, after = old.portal.find(key, Kpi), new.portal.find(key, Kpi)
        if before is None or after is None or not before.target:
            continue
        last = after.target[-1].value if after.target else None
        worse = _weaker(before.target[-1].value, last, before.direction)
        if worse is None:
            continue
        words = _target(before, before.target[-1].value), _target(after, last)
        weight, sort, title = _grade(worse=worse, noun="target")
        affected = "; ".join(text for text in (_state(old, new, key), _gates_on(new, key)) if text)
        yield Effect(weight, sort, title, key, *words, affected)


def criterion_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:
    """Gate criteria made weaker or stronger, or dropped."""
    for key in sorted({change.key for change in found if change.key.startswith("gat-")}):
        before, after = old.portal.find(key, Gate), new.portal.find(key, Gate)
        if before is None or after is None:
            continue
        now = {(criterion.kpi, criterion.scope): criterion for criterion in after.criteria}
        for was in before.criteria:
            criterion = now.get((was.kpi, was.scope))
            direction = "up" if was.op.startswith(">") else "down"
            worse = _weaker(was.value, criterion.value if criterion else None, direction)
            if worse is not None:
                weight, sort, title = _grade(worse=worse, noun="criterion")
                asked = _criterion(new, criterion) if criterion else _dropped(new, before, after, was)
                yield Effect(weight, sort, title, f"{key}#{was.kpi}", _criterion(new, was), asked)


def gate_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:  # noqa: ARG001 - one signature
    """Gates whose computed state changes."""
    before = {view.ref.key: view for view in gates(old)}
    for view in gates(new):
        was = before.get(view.ref.key)
        if was is not None and _counts(was) != _counts(view):
            better = (view.met, -view.not_met) > (was.met, -was.not_met)
            weight = Weight.BETTER if better and view.outcome == was.outcome else Weight.NOTE
            yield Effect(weight, "gate", "Gate changes state", view.ref.key, _gate(was), _gate(view))


def phase_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:
    """Phases whose dates or timebox move."""
    for key in sorted({change.key for change in found if change.key.startswith("phs-")}):
        before, after = old.portal.find(key, Phase), new.portal.find(key, Phase)
        if before and after and _time(before) != _time(after):
            roles = tuple(after.roles)
            who = f"{people_in(new, roles)} in {numbered(len(roles), 'role')}"
            yield Effect(Weight.NOTE, "phase", "Phase moves", key, _time(before), _time(after), who, roles=roles)


def sign_off_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:  # noqa: ARG001 - one signature
    """Sign-offs that lapse, and records that are signed again."""
    before, after = _signed(old), _signed(new)
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        if was is not None and now is None and key in new.portal:
            roles = tuple(cell.role for cell in roles_of(new, key))
            who = f"{people_in(new, roles)} in {numbered(len(roles), 'role')}" if roles else ""
            needs = f"{was.seat.title} signs again"
            yield Effect(
                Weight.BLOCKS,
                "sign-off-lapsed",
                "Sign-off lapses",
                key,
                f"signed {was.on}",
                "unsigned",
                who,
                needs,
                roles,
            )
        elif now is not None and was is None and key in old.portal:
            yield Effect(Weight.BETTER, "signed", "Signed off", key, "unsigned", f"signed {now.on} by {now.seat.title}")


def _signed(j: Judgement) -> dict[str, SignOffView]:
    """Subject -> the sign-off that holds."""
    return {view.subject.key: view for view in reversed(sign_offs(j)) if view.status == "valid"}


def _weaker(before: Decimal, after: Decimal | None, direction: str) -> bool | None:
    """Whether a value asks for less than before; None where it asks the same."""
    if after == before:
        return None
    return after is None or (after < before if direction == "up" else after > before)


def _grade(*, worse: bool, noun: str) -> tuple[Weight, str, str]:
    if worse:
        return Weight.BLOCKS, "target-weaker", f"{noun.capitalize()} weaker"
    return Weight.BETTER, "target-stronger", f"{noun.capitalize()} stronger"


def _target(kpi: Kpi, value: Decimal | None) -> str:
    if value is None:
        return "no target"
    return f"{'at least' if kpi.direction == 'up' else 'at most'} {_figure(value, kpi.unit)}"


def _figure(value: Decimal, unit: str) -> str:
    if not unit.startswith("ratio"):
        return f"{value.normalize():f} {unit}"
    sign = "+" if unit == "ratio-change" and value > 0 else ""
    return f"{sign}{(value * 100).normalize():f} %"


def _criterion(j: Judgement, criterion: Criterion) -> str:
    kpi = j.portal.find(criterion.kpi, Kpi)
    figure = _figure(criterion.value, kpi.unit) if kpi else f"{criterion.value.normalize():f}"
    return f"{kpi.title if kpi else criterion.kpi}, {criterion.scope} {criterion.op} {figure}"


def _dropped(j: Judgement, before: Gate, after: Gate, was: Criterion) -> str:
    """Dropped, and what the gate asks of the same figure instead."""
    asked = {(criterion.kpi, criterion.scope) for criterion in before.criteria}
    instead = [each for each in after.criteria if each.kpi == was.kpi and (each.kpi, each.scope) not in asked]
    return "; ".join(("dropped", *(f"instead {_criterion(j, each)}" for each in instead)))


def _state(old: Judgement, new: Judgement, key: str) -> str:
    states = [next((c.state.word for c in kpi_cards(j) if c.ref.key == key), "") for j in (old, new)]
    return f"on {written(new.as_of)}: {states[0]} → {states[1]}" if states[0] != states[1] and all(states) else ""


def _gates_on(j: Judgement, key: str) -> str:
    """The gates still to be decided that this KPI decides about."""
    open_gates = [view for view in gates(j) if view.decision is None and any(c.kpi.key == key for c in view.criteria)]
    return "gates: " + ", ".join(view.ref.title for view in open_gates) if open_gates else ""


def _counts(view: GateView) -> tuple[int, int, int, str, str]:
    return view.met, view.not_met, view.not_measurable, view.computed, view.outcome


def _gate(view: GateView) -> str:
    counts = ((view.met, "met"), (view.not_met, "not met"), (view.not_measurable, "not yet measurable"))
    text = ", ".join(f"{count} {state}" for count, state in counts if count) or "no criteria"
    return f"{text}; {view.outcome}" if view.outcome else text


def _time(phase: Phase) -> str:
    box = f" ({phase.timebox.min or ''}–{phase.timebox.max or ''})" if phase.timebox else ""
    return f"{phase.start} to {phase.end or 'open'}{box}"
