"""Risks: scores against appetite, and what training does about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.judgement import Judgement
from generator.views.shown import Ref, State


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
    people: int
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


def risks(j: Judgement) -> tuple[RiskView, ...]:
    """Every risk, highest residual first."""
    raise NotImplementedError


def risk(j: Judgement, key: str) -> RiskView:
    """One risk."""
    raise NotImplementedError


def heat_map(j: Judgement) -> HeatMap:
    """The residual scores on the scale."""
    raise NotImplementedError
