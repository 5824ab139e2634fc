"""Seven pull requests of the demo bank, each with the comment that a manager reads."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.bootstrap import world
from generator.cli import main
from generator.commands.demo import DemoRepository
from generator.commands.diff import Range, diff
from generator.demo.sources import Sources
from generator.model.fields import Classification
from generator.render.diffs import FORMATS, MARKER
from tests.repositories import git

Edit = Callable[[dict[str, str]], None]


def _set(files: dict[str, str], *changes: tuple[str, str, object]) -> None:
    """Give fields of records new values."""
    sources = Sources(files)
    for key, field, value in changes:
        sources.set_back(key, field, value)  # type: ignore[arg-type]
    files.clear()
    files.update(sources.files())


def _new_module(files: dict[str, str]) -> None:
    rows = files["curriculum/matrix.csv"].splitlines()
    rows.append("rol-branch-adviser,mod-model-explainability,mandatory,45,14,phs-integrate,2027-01-11,")
    header, *body = rows
    files["curriculum/matrix.csv"] = "\n".join([header, *sorted(body, key=lambda row: row.split(",")[:2])]) + "\n"


def _lower_target(files: dict[str, str]) -> None:
    target = [{"value": "0.95", "from": "2026-01-01", "to": "2026-11-30"}, {"value": "0.93", "from": "2026-12-01"}]
    _set(files, ("kpi-completion", "target", target))


def _reword_signed(files: dict[str, str]) -> None:
    now = "Work four alerts with the triage assistant switched on;"
    _set(
        files,
        ("mod-fraud-casework", "text", {"now": now, "was": "Work four new alerts with the triage assistant on;"}),
        ("mod-fraud-casework", "version", "1.3.0"),
    )


def _rename(files: dict[str, str]) -> None:
    old, new = "mod-prompt-design", "mod-prompting"
    for path in [path for path in files if not path.startswith(("pages/", "governance/", "cohorts/retrospectives/"))]:
        text = files.pop(path)
        files[path.replace(old, new)] = re.sub(rf"\b{old}\b", new, text)
    module = files[f"curriculum/modules/{new}.md"]
    files[f"curriculum/modules/{new}.md"] = module.replace(f"id: {new}\n", f"id: {new}\nformerly: [{old}]\n", 1)


def _reword_regulation(files: dict[str, str]) -> None:
    _set(
        files,
        ("obl-gdpr-32-4", "versions.0.to", "2026-11-30"),
    )
    text = files["registers/obligations.yaml"]
    head, _, tail = text.partition("- id: obl-gdpr-32-4")
    wording = (
        "    - from: 2026-12-01\n      summary: People handle personal data on our instruction only, tools included.\n"
        '      source: "OJ L 2026/2001"\n      verified: 2026-11-19\n      verification: primary\n'
    )
    files["registers/obligations.yaml"] = (
        head + "- id: obl-gdpr-32-4" + tail.replace("  evidence:", wording + "  evidence:", 1)
    )


def _close_incident(files: dict[str, str]) -> None:
    _set(files, ("inc-2026-0050", "status", "closed"), ("inc-2026-0050", "lesson", "les-0005"))


def _move_milestone(files: dict[str, str]) -> None:
    _set(files, ("mst-integrate-access", "due", "2027-04-30"))


PULL_REQUESTS: Mapping[str, Edit] = {
    "milestone-moved": _move_milestone,
    "new-mandatory-module": _new_module,
    "target-lowered-without-decision": _lower_target,
    "sign-off-lapses": _reword_signed,
    "renamed-file": _rename,
    "regulation-reworded": _reword_regulation,
    "incident-closes-with-a-lesson": _close_incident,
}


def _branch(demo: DemoRepository, name: str) -> str:
    """A commit on top of main with the edit."""
    repository = Path(demo.directory)
    content = repository / "content"
    before = {
        path.relative_to(content).as_posix(): path.read_bytes().decode()
        for path in content.rglob("*")
        if path.is_file()
    }
    after = dict(before)
    PULL_REQUESTS[name](after)
    head = (
        f"commit refs/heads/{name}\n"
        "author Head of Learning <head-of-learning@northmere.example> 1795262400 +0000\n"
        "committer Head of Learning <head-of-learning@northmere.example> 1795262400 +0000\n"
        f"data {len(name)}\n{name}\nfrom {demo.head}\n"
    )
    lines = [head]
    lines += [f"D content/{path}\n" for path in sorted(before.keys() - after.keys())]
    for path in sorted(path for path in after if after[path] != before.get(path)):
        lines.append(f"M 100644 inline content/{path}\ndata {len(after[path].encode())}\n{after[path]}\n")
    git(repository, "fast-import", "--quiet", "--force", data="".join(lines).encode())
    return git(repository, "rev-parse", name).decode().strip()


@pytest.mark.parametrize("name", sorted(PULL_REQUESTS))
def test_the_comment_says_what_it_means(demo: DemoRepository, golden: Callable[[str, str], None], name: str) -> None:
    commit = _branch(demo, name)
    found = diff(world(demo.directory), Range(demo.head, commit), None, Classification.RESTRICTED)
    comment = FORMATS["markdown"](found)
    assert comment.startswith(MARKER)
    golden(f"demo/pull-requests/{name}.md", comment.replace(demo.head[:10], "BASE").replace(commit[:10], "HEAD"))


def test_blocking_effects_fail_the_command(demo: DemoRepository, capsys: pytest.CaptureFixture[str]) -> None:
    commit = _branch(demo, "target-lowered-without-decision")
    between = f"{demo.head}..{commit}"
    assert main(["-C", demo.directory, "diff", between, "--fail-on", "coverage-loss,unapproved"]) == 1
    assert main(["-C", demo.directory, "diff", between, "--fail-on", "coverage-loss"]) == 0
    assert main(["-C", demo.directory, "diff", between]) == 0
    assert "Decision missing" in capsys.readouterr().out


def test_an_unknown_sort_is_refused(demo: DemoRepository, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", demo.directory, "diff", "HEAD~1..HEAD", "--fail-on", "coverage"]) == 2
    assert 'knows no "coverage"' in capsys.readouterr().err


def test_equal_states_differ_in_nothing(demo: DemoRepository) -> None:
    found = diff(world(demo.directory), Range("HEAD", "HEAD"), None, Classification.RESTRICTED)
    assert (found.records, found.files, found.effects) == ((), (), ())
