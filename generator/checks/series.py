"""Rules on a KPI's series over time and roles: nothing from the future, no silent change, no role behind the mean."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.errors import Finding, Severity
from generator.kinds.action import CorrectiveAction
from generator.kinds.kpi import Kpi, Snapshot
from generator.kinds.roadmap import Phase
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.views.kpi_cards import breaks
from generator.views.past import past_changes, place_of
from generator.views.readings import newest_reading


def _ahead_of_its_commit(j: Judgement) -> Iterator[Finding]:
    """One finding a file, whether its day has come since or it is not yet seen."""
    ahead: dict[str, Finding] = {}
    for past in past_changes(j):
        key = past.change.key
        if past.kind != "snapshot" or past.change.field:
            continue
        if past.after is None:
            ahead.pop(key, None)
        elif (as_of := key.split("/")[3]) > past.day.isoformat():
            values = {"key": key, "as_of": as_of, "recorded": past.day, "commit": past.step.commit.id[:10]}
            ahead[key] = Finding(place_of(j, key), (), values)
    files: dict[tuple[str, ...], Finding] = {}
    for key, finding in ahead.items():
        files.setdefault(tuple(key.split("/")[3:]), finding)
    yield from files.values()


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


FLOOR = 0.10  # how far below the target a role may lie before the mean hides it
SETTLED = timedelta(days=90)  # a role that has just begun is behind by nature


def _behind_the_mean(j: Judgement) -> Iterator[Finding]:
    phases = [phase for phase in j.portal.all(Phase) if phase.start + SETTLED < j.as_of]
    settled = sorted({role for phase in phases for role in phase.roles})
    running = {(a.kpi, a.scope) for a in j.portal.all(CorrectiveAction) if a.done is None or a.done > j.as_of}
    for kpi in j.portal.all(Kpi):
        target = kpi.target_on(j.as_of)
        if kpi.method != "proportion" or kpi.direction != "up" or target is None:
            continue
        for role in settled:
            scope = f"role:{role}"
            reading = newest_reading(j, kpi.id, scope)
            if reading is None or reading.value is None or (kpi.id, scope) in running:
                continue
            if reading.value < float(target.value) - FLOOR:
                values = {"role": role, "value": f"{reading.value:.0%}", "target": f"{float(target.value):.0%}"}
                yield Finding(kpi.id, ("target",), values)


def _baseline_too_late(j: Judgement) -> Iterator[Finding]:
    first: dict[str, date] = {}
    for snapshot in j.portal.all(Snapshot):
        first[snapshot.kpi] = min(first.get(snapshot.kpi, snapshot.as_of), snapshot.as_of)
    for kpi in j.portal.all(Kpi):
        known = kpi.baseline.as_of if kpi.baseline is not None else None
        if known is not None and kpi.id in first and known >= first[kpi.id]:
            yield Finding(kpi.id, ("baseline", "as_of"), {"day": known, "first": first[kpi.id]})


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
    Rule(
        "KPI019",
        Severity.WARNING,
        "No role is hidden by the mean",
        "95 % of all can be 60 % of one role, and that role may be the riskiest.",
        "Add a corrective action for the role, or find out why it is behind.",
        "{key}: {role} is at {value}, more than ten points below {target}, and no corrective action is open for it",
        _behind_the_mean,
    ),
    Rule(
        "KPI020",
        Severity.WARNING,
        "A baseline is older than what it is compared with",
        "A starting point measured after the start shows no change.",
        "Record the baseline of a day before the first snapshot.",
        "{key}: its baseline is of {day}, its first snapshot of {first}",
        _baseline_too_late,
    ),
)
