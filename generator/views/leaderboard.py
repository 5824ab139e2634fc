"""Leaderboards: teams ranked by a KPI, none below the declared size, never people."""

from __future__ import annotations

from dataclasses import dataclass

from generator.kinds.change_plan import Incentive
from generator.kinds.kpi import Kpi
from generator.model.judgement import Judgement
from generator.views.kpi_cards import COMPLETION, KpiCard, kpi_card
from generator.views.readings import newest_reading, scopes_of
from generator.views.shown import Ref, ref, settings_of

UNIT = "unit:"


@dataclass(frozen=True, slots=True)
class Place:
    """A team on the board; teams with the same figure share a place."""

    place: int
    card: KpiCard


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """The best teams, and how many are too small or of unknown size to be ranked."""

    ref: Ref
    kpi: Ref
    rows: tuple[Place, ...]
    ranked: int
    minimum: int
    too_small: int


def leaderboards(j: Judgement) -> tuple[Leaderboard, ...]:
    """Every leaderboard that names its KPI and is in force on the day."""
    found = [one for one in j.portal.all(Incentive) if one.kind == "leaderboard" and one.kpi]
    return tuple(_board(j, one) for one in found if one.from_ <= j.as_of and (one.to is None or j.as_of <= one.to))


def _board(j: Judgement, incentive: Incentive) -> Leaderboard:
    kpi = incentive.kpi or ""
    settings = settings_of(j.portal)
    minimum = max(incentive.minimum_n or 0, settings.small_cell_minimum if settings else 0)
    measured = [scope for scope in scopes_of(j, kpi) if scope.startswith(UNIT)]
    cards = [kpi_card(j, kpi, scope) for scope in measured if _people(j, scope) >= minimum]
    definition = j.portal.find(kpi, Kpi)
    up = definition is None or definition.direction == "up"
    told = [(card.reading.value, card) for card in cards if card.reading and card.reading.value is not None]
    told.sort(key=lambda one: (-one[0] if up else one[0], one[1].scope.title))
    values = [value for value, _ in told]
    rows = tuple(Place(values.index(value) + 1, card) for value, card in told[: incentive.places])
    return Leaderboard(
        ref(j.portal, incentive.id), ref(j.portal, kpi), rows, len(told), minimum, len(measured) - len(cards)
    )


def _people(j: Judgement, scope: str) -> int:
    """How many people are in a team, by the newest head count; a team of unknown size counts as empty."""
    reading = newest_reading(j, COMPLETION, scope, j.as_of)
    return (reading.headcount if reading else None) or 0
