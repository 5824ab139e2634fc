"""Audit findings and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.assurance import AuditFinding, Review
from generator.model.judgement import Judgement
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, due_state, ref, refs


@dataclass(frozen=True, slots=True)
class FindingView:
    """An audit finding."""

    ref: Ref
    raised_by: Ref
    raised: date
    severity: str
    text: str
    owner: Ref
    agreed_action: str
    due: date
    status: str
    closed: date | None
    evidence: tuple[Ref, ...]
    state: State


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A quarterly or annual review."""

    ref: Ref
    cadence: str
    period: str
    body: Ref
    due: date
    held: date | None
    kpis: tuple[Ref, ...]
    decisions: tuple[Ref, ...]
    findings: tuple[str, ...]
    state: State


@remembered
def findings(j: Judgement) -> tuple[FindingView, ...]:
    """Audit findings, open ones first by due date."""
    views = [_finding(j, one) for one in j.portal.all(AuditFinding)]
    return tuple(sorted(views, key=lambda view: (view.status == "closed", view.due, view.ref.key)))


@remembered
def reviews(j: Judgement) -> tuple[ReviewView, ...]:
    """Reviews, newest due date first."""
    found = sorted(j.portal.all(Review), key=lambda one: (one.due, one.id), reverse=True)
    return tuple(_review(j, one) for one in found)


def _review(j: Judgement, one: Review) -> ReviewView:
    """A review as of the day: one that was held later is not held yet, and nothing was found yet."""
    held = one.held if one.held and one.held <= j.as_of else None
    return ReviewView(
        ref(j.portal, one.id),
        one.cadence,
        one.period,
        ref(j.portal, one.body),
        one.due,
        held,
        refs(j.portal, one.kpis),
        refs(j.portal, one.decisions) if held else (),
        one.findings if held else (),
        State(Tone.OK, "Held") if held else due_state(one.due, None, j.as_of),
    )


def _finding(j: Judgement, one: AuditFinding) -> FindingView:
    closed = one.status == "closed" and not (one.closed and one.closed > j.as_of)
    state = State(Tone.OK, "Closed") if closed else due_state(one.due, None, j.as_of)
    if closed and not one.closure_evidence:
        state = State(Tone.WARN, "Closed without evidence")
    return FindingView(
        ref=ref(j.portal, one.id),
        raised_by=ref(j.portal, one.raised_by),
        raised=one.raised,
        severity=one.severity,
        text=one.text,
        owner=ref(j.portal, one.owner),
        agreed_action=one.agreed_action,
        due=one.due,
        status="closed" if closed else "open",
        closed=one.closed if closed else None,
        evidence=refs(j.portal, one.closure_evidence) if closed else (),
        state=state,
    )
