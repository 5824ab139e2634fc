"""The evidence that an obligation asks for, and what the portal holds of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.kinds.assurance import Review
from generator.kinds.certification import Certification
from generator.kinds.decision import Decision
from generator.kinds.governance import Body
from generator.kinds.kpi import Kpi
from generator.kinds.module import Module
from generator.kinds.obligation import Obligation
from generator.kinds.system import System
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.competence import permissions
from generator.views.kpi_cards import COMPLETION, kpi_card, widest_scope
from generator.views.matrix import matrix, roles_of
from generator.views.phases import phases
from generator.views.shown import State, Tone
from generator.views.sign_offs import sign_off_of

_COVERED = State(Tone.OK, "Covered")
_REVIEW_DAYS = 366  # a review is due every quarter at first, every year later


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One sort of evidence that an obligation asks for, what the portal holds of it, and how it stands."""

    asked: str
    held: str
    newest: date | None
    state: State


@dataclass(frozen=True, slots=True)
class _Held:
    """What is held of one sort of evidence, the newest day of it, how much is missing."""

    text: str
    newest: date | None
    state: State


def evidence_lines(j: Judgement, found: Obligation, modules: tuple[Module, ...]) -> tuple[EvidenceLine, ...]:
    """A line for every sort of evidence that the obligation asks for."""
    lines = []
    for asked in found.evidence:
        held = _SORTS[asked](j, modules)
        lines.append(EvidenceLine(asked, held.text, held.newest, held.state))
    return tuple(lines)


def _share(done: int, all_of: int, missing: str) -> State:
    if all_of == 0 or done == 0:
        return State(Tone.BAD, "Gap", missing)
    return _COVERED if done == all_of else State(Tone.WARN, "Partly covered", missing)


def _plan(j: Judgement, modules: tuple[Module, ...]) -> _Held:  # noqa: ARG001 - every sort has the same form
    charters = [body.effective_from for body in j.portal.all(Body) if body.effective_from <= j.as_of]
    count = len(phases(j))
    text = f"roadmap of {numbered(count, 'phase')}, {numbered(len(charters), 'charter')}"
    return _Held(text, max(charters, default=None), _share(count and len(charters), len(charters), "no roadmap"))


def _mapping(j: Judgement, modules: tuple[Module, ...]) -> _Held:  # noqa: ARG001
    table = matrix(j)
    cells = [cell for row in table.rows for cell in row.cells]
    newest = max((cell.effective_from for cell in cells if cell.effective_from), default=None)
    decided = len(cells) - len(table.undecided)
    text = f"matrix of {numbered(len(table.rows), 'role')} and {numbered(len(table.columns), 'module')}"
    return _Held(text, newest, _share(decided, len(cells), f"{len(table.undecided)} pairs undecided"))


def _curriculum(j: Judgement, modules: tuple[Module, ...]) -> _Held:
    approved = [one for one in modules if one.status == "approved"]
    asked = [one for one in approved if roles_of(j, one.id)]
    days = (decision.date for one in asked if (decision := j.portal.find(one.approved_by, Decision)))
    text = f"{len(approved)} of {numbered(len(modules), 'module')} approved"
    return _Held(text, max(days, default=None), _share(len(asked), len(modules), "not approved or not mandatory"))


def _completions(j: Judgement, modules: tuple[Module, ...]) -> _Held:  # noqa: ARG001
    if j.portal.find(COMPLETION, Kpi) is None:
        return _Held("no completion KPI", None, State(Tone.BAD, "Gap"))
    card = kpi_card(j, COMPLETION, widest_scope(j, COMPLETION))
    reading = card.reading
    if reading is None or reading.value is None:
        return _Held("no reading", None, State(Tone.BAD, "Gap", card.state.reason))
    text = f"{numbered(len(card.trend), 'snapshot')}, {reading.numerator} of {reading.denominator} people"
    return _Held(text, reading.as_of, State(Tone.WARN, "Partly covered", "stale") if card.stale else _COVERED)


def _certificates(j: Judgement, modules: tuple[Module, ...]) -> _Held:
    own = {one.id for one in modules}
    found = [one for one in j.portal.all(Certification) if own.intersection(one.requires.modules())]
    open_to = [line for line in permissions(j) if line.certification.key in {one.id for one in found}]
    text = f"{numbered(len(found), 'certificate')}, {numbered(len(open_to), 'permission')}"
    return _Held(text, None, _share(len(found), len(found), "no certificate contains its modules"))


def _oversight(j: Judgement, modules: tuple[Module, ...]) -> _Held:  # noqa: ARG001
    high = [one for one in j.portal.all(System) if one.ai_act_class == "high-risk" and one.status != "retired"]
    named = [one for one in high if one.oversight_roles and one.requires_certification]
    text = f"oversight roles of {len(named)} of {numbered(len(high), 'high-risk system')}"
    state = _share(len(named), len(high), "a system lacks its roles or certificate") if high else _COVERED
    return _Held(text, None, state)


def _versions(j: Judgement, modules: tuple[Module, ...]) -> _Held:
    views = [sign_off_of(j, one.id) for one in modules]
    signed = [view for view in views if view.state.good]
    newest = max((one.on for view in signed for one in view.sign_offs), default=None)
    text = f"{len(signed)} of {numbered(len(modules), 'module')} signed off"
    return _Held(text, newest, _share(len(signed), len(modules), f"{len(modules) - len(signed)} without sign-off"))


def _reviews(j: Judgement, modules: tuple[Module, ...]) -> _Held:  # noqa: ARG001
    held = [one.held for one in j.portal.all(Review) if one.held and one.held <= j.as_of]
    overdue = [one for one in j.portal.all(Review) if not one.held and one.due < j.as_of]
    newest = max(held, default=None)
    text = f"{numbered(len(held), 'review')} held"
    if newest is None or (j.as_of - newest).days > _REVIEW_DAYS:
        return _Held(text, newest, State(Tone.BAD, "Gap", "no review within a year"))
    state = State(Tone.WARN, "Partly covered", f"{numbered(len(overdue), 'review')} overdue") if overdue else _COVERED
    return _Held(text, newest, state)


def _board(j: Judgement, modules: tuple[Module, ...]) -> _Held:  # noqa: ARG001
    top = {body.id for body in j.portal.all(Body) if body.kind == "board"}
    found = [one for one in j.portal.all(Decision) if one.body in top and one.status == "accepted"]
    text = numbered(len(found), "decision") + " of the board"
    newest = max((one.date for one in found), default=None)
    return _Held(text, newest, _share(len(found), len(found), "the board has decided nothing"))


_SORTS: Mapping[str, Callable[[Judgement, tuple[Module, ...]], _Held]] = {
    "training-plan": _plan,
    "role-mapping": _mapping,
    "curriculum": _curriculum,
    "completion-records": _completions,
    "certification-records": _certificates,
    "oversight-role-register": _oversight,
    "content-versions": _versions,
    "review-record": _reviews,
    "board-record": _board,
}
