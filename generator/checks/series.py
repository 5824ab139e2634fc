"""Rules on a KPI's series over time: no snapshot from the future, no silent change of what is measured."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from generator.errors import Finding, Severity
from generator.kinds.kpi import Kpi, Snapshot
from generator.kinds.portal import Settings
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.views.kpi_cards import breaks


def _ahead_of_its_commit(j: Judgement) -> Iterator[Finding]:
    zone = ZoneInfo(next((settings.timezone for settings in j.portal.all(Settings)), "UTC"))
    for step in j.timeline.steps:
        recorded = step.commit.committed.astimezone(zone).date()
        for change in step.changes:
            if not (change.added and change.key.startswith("snapshot/")):
                continue
            as_of = change.key.split("/")[3]
            if as_of > recorded.isoformat() and change.key in j.portal:
                values = {"as_of": as_of, "recorded": recorded, "commit": step.commit.id[:10]}
                yield Finding(change.key, (), values)


def _redefined(j: Judgement) -> Iterator[Finding]:
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    for snapshot in j.portal.all(Snapshot):
        first[snapshot.kpi] = min(first.get(snapshot.kpi, snapshot.as_of), snapshot.as_of)
        last[snapshot.kpi] = max(last.get(snapshot.kpi, snapshot.as_of), snapshot.as_of)
    for kpi in j.portal.all(Kpi):
        for one in breaks(j, kpi.id):
            if kpi.id in first and first[kpi.id] < one.day <= last[kpi.id]:
                yield Finding(kpi.id, ("numerator",), {"day": one.day, "commit": one.commit, "what": one.text})


RULES = (
    Rule(
        "KPI004",
        Severity.ERROR,
        "A snapshot is of its past",
        "Counts of a day that had not come are an estimate or a slip.",
        "Publish the right day; the wrong one stays on record.",
        "{key} is dated {as_of} and was recorded on {recorded} ({commit})",
        _ahead_of_its_commit,
    ),
    Rule(
        "KPI009",
        Severity.WARNING,
        "A series keeps its definition",
        "Figures before and after a change of definition do not compare; the chart draws a mark.",
        "Say in the notes what changed, and read each part of the series for itself.",
        "{key}: {what} on {day} ({commit}); the series is broken there",
        _redefined,
    ),
)
