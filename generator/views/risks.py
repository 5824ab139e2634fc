"""Risks: scores against appetite, and what training does about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.incident import Incident
from generator.kinds.module import Module
from generator.kinds.risk import Risk, RiskScale
from generator.kinds.system import System
from generator.model.judgement import Judgement
from generator.views.matrix import roles_of
from generator.views.memo import remembered
from generator.views.people import People, people_in
from generator.views.shown import Ref, State, Tone, ref, refs


@dataclass(frozen=True, slots=True)
class Score:
    """Likelihood times impact."""

    likelihood: int
    impact: int

    @property
    def value(self) -> int:
        """The product."""
        return self.likelihood * self.impact


@dataclass(frozen=True, slots=True)
class RiskView:
    """A risk's page."""

    ref: Ref
    category: str
    taxonomy: tuple[tuple[str, str], ...]  # source, reference
    inherent: Score
    residual: Score
    appetite: int | None
    above_appetite: bool
    treatment: str
    owner: Ref
    line_of_defence: int | None
    reviewed: date | None
    accepted_by: Ref | None
    modules: tuple[Ref, ...]  # approved modules that address it
    drafts: tuple[Ref, ...]
    systems: tuple[Ref, ...]
    roles: tuple[Ref, ...]  # reached by mandatory modules that address it
    people: People
    incidents: tuple[Ref, ...]
    obligations: tuple[Ref, ...]
    state: State


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One field of the heat map."""

    likelihood: int
    impact: int
    score: int
    above_appetite: bool
    risks: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Residual scores on the scale, most likely first; cells run from low to high impact."""

    appetite: int | None
    rows: tuple[tuple[HeatCell, ...], ...]


_LEVELS = (1, 5)


@remembered
def risks(j: Judgement) -> tuple[RiskView, ...]:
    """Every risk, highest residual first."""
    views = [risk(j, found.id) for found in j.portal.all(Risk)]
    return tuple(sorted(views, key=lambda view: (-view.residual.value, -view.inherent.value, view.ref.key)))


@remembered
def risk(j: Judgement, key: str) -> RiskView:
    """One risk."""
    found = j.portal.find(key, Risk)
    if found is None:
        raise KeyError(key)
    addressed = [one for one in j.portal.all(Module) if key in one.risks]
    approved = [one for one in addressed if one.status == "approved"]
    roles = tuple(sorted({cell.role for one in approved for cell in roles_of(j, one.id)}))
    scale = _scale(j)
    residual = Score(found.residual.likelihood, found.residual.impact)
    above = scale is not None and residual.value > scale.appetite
    return RiskView(
        ref=ref(j.portal, key),
        category=found.category,
        taxonomy=tuple((one.source, one.ref) for one in found.taxonomy),
        inherent=Score(found.inherent.likelihood, found.inherent.impact),
        residual=residual,
        appetite=scale.appetite if scale else None,
        above_appetite=above,
        treatment=found.treatment,
        owner=ref(j.portal, found.owner),
        line_of_defence=int(found.line_of_defence),
        reviewed=found.reviewed,
        accepted_by=ref(j.portal, found.accepted_by) if found.accepted_by else None,
        modules=refs(j.portal, (one.id for one in approved)),
        drafts=refs(j.portal, (one.id for one in addressed if one.status == "draft")),
        systems=refs(j.portal, (one.id for one in j.portal.all(System) if key in one.risks)),
        roles=refs(j.portal, roles),
        people=people_in(j, roles),
        incidents=refs(j.portal, (one.id for one in j.portal.all(Incident) if one.risk == key)),
        obligations=refs(j.portal, sorted({duty for one in approved for duty in one.obligations})),
        state=_state(found, addressed=bool(approved), above=above),
    )


@remembered
def heat_map(j: Judgement) -> HeatMap:
    """The residual scores on the scale."""
    scale = _scale(j)
    likelihoods = _levels(scale.likelihood if scale else _LEVELS)
    impacts = _levels(scale.impact if scale else _LEVELS)
    placed: dict[tuple[int, int], list[str]] = {}
    for found in j.portal.all(Risk):
        placed.setdefault((found.residual.likelihood, found.residual.impact), []).append(found.id)
    rows = tuple(
        tuple(
            HeatCell(
                likelihood,
                impact,
                likelihood * impact,
                scale is not None and likelihood * impact > scale.appetite,
                refs(j.portal, placed.get((likelihood, impact), ())),
            )
            for impact in impacts
        )
        for likelihood in reversed(likelihoods)
    )
    return HeatMap(scale.appetite if scale else None, rows)


def _scale(j: Judgement) -> RiskScale | None:
    return next(iter(j.portal.all(RiskScale)), None)


def _levels(ends: tuple[int, ...]) -> range:
    return range(ends[0], ends[-1] + 1)


def _state(found: Risk, *, addressed: bool, above: bool) -> State:
    if not addressed:
        return State(Tone.BAD, "Gap", "no approved module addresses it")
    if not above:
        return State(Tone.OK, "Within appetite")
    if found.accepted_by:
        return State(Tone.WARN, "Accepted above appetite", "a decision accepts the residual risk")
    return State(Tone.BAD, "Above appetite", "no decision accepts it")
