"""A KPI's page: definition, figures in every scope, how the population adds up, the source, what is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from generator.kinds.action import CorrectiveAction
from generator.kinds.kpi import Import, Kpi
from generator.kinds.roadmap import Gate
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.comparison import CohortComparison, cohort_comparison
from generator.views.kpi_cards import (
    COMPLETION,
    Baseline,
    Break,
    KpiCard,
    Target,
    breaks,
    head_count,
    head_counts,
    kpi_card,
    meets,
    scope_ref,
    widest_scope,
)
from generator.views.memo import remembered
from generator.views.readings import Display, Reading, readings, scopes_of
from generator.views.shown import Ref, State, Tone, due_state, ref

__all__ = [
    "COMPLETION",
    "Action",
    "Baseline",
    "Break",
    "Display",
    "Floor",
    "KpiCard",
    "KpiPage",
    "PopulationStep",
    "Reading",
    "SourceFacts",
    "Target",
    "breaks",
    "head_count",
    "head_counts",
    "kpi_card",
    "kpi_cards",
    "kpi_page",
    "meets",
    "readings",
    "scope_ref",
]


@dataclass(frozen=True, slots=True)
class PopulationStep:
    """One line of how the population adds up."""

    sign: str  # "", "-", "="
    text: str
    detail: str
    people: int
    total: bool = False


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """The import behind a reading."""

    ref: Ref
    system: str
    report: str
    as_of: date | None
    extracted: datetime | None
    sha256: str
    rows: int | None
    rejected: int | None
    held_at: str
    query: str
    filters: tuple[str, ...]
    totals: tuple[str, ...]  # control totals with their names
    run_by: Ref | None
    fresh: State


@dataclass(frozen=True, slots=True)
class Floor:
    """Every role against a floor: which are below."""

    value: float
    cards: tuple[KpiCard, ...]  # one a role, lowest first
    below: int


@dataclass(frozen=True, slots=True)
class Action:
    """A corrective action on a KPI."""

    ref: Ref
    text: str
    scope: Ref
    raised: date
    due: date
    done: date | None
    owner: Ref
    state: State


@dataclass(frozen=True, slots=True)
class KpiPage:
    """Everything a KPI's page shows."""

    card: KpiCard  # the widest scope that has readings
    sort: str
    method: str
    numerator: str
    denominator: str
    cadence: str
    owner: Ref
    interval: str
    lift: str
    minimum_n: int | None
    retired: bool
    targets: tuple[Target, ...]
    scopes: tuple[KpiCard, ...]  # every scope with readings: bank, phases, roles, cohorts, units, systems
    roles: Floor | None
    population: tuple[PopulationStep, ...]
    adds_up: bool | None
    source: SourceFacts | None
    actions: tuple[Action, ...]
    gates: tuple[Ref, ...]
    comparison: CohortComparison | None = None


@remembered
def kpi_cards(j: Judgement) -> tuple[KpiCard, ...]:
    """One card for every KPI that is not retired, at its widest scope: completion, competency, incidents, behaviour."""
    order = ("completion", "competency", "incidents", "behaviour")
    living = [kpi for kpi in j.portal.all(Kpi) if not (kpi.retired and kpi.retired < j.as_of)]
    living.sort(key=lambda kpi: (order.index(kpi.sort), kpi.id))
    return tuple(kpi_card(j, kpi.id, widest_scope(j, kpi.id)) for kpi in living)


@remembered
def kpi_page(j: Judgement, kpi: str) -> KpiPage:
    """What the page of that KPI shows."""
    definition = j.portal.find(kpi, Kpi)
    if definition is None:
        raise KeyError(kpi)
    card = kpi_card(j, kpi, widest_scope(j, kpi))
    population = _population(card.reading) if card.reading else ()
    return KpiPage(
        card=card,
        sort=definition.sort,
        method=definition.method,
        numerator=definition.numerator,
        denominator=definition.denominator,
        cadence=definition.cadence,
        owner=ref(j.portal, definition.owner),
        interval=definition.interval,
        lift=definition.lift or "",
        minimum_n=definition.minimum_n,
        retired=bool(definition.retired and definition.retired < j.as_of),
        targets=tuple(Target(float(t.value), t.from_, t.to, t.in_force(j.as_of)) for t in definition.target),
        scopes=tuple(kpi_card(j, kpi, scope) for scope in scopes_of(j, kpi)),
        roles=_roles(j, kpi, card),
        population=population,
        adds_up=_adds_up(card.reading) if population and card.reading else None,
        source=_source(j, card),
        actions=_actions(j, kpi),
        gates=tuple(ref(j.portal, gate.id) for gate in j.portal.all(Gate) if any(c.kpi == kpi for c in gate.criteria)),
        comparison=cohort_comparison(j, kpi, tuple(one.day for one in card.breaks)),
    )


def _roles(j: Judgement, kpi: str, card: KpiCard) -> Floor | None:
    cards = [kpi_card(j, kpi, scope) for scope in scopes_of(j, kpi) if scope.startswith("role:")]
    if not cards or card.target is None:
        return None

    def rank(one: KpiCard) -> tuple[float, str]:
        value = one.reading.value if one.reading else None
        return (2.0 if value is None else value, one.scope.title)

    return Floor(card.target.value, tuple(sorted(cards, key=rank)), sum(one.met is False for one in cards))


def _population(reading: Reading) -> tuple[PopulationStep, ...]:
    """From the head count to the people who are complete, where every count is known."""
    counts = (reading.headcount, reading.exempt, reading.not_yet_due, reading.overdue)
    if reading.numerator is None or reading.denominator is None or None in counts:
        return ()
    head, exempt, ahead, overdue = (count or 0 for count in counts)
    return (
        PopulationStep("", "Active in a mandatory role", f"on {reading.as_of}", head),
        PopulationStep("-", "Approved exemptions", "each with its decision", exempt),
        PopulationStep("-", "Not yet due", "due date plus grace lies ahead", ahead),
        PopulationStep("=", "Population", "", reading.denominator, total=True),
        PopulationStep("-", "Overdue", "", overdue),
        PopulationStep("=", "Complete and valid", "", reading.numerator, total=True),
    )


def _adds_up(reading: Reading) -> bool:
    people = (reading.headcount or 0) - (reading.exempt or 0) - (reading.not_yet_due or 0)
    return people == reading.denominator and people - (reading.overdue or 0) == reading.numerator


def _source(j: Judgement, card: KpiCard) -> SourceFacts | None:
    found = j.portal.find(card.reading.source.key, Import) if card.reading and card.reading.source else None
    if found is None:
        return None
    age = numbered(card.age_days or 0, "day") + " old"
    fresh = State(Tone.INFO, age)
    if card.limit_days is not None:
        limit = f"limit {card.limit_days}"
        fresh = State(Tone.BAD, "Stale", f"{age}, {limit}") if card.stale else State(Tone.OK, f"{age}, {limit}")
    return SourceFacts(
        ref(j.portal, found.id),
        found.system,
        found.report,
        found.as_of,
        found.extracted,
        found.sha256,
        found.rows,
        found.rejected,
        found.held_at,
        found.query or "",
        found.filters,
        tuple(f"{name} {value:f}" for name, value in found.totals.items()),
        ref(j.portal, found.run_by) if found.run_by else None,
        fresh,
    )


def _actions(j: Judgement, kpi: str) -> tuple[Action, ...]:
    found = [
        Action(
            ref(j.portal, action.id),
            action.text,
            scope_ref(j, action.scope),
            action.raised,
            action.due,
            action.done,
            ref(j.portal, action.owner),
            due_state(action.due, action.done, j.as_of),
        )
        for action in j.portal.all(CorrectiveAction)
        if action.kpi == kpi
    ]
    return tuple(sorted(found, key=lambda action: (action.done is not None, action.due)))
