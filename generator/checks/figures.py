"""Rules on snapshots: sources, age, gaps, sums over roles, withheld cells, agreement with the incident register."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from generator.errors import Finding, Severity
from generator.kinds.action import CorrectiveAction
from generator.kinds.assurance import Pack
from generator.kinds.cohort import Cohort
from generator.kinds.incident import Exposure, Incident
from generator.kinds.kpi import Kpi, Snapshot, newest
from generator.kinds.portal import Settings
from generator.kinds.roadmap import Phase
from generator.model.fields import add_months
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.words import numbered
from generator.views.kpi_cards import is_met, staleness_limit, widest_scope

MONTHS_A_QUARTER = 3
FULL_DATE = len("2026-01-31")


def _minimum(j: Judgement) -> int:
    return next((settings.small_cell_minimum for settings in j.portal.all(Settings)), 0)


def _days(j: Judgement) -> dict[str, list[date]]:
    found: dict[str, set[date]] = defaultdict(set)
    for snapshot in j.portal.all(Snapshot):
        found[snapshot.kpi].add(snapshot.as_of)
    return {kpi: sorted(days) for kpi, days in found.items()}


def _small(j: Judgement) -> Iterator[Finding]:
    smallest = _minimum(j)
    for snapshot in newest(j.portal.all(Snapshot)):
        kpi = j.portal.find(snapshot.kpi, Kpi)
        people = snapshot.n_pairs if kpi is not None and kpi.method == "paired-mean" else snapshot.denominator
        if people is not None and 0 < people < smallest and snapshot.withheld is None:
            values = {"scope": snapshot.scope, "n": numbered(people, "person", "people"), "minimum": smallest}
            yield Finding(j.portal.key_of(snapshot), ("scope",), values)


def _untold_test(j: Judgement) -> Iterator[Finding]:
    paired = {kpi.id for kpi in j.portal.all(Kpi) if kpi.method == "paired-mean"}
    measured = {row.scope.removeprefix("cohort:") for row in j.portal.all(Snapshot) if row.kpi in paired}
    for cohort in j.portal.all(Cohort):
        if cohort.id in measured and cohort.assessment_version is None:
            yield Finding(cohort.id)


def _roles_of_phases(j: Judgement) -> Iterator[tuple[Snapshot, list[Snapshot]]]:
    """A phase's row, and the rows of all its roles on that day where every role has one."""
    rows = {(s.kpi, s.as_of, s.scope): s for s in newest(j.portal.all(Snapshot))}
    for (kpi, day, scope), row in rows.items():
        phase = j.portal.find(scope.removeprefix("phase:"), Phase) if scope.startswith("phase:") else None
        parts = [rows.get((kpi, day, f"role:{role}")) for role in phase.roles] if phase is not None else []
        found = [part for part in parts if part is not None]
        if found and len(found) == len(parts):
            yield row, found


def _sums(j: Judgement) -> Iterator[Finding]:
    for row, parts in _roles_of_phases(j):
        counts = [part.denominator for part in parts if part.denominator is not None]
        if row.denominator is not None and len(counts) == len(parts) and sum(counts) != row.denominator:
            values = {"scope": row.scope.partition(":")[2], "n": row.denominator, "sum": sum(counts)}
            yield Finding(j.portal.key_of(row), ("denominator",), values)


def _subtractable(j: Judgement) -> Iterator[Finding]:
    for row, parts in _roles_of_phases(j):
        hidden = [part for part in parts if part.withheld is not None]
        if row.withheld is None and len(hidden) == 1 and len(parts) > 1:
            values = {"scope": hidden[0].scope, "whole": row.scope}
            yield Finding(j.portal.key_of(hidden[0]), ("withheld",), values)


def _sourceless(j: Judgement) -> Iterator[Finding]:
    for snapshot in j.portal.all(Snapshot):
        if snapshot.source is None:
            yield Finding(j.portal.key_of(snapshot), ("source",), {"kpi": snapshot.kpi, "scope": snapshot.scope})


def _stale(j: Judgement) -> Iterator[Finding]:
    days = _days(j)
    for kpi in j.portal.all(Kpi):
        limit = staleness_limit(j, kpi)
        if limit is None or kpi.id not in days or (kpi.retired is not None and kpi.retired <= j.as_of):
            continue
        age = (j.as_of - days[kpi.id][-1]).days
        if age > limit:
            values = {"last": days[kpi.id][-1], "age": age, "cadence": kpi.cadence, "limit": limit}
            yield Finding(kpi.id, ("cadence",), values)


def _gaps(j: Judgement) -> Iterator[Finding]:
    days = _days(j)
    for kpi in j.portal.all(Kpi):
        limit = staleness_limit(j, kpi)
        found = days.get(kpi.id, [])
        for one, other in itertools.pairwise(found):
            if limit is not None and (other - one).days > limit:
                values = {"from": one, "to": other, "days": (other - one).days, "limit": limit}
                yield Finding(kpi.id, ("cadence",), values)


def _unanswered(j: Judgement) -> Iterator[Finding]:
    running = {a.kpi for a in j.portal.all(CorrectiveAction) if a.done is None or a.done > j.as_of}
    days = _days(j)
    for kpi in j.portal.all(Kpi):
        if kpi.id in running or kpi.id not in days:
            continue
        scope = widest_scope(j, kpi.id)
        if is_met(j, kpi, scope) is False:
            yield Finding(kpi.id, ("target",), {"scope": scope})


def _no_baseline(j: Judgement) -> Iterator[Finding]:
    for kpi in j.portal.all(Kpi):
        if kpi.target and kpi.baseline is None and kpi.method != "paired-mean":
            yield Finding(kpi.id, ("target",))


def last_quarter(day: date) -> tuple[date, date]:
    """First and last day of the last calendar quarter that had ended by that day."""
    start = date(day.year, day.month - (day.month - 1) % MONTHS_A_QUARTER, 1)
    following = add_months(start, MONTHS_A_QUARTER)
    if day + timedelta(days=1) >= following:
        return start, following - timedelta(days=1)
    return add_months(start, -MONTHS_A_QUARTER), start - timedelta(days=1)


def _disagrees(j: Judgement) -> Iterator[Finding]:
    incidents = [one for one in j.portal.all(Incident) if one.ai_related == "yes" and len(one.occurred) == FULL_DATE]
    exposures = j.portal.all(Exposure)
    for row in newest(j.portal.all(Snapshot)):
        kpi = j.portal.find(row.kpi, Kpi)
        if kpi is None or kpi.method != "rate-ratio" or kpi.sort != "incidents" or row.scope != "bank":
            continue
        first, last = last_quarter(row.as_of)
        found = [i for i in incidents if str(first) <= i.occurred <= str(last) and i.reported <= str(row.as_of)]
        cases = sum(e.assisted_cases for e in exposures if str(first)[:7] <= e.month <= str(last)[:7])
        values = {"kpi": row.kpi, "as_of": row.as_of, "first": first, "last": last}
        if row.numerator is not None and incidents and row.numerator != len(found):
            text = f"{row.numerator} incidents, the register has {len(found)}"
            yield Finding(j.portal.key_of(row), ("numerator",), values | {"text": text})
        if row.exposure is not None and cases and row.exposure != cases:
            text = f"exposure {row.exposure}, the register has {cases}"
            yield Finding(j.portal.key_of(row), ("exposure",), values | {"text": text})


def _packs_without_figures(j: Judgement) -> Iterator[Finding]:
    days = [snapshot.as_of for snapshot in j.portal.all(Snapshot)]
    limit = max((settings.staleness_days.get("weekly", 0) for settings in j.portal.all(Settings)), default=0)
    for pack in j.portal.all(Pack):
        if pack.as_of > j.as_of or "kpi" not in pack.sections or not limit:
            continue
        if not any(0 <= (pack.as_of - day).days <= limit for day in days):
            yield Finding(pack.id, ("as_of",), {"as_of": pack.as_of, "limit": limit})


RULES = (
    Rule(
        "COH009",
        Severity.WARNING,
        "A cohort with results names its test",
        "Cohorts compare only where they sat the same test; one that is not on record compares with none.",
        "Write the version of the test under assessment_version.",
        "{key} has results before and after, and no assessment_version",
        _untold_test,
    ),
    Rule(
        "INC004",
        Severity.ERROR,
        "Snapshots agree with the incident register",
        "Two counts of the same thing cannot both be evidence.",
        "Correct the register, or publish a correction as the next revision.",
        "{kpi} {as_of}: {text} from {first} to {last}",
        _disagrees,
    ),
    Rule(
        "KPI002",
        Severity.WARNING,
        "Small groups are withheld",
        "Figures on a handful of people tell who they are.",
        "Withhold the row at the next import: empty counts, withheld small-cell.",
        "{scope}: {n}; below {minimum} the figure is withheld",
        _small,
    ),
    Rule(
        "KPI003",
        Severity.ERROR,
        "Roles add up to the phase",
        "Who is in no role is counted nowhere or twice.",
        "Count again and publish a correction as the next revision.",
        "{scope}: denominator {n}, its roles add up to {sum}",
        _sums,
    ),
    Rule(
        "KPI005",
        Severity.ERROR,
        "Figures name their import",
        "A figure without source, cut-off and digest is not evidence.",
        "Name the import in source.",
        "{kpi} {scope} names no import",
        _sourceless,
    ),
    Rule(
        "KPI006",
        Severity.WARNING,
        "Figures are as fresh as their cadence asks",
        "An old figure looks like a new one on a screen.",
        "Publish the next snapshot.",
        "{key}: the newest snapshot is of {last}, {age} days old; {cadence} allows {limit}",
        _stale,
    ),
    Rule(
        "KPI012",
        Severity.WARNING,
        "Missed targets have a corrective action",
        "A red figure that nobody acts on turns into a habit.",
        "Add the action with owner and due date to kpi/actions.yaml.",
        "{key} misses its target in {scope}, and no corrective action is open",
        _unanswered,
    ),
    Rule(
        "KPI016",
        Severity.WARNING,
        "Snapshots have no gaps",
        "A missing week may be the bad one.",
        "Publish what is missing as a later import, and say why in note.",
        "{key}: no snapshot between {from} and {to} ({days} days; {limit} are allowed)",
        _gaps,
    ),
    Rule(
        "KPI017",
        Severity.ERROR,
        "Withheld cells cannot be subtracted",
        "With a published total, one hidden part is the difference.",
        "Withhold a second role (complementary).",
        "{scope} is the only withheld role of {whole}; it can be subtracted",
        _subtractable,
    ),
    Rule(
        "KPI018",
        Severity.ERROR,
        "Targets have a baseline",
        "A target without a starting point claims nothing.",
        "Record the baseline of the day before the first session.",
        "{key} has a target and no baseline",
        _no_baseline,
    ),
    Rule(
        "PCK001",
        Severity.ERROR,
        "Packs rest on fresh figures",
        "A pack of a day without figures proves nothing about that day.",
        "Choose a day within the cadence of a snapshot.",
        "{key}: no snapshot within {limit} days before {as_of}",
        _packs_without_figures,
    ),
)
