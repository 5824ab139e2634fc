"""Readings of a KPI from its snapshots, judged against the target in force; every number shown comes from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from generator.measure.figures import Interval
from generator.model.judgement import Judgement
from generator.views.shown import Ref, State


class Display(StrEnum):
    """How a figure is written: 94.3 %, +22.8 %, +12.8 points, gain 0.28, or a plain number with its unit."""

    SHARE = "share"
    CHANGE = "change"
    POINTS = "points"
    GAIN = "gain"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Reading:
    """One snapshot row judged: newest revision of one KPI, scope and day."""

    key: str
    as_of: date
    revision: str
    value: float | None
    interval: Interval | None
    numerator: int | None = None
    denominator: int | None = None
    headcount: int | None = None
    exempt: int | None = None
    not_yet_due: int | None = None
    overdue: int | None = None
    n_pairs: int | None = None
    n_pre_only: int | None = None
    n_post_only: int | None = None
    mean_pre: float | None = None
    mean_post: float | None = None
    sd_diff: float | None = None
    exposure: int | None = None
    withheld: bool = False
    reason: str = ""  # why there is no value
    source: Ref | None = None
    note: str = ""
    replaced: tuple[str, ...] = ()  # keys of the earlier revisions, which stay on record

    @property
    def population(self) -> int | None:
        """The N beside n: the denominator, the pairs, or the exposure."""
        return next((n for n in (self.denominator, self.n_pairs, self.exposure) if n is not None), None)


@dataclass(frozen=True, slots=True)
class Target:
    """A target and the days on which it holds."""

    value: float
    since: date
    until: date | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a KPI is compared with: a value, or a count in an exposure over a window."""

    value: float | None
    count: int | None
    exposure: int | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which the definition changed in meaning, so that figures before and after do not compare."""

    day: date
    commit: str
    text: str


@dataclass(frozen=True, slots=True)
class KpiCard:
    """A KPI in one scope as of the day: figure, interval, target, state and trend."""

    ref: Ref
    scope: Ref
    display: Display
    unit: str
    direction: str  # "up": at least the target; "down": at most
    target: Target | None
    baseline: Baseline | None
    reading: Reading | None
    state: State
    stale: bool
    age_days: int | None
    limit_days: int | None
    trend: tuple[Reading, ...]  # oldest first, with the gaps of withheld readings
    breaks: tuple[Break, ...]
    change: float | None  # value now less the value four weeks (or one reading) before
    change_since: date | None
    more_needed: int | None  # people missing to the target (proportions only)

    @property
    def met(self) -> bool | None:
        """Whether the point value meets the target; None where it cannot be said."""
        if self.reading is None or self.reading.value is None or self.target is None:
            return None
        return meets(self.reading.value, self.direction, self.target.value)


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


def kpi_cards(j: Judgement) -> tuple[KpiCard, ...]:
    """One card for every KPI that is not retired, at its widest scope, in the order of the definitions."""
    raise NotImplementedError


def kpi_card(j: Judgement, kpi: str, scope: str, on: date | None = None) -> KpiCard:
    """One KPI in one scope, judged on a day (the as-of date)."""
    raise NotImplementedError


def kpi_page(j: Judgement, kpi: str) -> KpiPage:
    """What the page of that KPI shows."""
    raise NotImplementedError


def readings(j: Judgement, kpi: str, scope: str, on: date | None = None) -> tuple[Reading, ...]:
    """The newest revision of every snapshot of that KPI and scope up to a day, oldest first."""
    raise NotImplementedError


def head_count(j: Judgement, role: str) -> int | None:
    """People in the role by the newest completion snapshot; None where unknown or withheld."""
    raise NotImplementedError


def head_counts(j: Judgement) -> tuple[tuple[str, int], ...]:
    """Role key and head count of every role that has one."""
    raise NotImplementedError


def scope_ref(j: Judgement, scope: str) -> Ref:
    """The link behind a scope: the bank, or the phase, role, cohort, unit or system it names."""
    raise NotImplementedError


def meets(value: float, direction: str, target: float) -> bool:
    """Whether a value is on the good side of a target, or on it; a hair's breadth of rounding counts as on it."""
    return value >= target - 1e-9 if direction == "up" else value <= target + 1e-9
