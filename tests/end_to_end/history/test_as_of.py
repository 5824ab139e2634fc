"""Time on the command line: --as-of on every command that has it, three dots, packs that a change makes out of date."""

import json
from datetime import date
from pathlib import Path

import pytest

from generator.adapters.store import opened_store
from generator.bootstrap import world
from generator.cli import main
from generator.commands.demo import DemoRepository
from generator.commands.diff import diff, parsed_range
from generator.commands.history import key_history
from generator.commands.pack import request_for
from generator.evidence.ledger import Ledger, LedgerLine, Program
from generator.model.fields import Classification
from tests.repositories import git

DAY = "2026-06-30"
MODULE = "mod-fraud-casework"


def test_check_says_which_day_it_judged(demo: DemoRepository, capsys: pytest.CaptureFixture[str]) -> None:
    main(["-C", demo.directory, "check", "--commit", DAY, "--as-of", DAY])
    assert f"judged as of {DAY}" in capsys.readouterr().out


def test_diff_judges_both_states_on_the_given_day(demo: DemoRepository) -> None:
    found = diff(world(demo.directory), parsed_range(f"2026-03-31..{DAY}"), date(2026, 6, 1), Classification.RESTRICTED)
    assert found.old.judgement.as_of == found.new.judgement.as_of == date(2026, 6, 1)


def test_pack_is_requested_as_of_its_own_day_or_the_given_one(demo: DemoRepository) -> None:
    here = world(demo.directory)
    assert request_for(here, "pck-audit-2026-q3").as_of == date(2026, 9, 30)
    assert request_for(here, "pck-audit-2026-q3", as_of=date(2026, 8, 31)).as_of == date(2026, 8, 31)


def test_history_ends_at_the_last_commit_by_the_day(demo: DemoRepository, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(demo.directory)
    whole, then = key_history(here, MODULE, ""), key_history(here, MODULE, "", as_of=date(2026, 6, 30))
    assert len(whole.steps) > len(then.steps) > 0
    assert then.steps == whole.steps[-len(then.steps) :]
    assert main(["-C", demo.directory, "history", MODULE, "--as-of", DAY]) == 0
    assert "2026-08" not in capsys.readouterr().out


def test_the_decision_that_covers_a_change_is_told_also_when_it_came_before(demo: DemoRepository) -> None:
    steps = key_history(world(demo.directory), MODULE, "").steps
    told = [decision for step in steps for decision in step.decisions]
    assert told
    assert len(told) == len(set(told))  # a decision covers the first change of what it names, and no other


def test_three_dots_compare_with_where_the_lines_parted(demo: DemoRepository, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", demo.directory, str(clone))
    fork = git(clone, "rev-parse", "HEAD~3").decode().strip()
    git(clone, "checkout", "-q", "-b", "branch", fork)
    (clone / "content" / "notes" / "nte-new.md").write_text(
        "---\nid: nte-new\ntitle: A note\ntopic: method\n---\n\nText.\n"
    )
    git(clone, "add", "content/notes/nte-new.md")
    git(clone, "commit", "-q", "-m", "notes: one more")
    here = world(str(clone))
    assert here.history.merge_base("main", "branch") == fork
    found = diff(here, parsed_range("main...branch"), None, Classification.RESTRICTED)
    assert [record.key for record in found.records] == ["nte-new"]
    two = diff(here, parsed_range("main..branch"), None, Classification.RESTRICTED)
    assert len(two.records) > 1


def test_issued_packs_that_a_change_touches_are_named(demo: DemoRepository, tmp_path: Path) -> None:
    store = tmp_path / "store"
    line = LedgerLine(
        seq=1,
        pack="pck-audit-2026-q3",
        commit=demo.head,
        tree="0" * 40,
        inputs={},
        unsigned_sha256="0" * 64,
        signed_sha256="0" * 64,
        program=Program("roadmap-portal", "0", "", ""),
        as_of=date(2026, 9, 30),
        approvals_root="0" * 64,
        issued_at=key_history(world(demo.directory), MODULE, "").steps[0].step.commit.committed,
        prev=Ledger.parse(b"").head,
    )
    store.mkdir()
    (store / "ledger.jsonl").write_bytes(line.to_bytes() + b"\n")
    assert opened_store(str(store), demo.directory).ledger()
    spoken = parsed_range(f"{DAY}..HEAD")
    found = diff(world(demo.directory, str(store)), spoken, None, Classification.RESTRICTED)
    assert [effect.key for effect in found.effects if effect.sort == "pack"] == ["pck-audit-2026-q3"]
    without = diff(world(demo.directory, str(tmp_path / "none")), spoken, None, Classification.RESTRICTED)
    assert not [effect for effect in without.effects if effect.sort == "pack"]


@pytest.mark.parametrize("command", ["check", "build", "pack", "diff", "history"])
def test_the_help_tells_the_two_clocks_apart(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "--as-of" in capsys.readouterr().out


def test_history_as_json_labels_claims(demo: DemoRepository, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", demo.directory, "history", MODULE, "--format", "json", "-n", "1"]) == 0
    (step,) = json.loads(capsys.readouterr().out)["steps"]
    assert {"committed_claimed", "committer_claimed"} <= step.keys()
