"""One KPI in one scope, judged on a day: figure, interval, target in force, state and trend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.kinds.kpi import Kpi
from generator.measure.proportions import more_needed
from generator.model.judgement import Judgement
from generator.views.comparison import compare, terms_of
from generator.views.memo import remembered
from generator.views.readings import Display, Reading, display_of, newest_reading, readings, scopes_of
from generator.views.shown import Ref, State, Tone, ref, settings_of

COMPLETION = "kpi-completion"  # the KPI whose snapshots carry the head counts
_NEAR = {Display.SHARE: 0.01, Display.CHANGE: 0.01, Display.GAIN: 0.01, Display.POINTS: 1.0}  # misses by under a point
_DEFINING = ("method", "numerator", "denominator", "unit", "lift", "baseline", "interval")


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
        return _met(self.reading, self.direction, self.target)


def is_met(j: Judgement, definition: Kpi, scope: str) -> bool | None:
    """Whether a KPI meets its target on the as-of date, as its card says it, without the rest of the card."""
    return _met(newest_reading(j, definition.id, scope, j.as_of), definition.direction, target_on(definition, j.as_of))


def _met(reading: Reading | None, direction: str, target: Target | None) -> bool | None:
    if reading is None or reading.value is None or target is None:
        return None
    return meets(reading.value, direction, target.value)


def meets(value: float, direction: str, target: float) -> bool:
    """Whether a value is on the good side of a target, or on it; a hair's breadth of rounding counts as on it."""
    return value >= target - 1e-9 if direction == "up" else value <= target + 1e-9


@remembered
def kpi_card(j: Judgement, kpi: str, scope: str, on: date | None = None) -> KpiCard:
    """One KPI in one scope, judged on a day (the as-of date)."""
    day = on or j.as_of
    definition = j.portal.find(kpi, Kpi)
    if definition is None:
        return _undefined(j, kpi, scope)
    reading = newest_reading(j, kpi, scope, day)
    target = target_on(definition, day)
    age = (day - reading.as_of).days if reading else None
    limit = staleness_limit(j, definition)
    trend = _trend(j, definition, scope, day)
    change, since = _change(_comparable(j, kpi, trend, reading), reading)
    return KpiCard(
        ref=ref(j.portal, kpi),
        scope=scope_ref(j, scope),
        display=display_of(definition),
        unit=definition.unit,
        direction=definition.direction,
        target=target,
        baseline=_baseline(definition),
        reading=reading,
        state=_state(definition, reading, target, day),
        stale=age is not None and limit is not None and age > limit,
        age_days=age,
        limit_days=limit,
        trend=trend,
        breaks=breaks(j, kpi),
        change=change,
        change_since=since,
        more_needed=_more_needed(definition, reading, target),
    )


def target_on(definition: Kpi, day: date) -> Target | None:
    """The target of a KPI that counts on a day."""
    found = definition.target_on(day)
    return Target(float(found.value), found.from_, found.to, in_force=True) if found else None


def staleness_limit(j: Judgement, definition: Kpi) -> int | None:
    """After how many days a figure of this KPI is stale; None where its cadence has no limit."""
    settings = settings_of(j.portal)
    return settings.staleness_days.get(definition.cadence) if settings else None


def scope_ref(j: Judgement, scope: str) -> Ref:
    """The link behind a scope: the bank, or the phase, role, cohort, unit or system it names."""
    sort, _, key = scope.partition(":")
    if sort == "bank":
        return Ref(scope, "Whole bank", "", "bank")
    if key in j.portal:
        found = ref(j.portal, key)
        return Ref(scope, found.title, found.url, sort)
    return Ref(scope, key.replace("-", " ").capitalize(), "", sort)


def widest_scope(j: Judgement, kpi: str) -> str:
    """The scope a KPI is shown in: the bank, else the phase or cohort with the newest reading."""
    scopes = scopes_of(j, kpi)
    for sort in ("bank", "phase", "cohort", "system", "role", "unit"):
        found = [scope for scope in scopes if scope.partition(":")[0] == sort]
        if found:
            return max(found, key=lambda scope: (_day(newest_reading(j, kpi, scope)), scope))
    return "bank"


def head_count(j: Judgement, role: str) -> int | None:
    """People in the role by the newest completion snapshot; None where unknown or withheld."""
    return dict(head_counts(j)).get(role)


@remembered
def head_counts(j: Judgement) -> tuple[tuple[str, int], ...]:
    """Role key and head count of every role that has one."""
    found = []
    for scope in scopes_of(j, COMPLETION):
        sort, _, key = scope.partition(":")
        reading = newest_reading(j, COMPLETION, scope) if sort == "role" else None
        if reading is not None and reading.headcount is not None:
            found.append((key, reading.headcount))
    return tuple(sorted(found))


@remembered
def breaks(j: Judgement, kpi: str) -> tuple[Break, ...]:
    """The days on which the definition changed in what it measures."""
    found = []
    for step, changes in j.timeline.of(kpi):
        fields = [str(change.field[0]) for change in changes if change.field and change.field[0] in _DEFINING]
        if fields:
            day = step.commit.committed.date()
            found.append(Break(day, step.commit.id[:7], "definition changed: " + ", ".join(dict.fromkeys(fields))))
    return tuple(item for item in found if item.day <= j.as_of)


def _undefined(j: Judgement, kpi: str, scope: str) -> KpiCard:
    """What a KPI without a definition shows: the missing link is a finding of its own."""
    return KpiCard(
        ref=ref(j.portal, kpi),
        scope=scope_ref(j, scope),
        display=Display.NUMBER,
        unit="",
        direction="up",
        target=None,
        baseline=None,
        reading=None,
        state=State(Tone.WAIT, "Not yet measurable", f"{kpi} is not defined"),
        stale=False,
        age_days=None,
        limit_days=None,
        trend=(),
        breaks=(),
        change=None,
        change_since=None,
        more_needed=None,
    )


def _state(definition: Kpi, reading: Reading | None, target: Target | None, day: date) -> State:
    if reading is None:
        return State(Tone.WAIT, "Not yet measurable", f"no snapshot on or before {day}")
    if reading.withheld:
        return State(Tone.MUTE, "Withheld", reading.reason)
    if reading.value is None:
        return State(Tone.WAIT, "Not yet measurable", reading.reason)
    if target is None:
        return State(Tone.INFO, "No target", "no target is in force")
    if meets(reading.value, definition.direction, target.value):
        return State(Tone.OK, "On target")
    near = _NEAR.get(display_of(definition))
    if near is not None and abs(reading.value - target.value) < near:
        return State(Tone.WARN, "Near target", "misses by under one point")
    return State(Tone.BAD, "Off target")


def _trend(j: Judgement, definition: Kpi, scope: str, day: date) -> tuple[Reading, ...]:
    """The readings of the scope; where each cohort is measured once, the last reading of every cohort."""
    if definition.cadence != "per-cohort":
        return readings(j, definition.id, scope, day)
    scopes = [found for found in scopes_of(j, definition.id, day) if found.startswith("cohort:")]
    newest = (newest_reading(j, definition.id, found, day) for found in scopes)
    return tuple(sorted((found for found in newest if found), key=lambda reading: (reading.as_of, reading.scope)))


def _comparable(j: Judgement, kpi: str, trend: tuple[Reading, ...], reading: Reading | None) -> tuple[Reading, ...]:
    """The readings that say the same thing as this one: of one scope, or of cohorts under the same terms."""
    days = [one.day for one in breaks(j, kpi)]
    own = terms_of(j, reading.scope, reading.as_of, days) if reading else None
    if reading is None or own is None:
        return trend
    same = (one for one in trend if one.scope == reading.scope or compare(terms_of(j, one.scope, one.as_of, days), own))
    return tuple(same)


def _change(trend: tuple[Reading, ...], reading: Reading | None) -> tuple[float | None, date | None]:
    if reading is None or reading.value is None:
        return None, None
    earlier = [r for r in trend if r.value is not None and r.as_of < reading.as_of]
    before = [r for r in earlier if r.as_of <= reading.as_of - timedelta(days=28)] or earlier
    if not before or before[-1].value is None:
        return None, None
    return reading.value - before[-1].value, before[-1].as_of


def _more_needed(definition: Kpi, reading: Reading | None, target: Target | None) -> int | None:
    if definition.method != "proportion" or definition.direction != "up" or reading is None or target is None:
        return None
    if reading.value is None or reading.numerator is None or reading.denominator is None:
        return None
    return more_needed(reading.numerator, reading.denominator, target.value)


def _baseline(definition: Kpi) -> Baseline | None:
    found = definition.baseline
    if found is None:
        return None
    since, until = (found.window[0], found.window[-1]) if found.window else (found.as_of, found.as_of)
    return Baseline(None if found.value is None else float(found.value), found.count, found.exposure, since, until)


def _day(reading: Reading | None) -> date:
    return reading.as_of if reading else date.min
