"""The demo repository: the same everywhere, rich enough, and clean but for what is deliberate."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.adapters.new_repository import GitRepositories
from generator.adapters.sample import PackagedSample
from generator.bootstrap import world
from generator.cli import main
from generator.commands.check import check
from generator.commands.demo import DemoRepository, write_demo
from generator.commands.programme import Programme, Selection, load_programme
from generator.errors import StorageError
from generator.views.cadence import cadence_records
from generator.views.sign_offs import sign_offs
from tests.repositories import git


@pytest.fixture(scope="module")
def programme(demo: DemoRepository) -> Programme:
    return load_programme(world(demo.directory), Selection("HEAD"))


def test_the_commit_ids_are_the_same_on_every_machine(demo: DemoRepository, golden: Callable[[str, str], None]) -> None:
    golden("demo/head.txt", demo.head + "\n")


def test_the_head_tree_is_the_content_and_the_settings(demo: DemoRepository) -> None:
    files = PackagedSample().files()
    listed = git(Path(demo.directory), "ls-tree", "-r", "--name-only", "HEAD").decode().splitlines()
    assert sorted(listed) == sorted({*files, ".gitignore"})
    assert all((Path(demo.directory) / path).read_bytes() == data for path, data in files.items())
    assert git(Path(demo.directory), "status", "--porcelain") == b""


def test_the_history_is_as_rich_as_a_year_of_work(demo: DemoRepository) -> None:
    commits = git(Path(demo.directory), "log", "--format=%P|%an").decode().splitlines()
    merges = [line for line in commits if " " in line.partition("|")[0]]
    assert len(commits) == demo.commits >= 120
    assert len(merges) >= 25
    assert len({line.partition("|")[2] for line in commits}) >= 8


def test_every_commit_loads(programme: Programme) -> None:
    assert [step.problem for step in programme.judgement.timeline.steps if step.problem] == []


def test_only_what_is_deliberate_is_found(demo: DemoRepository) -> None:
    found = check(world(demo.directory), Selection("HEAD"))
    about_change = [p for p in found.problems if p.code[:3] in ("CHG", "DEC", "FIX", "HIS", "SGN", "CAD", "CUR")]
    assert Counter(problem.code for problem in about_change) == {"CAD001": 2, "SGN001": 1}
    assert [problem for problem in found.problems if problem.severity == "error"] == []


def test_one_sign_off_has_lapsed_and_the_others_hold(programme: Programme) -> None:
    states = {view.ref.key: view.status for view in sign_offs(programme.judgement)}
    wrong = {key: status for key, status in states.items() if status not in ("valid", "replaced")}
    digests = {view.ref.key: view.digest_now for view in sign_offs(programme.judgement)}
    assert wrong == {"sgn-2026-001": "lapsed"}, f"the wording of a signed record changed; digests now: {digests}"


def test_the_pilot_was_updated_weekly_but_for_two_weeks(programme: Programme) -> None:
    pilot = next(record for record in cadence_records(programme.judgement) if record.phase.key == "phs-pilot")
    assert [(gap.since.isoformat(), gap.days) for gap in pilot.gaps] == [("2026-02-12", 14), ("2026-03-13", 14)]
    assert len(pilot.updates) >= 9


def test_a_record_s_history_tells_its_changes(demo: DemoRepository, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", demo.directory, "history", "kpi-checked-before-use"]) == 0
    told = capsys.readouterr().out
    assert "Company Secretary" in told
    assert "decisions: lower the target for recorded checks to 75 %" in told
    assert "target: " in told


def test_an_unknown_key_gets_a_hint(demo: DemoRepository, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", demo.directory, "history", "kpi-completio"]) == 2
    assert 'did you mean "kpi-completion"?' in capsys.readouterr().err


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StorageError) as refused:
        write_demo(PackagedSample(), GitRepositories(), str(tmp_path))
    assert refused.value.reason == "NOT_EMPTY"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
