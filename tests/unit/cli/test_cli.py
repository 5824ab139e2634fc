"""The command line as such: every command helps, every failure has one form and its exit code, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from generator.cli import _COMMANDS, LazyCommands, main, roadmap
from generator.errors import (
    ConfigError,
    ContentError,
    HistoryError,
    Position,
    Problem,
    Severity,
    StorageError,
    UsageError,
)
from tests.conftest import ROOT

SUBCOMMANDS = ("table export", "table import")


def run(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60, check=False, cwd=ROOT)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """A command `check` that raises what the list holds."""
    raised: list[BaseException] = []

    @click.command()
    def command() -> int:
        raise raised[0]

    monkeypatch.setattr(LazyCommands, "get_command", lambda *_: command)
    return raised


@pytest.mark.parametrize("name", [*_COMMANDS, *SUBCOMMANDS])
def test_every_command_says_what_it_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*name.split(), "--help"]) == 0
    text = capsys.readouterr().out
    assert f"Usage: roadmap {name}" in text
    lines = [line for line in text.split("\n")[1:] if line.strip()]
    assert lines[0].strip()[0].isupper()
    assert "Options:" in text


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_option_and_argument_is_explained(name: str) -> None:
    command = roadmap.get_command(click.Context(roadmap), name)
    commands = [command, *getattr(command, "commands", {}).values()]
    options = [one for each in commands for one in each.params if isinstance(one, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_help_lists_every_command_once_in_its_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    for name, verb in _COMMANDS.items():
        assert text.count(f"  {name} ") == 1
        assert verb.help in text
        assert f"{verb.group}:" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["check", "--nonsense"],
        ["explain", "A", "B"],
        ["-C", "no such folder", "check"],
        ["new"],
        ["serve", "--address", "127.0.0.1:99999"],
        ["serve", "--address", "8000"],
        ["schema", "--check", "/somewhere/else"],
        ["schema", "--check", "../else"],
    ],
)
def test_wrong_usage_is_exit_2_and_says_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Error: " in told.err
    assert "Traceback" not in told.err


def test_no_command_at_all_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) in (0, 2)
    told = capsys.readouterr()
    assert "roadmap check" in told.out + told.err


@pytest.mark.parametrize(
    ("error", "code", "lines"),
    [
        (UsageError("what", remedy="how"), 2, ["error: what", "help: how"]),
        (ConfigError("what"), 2, ["error: what"]),
        (HistoryError("what", remedy="how", reason="SHALLOW"), 3, ["error: what", "help: how", "reason: SHALLOW"]),
        (StorageError("what"), 3, ["error: what", "reason: STORAGE"]),
        (
            ContentError(
                (
                    Problem("SCH001", Severity.ERROR, "wrong", Position("a.yaml", 3, 7)),
                    Problem("REF002", Severity.ERROR, "lost", Position("b.yaml"), caused_by="SCH001 a.yaml:3"),
                ),
                "content/",
            ),
            1,
            [
                "content/a.yaml:3:7: error: SCH001 wrong",
                "content/b.yaml:1:1: error: REF002 lost",
                "  caused by SCH001 content/a.yaml:3",
                "1 error, 0 warnings, 1 more that follows from them",
                "error: the content has 1 error",
            ],
        ),
        (KeyboardInterrupt(), 130, ["interrupted"]),
        (click.Abort(), 130, ["interrupted"]),
    ],
)
def test_a_failure_has_one_form(
    error: BaseException,
    code: int,
    lines: list[str],
    failing: list[BaseException],
    capsys: pytest.CaptureFixture[str],
) -> None:
    failing.append(error)
    assert main(["check"]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.strip().splitlines() == lines  # after ^C a line of its own begins


def test_a_reader_that_went_away_is_no_failure() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = run("explain", "--list", stdout=writer)
    finally:
        os.close(writer)
    assert done.stderr == ""
    assert done.returncode in (0, 1)


def test_a_wrong_folder_is_told_in_one_line(tmp_path: Path) -> None:
    done = run("-C", str(tmp_path), "check", "--tree")
    assert done.returncode == 3
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["error", "help", "reason"]
    assert done.stdout == ""


def test_results_go_to_stdout_and_talk_to_stderr() -> None:
    done = run("explain", "OBL002")
    assert done.returncode == 0
    assert done.stdout.startswith("OBL002 (")
    assert done.stderr == ""


def test_help_imports_no_heavy_library() -> None:
    script = (
        "import sys; from generator.cli import main; main(['--help']); "
        "heavy = {'weasyprint', 'pyhanko', 'scipy', 'mkdocs', 'openpyxl', 'xlsxwriter', 'ruamel', 'pydantic', 'yaml'}; "
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
