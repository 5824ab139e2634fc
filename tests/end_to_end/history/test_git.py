"""Reading git: exact on odd histories, plain about what is missing, and not to be lied to."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.adapters.cache import NoCache
from generator.adapters.git import GitHistory
from generator.adapters.work_tree import WorkTree
from generator.cli import main
from generator.commands.tampering import tampering
from generator.commands.timeline import timeline
from generator.errors import HistoryError, Problem
from tests.factories import minimal_files
from tests.repositories import DAY, START, SYMLINK, Spec, git, written

NOTE = b"---\nid: nte-a\ntitle: One\ntopic: method\n---\n"
LATER = NOTE.replace(b"One", b"Two")
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def _simple(folder: Path) -> list[str]:
    return written(folder, [Spec({"notes/nte-a.md": NOTE}), Spec({"notes/nte-a.md": LATER})], checkout=True)


def _found(folder: Path, *published: tuple[str, str], now: datetime = NOW) -> tuple[Problem, ...]:
    history = GitHistory(str(folder))
    return tampering(history, timeline(history, NoCache(), "HEAD"), now, published)


def test_a_merge_s_changes_are_those_against_its_first_parent(tmp_path: Path) -> None:
    other = NOTE.replace(b"nte-a", b"nte-b")
    specs = [
        Spec({"notes/nte-a.md": NOTE}),
        Spec({"notes/nte-b.md": other}, (0,)),
        Spec({"notes/nte-a.md": LATER}, (0,)),
        Spec({"notes/nte-b.md": other}, (2, 1)),
    ]
    ids = written(tmp_path, specs)
    steps = timeline(GitHistory(str(tmp_path)), NoCache(), "HEAD").steps
    assert [step.commit.id for step in steps] == [ids[0], ids[2], ids[3]]
    assert [[change.key for change in step.changes] for step in steps] == [["nte-a"], ["nte-a"], ["nte-b"]]
    assert [commit.id for commit in steps[2].merged] == [ids[1]]


def test_commits_keep_what_they_claim(tmp_path: Path) -> None:
    specs = [Spec({"notes/nte-a.md": NOTE}, message="Füge hinzu\n\nWeil es fehlt.\n\nZwei Absätze.", at=START)]
    written(tmp_path, specs)
    commit = next(GitHistory(str(tmp_path)).log("HEAD", first_parent=True))
    assert (commit.subject, commit.body) == ("Füge hinzu", "Weil es fehlt.\n\nZwei Absätze.")
    assert commit.author.name == "Head of Learning"
    assert commit.committed == datetime.fromtimestamp(START, UTC)
    assert [(file.status, file.path) for file in commit.files] == [("A", "notes/nte-a.md")]


def test_a_commit_s_tree_gives_the_bytes_asked_for(tmp_path: Path) -> None:
    first, _ = _simple(tmp_path)
    tree = GitHistory(str(tmp_path)).tree(first)
    assert tree.read(["notes/nte-a.md"]) == {"notes/nte-a.md": NOTE}
    blob = hashlib.sha1(b"blob %d\0" % len(NOTE) + NOTE).hexdigest()  # noqa: S324 - git's own ids
    assert tree.files() == {"notes/nte-a.md": blob}


def test_a_bare_repository_is_read_like_any_other(tmp_path: Path) -> None:
    ids = _simple(tmp_path / "one")
    git(tmp_path, "clone", "-q", "--bare", "one", "bare.git")
    history = GitHistory(str(tmp_path / "bare.git"))
    assert [commit.id for commit in history.log("main", first_parent=True)] == ids


@pytest.mark.parametrize("revision", ["nope", "--output=pwned", "-x", "HEAD\nHEAD", "HEAD^{tree}", ""])
def test_a_revision_that_is_none_is_told(tmp_path: Path, revision: str) -> None:
    _simple(tmp_path)
    with pytest.raises(HistoryError) as failed:
        GitHistory(str(tmp_path)).resolve(revision)
    assert failed.value.reason == "UNKNOWN_COMMIT"


def test_a_day_is_the_last_commit_of_the_chain_by_then(tmp_path: Path) -> None:
    ids = _simple(tmp_path)  # 2 and 3 January 2026
    history = GitHistory(str(tmp_path))
    assert history.resolve("2026-01-02") == ids[0]
    assert history.resolve("2026-12-31") == ids[1]
    with pytest.raises(HistoryError, match="on or before 2026-01-01"):
        history.resolve("2026-01-01")


def test_a_day_is_one_of_utc_wherever_the_committer_sat(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--template=", "-b", "main", ".")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "late", GIT_COMMITTER_DATE="2026-09-30T23:30:00-0500")
    history = GitHistory(str(tmp_path))
    assert history.commit("2026-10-01").committed == datetime(2026, 10, 1, 4, 30, tzinfo=UTC)
    with pytest.raises(HistoryError, match="on or before 2026-09-30"):
        history.resolve("2026-09-30")


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_work_tree_is_clean_under_either_sort_of_ids(tmp_path: Path, object_format: str) -> None:
    git(tmp_path, "init", "-q", "--template=", "-b", "main", f"--object-format={object_format}", ".")
    note = tmp_path / "content" / "notes" / "nte-a.md"
    note.parent.mkdir(parents=True)
    note.write_bytes(NOTE)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    history = GitHistory(str(tmp_path))
    assert history.is_clean()
    note.write_bytes(LATER)
    assert not history.is_clean()


def test_a_commit_is_its_own_ancestor_and_that_of_what_came_later(tmp_path: Path) -> None:
    first, last = _simple(tmp_path)
    history = GitHistory(str(tmp_path))
    pairs = [(first, first), (first, last), (last, first)]
    assert [history.is_ancestor(*pair) for pair in pairs] == [True, True, False]


@pytest.mark.parametrize("place", [0, 1])
def test_ancestry_of_a_commit_that_is_not_here_is_not_judged(tmp_path: Path, place: int) -> None:
    pair = _simple(tmp_path)
    pair[place] = "0" * 40
    with pytest.raises(HistoryError) as failed:
        GitHistory(str(tmp_path)).is_ancestor(*pair)
    assert failed.value.reason == "UNKNOWN_COMMIT"


def test_ancestry_across_a_missing_commit_is_not_judged(tmp_path: Path) -> None:
    first, middle, last = written(tmp_path, [Spec({"a.txt": b"1"}), Spec({"a.txt": b"2"}), Spec({"a.txt": b"3"})])
    (tmp_path / ".git" / "objects" / middle[:2] / middle[2:]).unlink()
    with pytest.raises(HistoryError, match="merge-base failed: error: Could not read"):
        GitHistory(str(tmp_path)).is_ancestor(first, last)


def test_no_repository_and_no_commit_are_told(tmp_path: Path) -> None:
    with pytest.raises(HistoryError) as none:
        GitHistory(str(tmp_path)).resolve("HEAD")
    git(tmp_path, "init", "-q", ".")
    with pytest.raises(HistoryError) as empty:
        GitHistory(str(tmp_path)).resolve("HEAD")
    assert (none.value.reason, empty.value.reason) == ("NO_REPOSITORY", "NO_COMMIT")


def test_git_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _simple(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(HistoryError) as failed:
        GitHistory(str(tmp_path)).resolve("HEAD")
    assert failed.value.reason == "NO_GIT"


def test_a_detached_head_is_read(tmp_path: Path) -> None:
    first, _ = _simple(tmp_path)
    git(tmp_path, "checkout", "-q", first)
    history = GitHistory(str(tmp_path))
    assert history.resolve("HEAD") == first
    assert history.is_clean()


def test_uncommitted_changes_are_seen(tmp_path: Path) -> None:
    _simple(tmp_path)
    assert GitHistory(str(tmp_path)).is_clean()
    (tmp_path / "content" / "notes" / "nte-b.md").write_bytes(NOTE)
    assert not GitHistory(str(tmp_path)).is_clean()


@pytest.mark.parametrize("name", ["notes/nte b.md", "notes/é.md", "notes/NTE-A.md", "-x.md", "notes/a\nb.md"])
def test_unusual_names_are_refused(tmp_path: Path, name: str) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE, name: NOTE})])
    with pytest.raises(HistoryError) as failed:
        GitHistory(str(tmp_path)).tree("HEAD").files()
    assert failed.value.reason == "UNUSUAL_FILE"


def test_symbolic_links_are_refused_in_commits_and_on_disk(tmp_path: Path) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": SYMLINK})], checkout=True)
    for tree in (GitHistory(str(tmp_path)).tree("HEAD"), WorkTree(str(tmp_path))):
        with pytest.raises(HistoryError, match="symbolic link"):
            tree.files()


def test_the_repository_s_own_configuration_runs_nothing(tmp_path: Path) -> None:
    _simple(tmp_path)
    trap = tmp_path / "trap"
    script = tmp_path / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch {trap}\n")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "diff.external", "core.pager", "diff.x.textconv", "core.sshCommand", "gpg.program"):
        git(tmp_path, "config", name, str(script))
    git(tmp_path, "config", "log.showSignature", "true")
    git(tmp_path, "config", "log.showRoot", "false")
    git(tmp_path, "config", "diff.renames", "copies")
    (tmp_path / ".git" / "info").mkdir(exist_ok=True)
    (tmp_path / ".git" / "info" / "attributes").write_text("* diff=x\n")
    history = GitHistory(str(tmp_path))
    assert len(timeline(history, NoCache(), "HEAD").steps[0].changes) == 1
    assert history.is_clean()
    history.irregularities()
    assert not trap.exists()


def test_the_caller_s_environment_does_not_lead_git_astray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = _simple(tmp_path / "one")
    _simple(tmp_path / "two")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "two" / ".git"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    history = GitHistory(str(tmp_path / "one"))
    assert [commit.id for commit in history.log("HEAD", first_parent=True)] == ids


# Seven ways of forging history, seven findings.


def test_forged_1_a_replace_ref_is_told_and_not_obeyed(tmp_path: Path) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE}), Spec({"notes/nte-a.md": LATER})])
    blobs = [git(tmp_path, "rev-parse", f"HEAD~{n}:content/notes/nte-a.md").decode().strip() for n in (0, 1)]
    git(tmp_path, "replace", *blobs)
    assert GitHistory(str(tmp_path)).tree("HEAD").read(["notes/nte-a.md"]) == {"notes/nte-a.md": LATER}
    assert [problem.code for problem in _found(tmp_path)] == ["HIS002"]


def test_forged_2_a_graft_is_told_and_not_obeyed(tmp_path: Path) -> None:
    ids = _simple(tmp_path)
    (tmp_path / ".git" / "info").mkdir(exist_ok=True)
    (tmp_path / ".git" / "info" / "grafts").write_text(f"{ids[1]}\n")
    assert len(list(GitHistory(str(tmp_path)).log("HEAD", first_parent=True))) == 2
    assert [problem.code for problem in _found(tmp_path)] == ["HIS002"]


def test_forged_3_a_shallow_clone_is_refused_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _simple(tmp_path / "one")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}/one", "shallow")
    assert main(["-C", str(tmp_path / "shallow"), "check"]) == 3
    told = capsys.readouterr().err
    assert "reason: SHALLOW" in told
    assert "git fetch --unshallow" in told


def test_forged_4_history_rewritten_under_an_issued_pack(tmp_path: Path) -> None:
    ids = _simple(tmp_path)
    git(tmp_path, "commit", "-q", "--amend", "-m", "another past", GIT_COMMITTER_DATE=f"{START + DAY} +0000")
    assert _found(tmp_path, ("pck-one", ids[0])) == ()
    assert [problem.code for problem in _found(tmp_path, ("pck-one", ids[1]))] == ["HIS004"]
    assert [problem.code for problem in _found(tmp_path, ("pck-one", "0" * 40))] == ["HIS004"]


def test_forged_5_other_author_names_by_mailmap(tmp_path: Path) -> None:
    mailmap = b"Chief Risk Officer <cro@northmere.example> <head-of-learning@northmere.example>\n"
    written(tmp_path, [Spec({".mailmap": mailmap, "content/notes/nte-a.md": NOTE})], root="")
    commit = next(GitHistory(str(tmp_path)).log("HEAD", first_parent=True))
    assert commit.author.name == "Head of Learning"
    assert [problem.code for problem in _found(tmp_path)] == ["HIS005"]


def test_forged_6_dates_that_run_backwards_or_lie_in_the_future(tmp_path: Path) -> None:
    specs = [Spec({"notes/nte-a.md": NOTE}, at=START + 9 * DAY), Spec({"notes/nte-a.md": LATER}, at=START)]
    written(tmp_path / "back", specs)
    assert main(["-C", str(tmp_path / "back"), "check", "--commit", "HEAD"]) in (0, 1)
    early = datetime.fromtimestamp(START, UTC) + timedelta(days=1)
    assert [problem.code for problem in _found(tmp_path / "back", now=early)] == ["HIS003"]


def test_forged_6_dates_that_run_backwards_are_found_by_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    specs = [Spec({"notes/nte-a.md": NOTE}, at=START + 9 * DAY), Spec({"notes/nte-a.md": LATER}, at=START)]
    written(tmp_path, specs)
    main(["-C", str(tmp_path), "check", "--commit", "HEAD"])
    assert "HIS001" in capsys.readouterr().out


def test_forged_6_a_date_at_the_end_of_the_calendar_is_found_by_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, [Spec(minimal_files(), at=253_402_300_799)])
    assert main(["-C", str(tmp_path), "check", "--commit", "HEAD"]) == 1
    assert "HIS003" in capsys.readouterr().out


def test_forged_7_attributes_that_change_bytes(tmp_path: Path) -> None:
    files = {".gitattributes": b"*.md ident\n", "content/notes/nte-a.md": NOTE}
    written(tmp_path, [Spec(files)], root="")
    assert [problem.code for problem in _found(tmp_path)] == ["HIS005"]


def test_attributes_that_only_name_the_usual_line_end_are_fine(tmp_path: Path) -> None:
    files = {".gitattributes": b"* text=auto eol=lf\n*.png binary\n", "content/notes/nte-a.md": NOTE}
    written(tmp_path, [Spec(files)], root="")
    assert _found(tmp_path) == ()


def test_a_date_beyond_the_calendar_is_clipped_and_seen(tmp_path: Path) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE}, at=2**40)])
    assert [problem.code for problem in _found(tmp_path)] == ["HIS003"]
