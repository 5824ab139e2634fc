"""Rules on a KPI's series: from the past only, defined once, no role behind the mean."""

from datetime import UTC, date, datetime

import pytest

from generator.model.change import Change, changes
from generator.model.judgement import Commit, Person, Step, Timeline
from tests.factories import MINIMAL_DAY, edited, judged, loaded, minimal_files

SNAPSHOT = "kpi/snapshots/2026-02-13.csv"
KEY = "snapshot/kpi-checked/phase:phs-pilot/2026-02-13/r1"
SOMEBODY = Person("Somebody", "somebody@minimal.example")


def _step(recorded: datetime, changed: tuple[Change, ...]) -> Step:
    return Step(Commit("c" * 40, "t" * 40, (), SOMEBODY, recorded, SOMEBODY, recorded, "figures"), changed)


@pytest.mark.parametrize(
    ("recorded", "found"),
    [
        pytest.param(datetime(2026, 2, 12, 12, tzinfo=UTC), True, id="a day before"),
        pytest.param(datetime(2026, 2, 13, 0, 30, tzinfo=UTC), False, id="on the day"),
        pytest.param(datetime(2026, 2, 14, 12, tzinfo=UTC), False, id="a day after"),
    ],
)
def test_a_snapshot_is_of_its_past(recorded: datetime, found: bool) -> None:
    timeline = Timeline((_step(recorded, (Change(KEY, (), None, {"kpi": "kpi-checked"}),)),))

    problems = judged(minimal_files(), timeline=timeline).problems

    assert ("KPI004" in {problem.code for problem in problems}) is found


def test_a_snapshot_of_a_day_that_has_not_come_is_told_once_a_file_before_anybody_sees_it() -> None:
    path = "kpi/snapshots/2026-12-13.csv"
    files = {**minimal_files(), path: minimal_files()[SNAPSHOT]}
    timeline = Timeline((_step(datetime(2026, 2, 13, tzinfo=UTC), changes({}, loaded(files).portal.canonical)),))

    problems = judged(files, timeline=timeline).problems

    assert [(p.position.path, p.position.line) for p in problems if p.code == "KPI004"] == [(path, 1)]


def test_a_definition_that_changes_inside_its_series_is_told() -> None:
    files = {**minimal_files(), "kpi/snapshots/2026-02-06.csv": minimal_files()[SNAPSHOT]}
    before = edited(files, "kpi/definitions.yaml", "denominator: People due", "denominator: People")
    old, new = loaded(before).portal.canonical, loaded(files).portal.canonical
    first = _step(datetime(2026, 1, 5, tzinfo=UTC), changes({}, old))
    second = _step(datetime(2026, 2, 10, tzinfo=UTC), changes(old, new))

    problems = judged(files, timeline=Timeline((first, second))).problems

    assert [p.message for p in problems if p.code == "KPI009"] == [
        "kpi-completion: definition changed: denominator on 2026-02-10 (ccccccc); the series is broken there"
    ]


def test_a_role_far_behind_needs_its_own_action() -> None:
    behind = edited(
        minimal_files(), SNAPSHOT, "role:rol-analyst,195,200,204,2,2,5", "role:rol-analyst,120,200,204,2,2,80"
    )
    settled = edited(behind, "kpi/actions.yaml", "role:rol-analyst", "phase:phs-pilot")

    early = {problem.code for problem in judged(settled, MINIMAL_DAY).problems}
    with_action = {problem.code for problem in judged(behind, date(2026, 4, 20)).problems}
    without = {problem.code for problem in judged(settled, date(2026, 4, 20)).problems}

    assert "KPI019" not in early
    assert "KPI019" not in with_action
    assert "KPI019" in without


def test_a_baseline_is_older_than_its_series() -> None:
    late = edited(
        minimal_files(), "kpi/definitions.yaml", "{value: 0.0, as_of: 2026-01-11}", "{value: 0.0, as_of: 2026-02-13}"
    )

    assert "KPI020" in {problem.code for problem in judged(late).problems}
