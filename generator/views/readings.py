"""Readings: each snapshot row turned into a figure with its interval, newest revision first choice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from generator.kinds.kpi import Kpi, Snapshot
from generator.measure.figures import Figure, Interval
from generator.measure.means import Paired, absolute_lift, normalised_gain, relative_lift
from generator.measure.proportions import clopper_pearson, wilson
from generator.measure.rates import Events, rate_change
from generator.model.judgement import Judgement
from generator.model.portal import Portal
from generator.model.words import numbered
from generator.views.shown import Ref, ref, settings_of


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
    scope: str = ""
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
class _Row:
    key: str
    snapshot: Snapshot
    replaced: tuple[str, ...]


def readings(j: Judgement, kpi: str, scope: str, on: date | None = None) -> tuple[Reading, ...]:
    """The newest revision of every snapshot of that KPI and scope up to a day, oldest first."""
    rows = _rows(j.portal).get((kpi, scope), ())
    until = bisect_right(rows, on or j.as_of, key=lambda row: row.snapshot.as_of)
    return tuple(reading_of(j.portal, row.key) for row in rows[:until])


def newest_reading(j: Judgement, kpi: str, scope: str, on: date | None = None) -> Reading | None:
    """The last reading up to a day, or None."""
    rows = _rows(j.portal).get((kpi, scope), ())
    until = bisect_right(rows, on or j.as_of, key=lambda row: row.snapshot.as_of)
    return reading_of(j.portal, rows[until - 1].key) if until else None


def scopes_of(j: Judgement, kpi: str, on: date | None = None) -> tuple[str, ...]:
    """The scopes that have a reading of that KPI up to a day: the bank first, then phases, cohorts, roles ..."""
    day = on or j.as_of
    found = (scope for (key, scope), rows in _rows(j.portal).items() if key == kpi and rows[0].snapshot.as_of <= day)
    return tuple(sorted(found, key=lambda scope: (_ORDER.index(scope.partition(":")[0]), scope)))


def display_of(kpi: Kpi) -> Display:
    """How the figures of a KPI are written."""
    if kpi.method == "proportion":
        return Display.SHARE
    if kpi.method == "rate-ratio":
        return Display.CHANGE
    if kpi.method == "paired-mean":
        return {"absolute": Display.POINTS, "normalised-gain": Display.GAIN}.get(kpi.lift or "", Display.CHANGE)
    return Display.NUMBER


@lru_cache(maxsize=8)
def _rows(portal: Portal) -> Mapping[tuple[str, str], tuple[_Row, ...]]:
    """KPI and scope -> the newest revision a day, oldest first."""
    revisions: dict[tuple[str, str], dict[date, list[tuple[int, str, Snapshot]]]] = {}
    for entry in portal.entries_of(Snapshot):
        row = entry.record
        if isinstance(row, Snapshot):
            days = revisions.setdefault((row.kpi, row.scope), {})
            days.setdefault(row.as_of, []).append((int(row.revision[1:]), entry.key, row))
    found: dict[tuple[str, str], tuple[_Row, ...]] = {}
    for series, days in revisions.items():
        newest = []
        for _, revised in sorted(days.items()):
            *earlier, (_, key, row) = sorted(revised, key=lambda item: item[0])
            newest.append(_Row(key, row, tuple(old for _, old, _ in earlier)))
        found[series] = tuple(newest)
    return found


@lru_cache(maxsize=20_000)
def reading_of(portal: Portal, key: str) -> Reading:
    """The reading of one snapshot row."""
    row = portal.find(key, Snapshot)
    if row is None:
        raise KeyError(key)
    siblings = _rows(portal)[row.kpi, row.scope]
    replaced = next((found.replaced for found in siblings if found.key == key), ())
    definition = portal.find(row.kpi, Kpi)
    settings = settings_of(portal)
    minimum = settings.small_cell_minimum if settings else 5
    figure, reason = _measured(definition, row, minimum) if definition else (None, "the KPI is not defined")
    few = row.denominator is not None and 0 < row.denominator < minimum
    hidden = row.withheld is not None or few
    return Reading(
        key=key,
        as_of=row.as_of,
        revision=row.revision,
        value=None if figure is None else figure.value,
        interval=None if figure is None or definition is None or definition.interval == "none" else figure.interval,
        scope=row.scope,
        numerator=None if hidden else row.numerator,
        denominator=None if hidden else row.denominator,
        headcount=None if hidden else row.headcount,
        exempt=None if hidden else row.exempt,
        not_yet_due=None if hidden else row.not_yet_due,
        overdue=None if hidden else row.overdue,
        n_pairs=row.n_pairs,
        n_pre_only=row.n_pre_only,
        n_post_only=row.n_post_only,
        mean_pre=None if row.mean_pre is None else float(row.mean_pre),
        mean_post=None if row.mean_post is None else float(row.mean_post),
        sd_diff=None if row.sd_diff is None else float(row.sd_diff),
        exposure=None if row.exposure is None else int(row.exposure),
        withheld=hidden,
        reason=reason,
        source=ref(portal, row.source) if row.source else None,
        note=row.note or "",
        replaced=replaced,
    )


def _measured(kpi: Kpi, row: Snapshot, minimum: int) -> tuple[Figure | None, str]:
    """The figure, or why there is none."""
    if row.withheld:
        return None, "withheld: fewer people than may be published" + (
            ", or a total would give them away" if row.withheld == "complementary" else ""
        )
    if kpi.method == "proportion":
        return _share(kpi, row, minimum)
    if kpi.method == "paired-mean":
        return _lift(kpi, row)
    if kpi.method == "rate-ratio":
        return _change(kpi, row)
    return _number(row)


def _share(kpi: Kpi, row: Snapshot, minimum: int) -> tuple[Figure | None, str]:
    if row.numerator is None or row.denominator is None:
        return None, "the counts are missing"
    if row.denominator == 0:
        return None, "nobody is due yet"
    if row.numerator > row.denominator:
        return None, f"{row.numerator} of {row.denominator} is more than all"
    if row.denominator < max(minimum, kpi.minimum_n or 0):
        if row.denominator < minimum:
            return None, f"withheld: fewer than {minimum} people"
        return None, f"{numbered(row.denominator, 'person', 'people')}; the KPI needs {kpi.minimum_n}"
    interval = clopper_pearson if kpi.interval == "exact-95" else wilson
    return Figure(row.numerator / row.denominator, interval(row.numerator, row.denominator)), ""


def _lift(kpi: Kpi, row: Snapshot) -> tuple[Figure | None, str]:
    if row.n_pairs is None or row.mean_pre is None or row.mean_post is None or row.sd_diff is None:
        return None, "the scores before and after are missing"
    needed = max(kpi.minimum_n or 2, 2)
    if row.n_pairs < needed:
        return None, f"{row.n_pairs} pairs; the KPI needs {needed}"
    pairs = Paired(row.n_pairs, float(row.mean_pre), float(row.mean_post), float(row.sd_diff))
    try:
        if kpi.lift == "absolute":
            return absolute_lift(pairs), ""
        return normalised_gain(pairs) if kpi.lift == "normalised-gain" else relative_lift(pairs), ""
    except ValueError as error:
        return None, str(error)


def _change(kpi: Kpi, row: Snapshot) -> tuple[Figure | None, str]:
    before = kpi.baseline
    if before is None or before.count is None or not before.exposure:
        return None, "there is no baseline to compare with"
    if row.numerator is None or not row.exposure:
        return None, "the exposure is missing"
    if row.numerator + before.count == 0:
        return None, "no event before or after"
    if before.count == 0:
        return None, "no event in the baseline"
    return rate_change(Events(row.numerator, float(row.exposure)), Events(before.count, float(before.exposure))), ""


def _number(row: Snapshot) -> tuple[Figure | None, str]:
    if row.numerator is None:
        return None, "the count is missing"
    value = row.numerator / row.denominator if row.denominator else float(row.numerator)
    return Figure(value, Interval(value, value)), ""


_ORDER = ("bank", "phase", "cohort", "role", "system", "unit")
