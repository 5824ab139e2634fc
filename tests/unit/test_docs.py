"""What the documents say is true: verbs, commands, options, folders and links exist."""

import re
import subprocess
from pathlib import Path

import click
import pytest

from generator.cli import roadmap

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "ci/recipe.md")
FENCE = re.compile(r"```(?:sh|console|yaml|toml)\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def code_lines(document: str) -> list[str]:
    """Every line of shell in a document, comments cut off, and every piece of inline code."""
    body = text(document)
    fenced = [line.split("#")[0].strip() for block in FENCE.findall(body) for line in block.splitlines()]
    return fenced + INLINE.findall(FENCE.sub("", body))


def used(pattern: str) -> list[tuple[str, str]]:
    found = {(d, m) for d in DOCUMENTS for line in code_lines(d) for m in re.findall(pattern, line)}
    return sorted(found)


def run_verbs() -> set[str]:
    script = text("run")
    return set(re.findall(r"^    ([a-z]+)\)", script[script.index("case $verb in") :], re.MULTILINE))


def script_lines() -> list[str]:
    scripts = sorted((ROOT / "ci").glob("*.sh"))
    return [line for script in scripts for line in script.read_text(encoding="utf-8").splitlines()]


def commands() -> dict[str, click.Command]:
    context = click.Context(roadmap)
    found = {name: roadmap.get_command(context, name) for name in roadmap.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


@pytest.mark.parametrize(("document", "verb"), used(r"^\./run ([a-z]+)"))
def test_verb_of_run_exists(document: str, verb: str) -> None:
    assert verb in run_verbs(), f"{document} names ./run {verb}"


def test_help_of_run_names_every_verb() -> None:
    shown = subprocess.run(["./run", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    missing = [verb for verb in sorted(run_verbs()) if f"\n  {verb} " not in shown]
    assert missing == []


def test_unknown_verb_of_run_is_wrong_usage() -> None:
    result = subprocess.run(["./run", "nonsense"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, "there is no verb 'nonsense'" in result.stderr) == (2, True)


@pytest.mark.parametrize(("document", "command"), used(r"(?:^|run )roadmap ([a-z]+)"))
def test_command_exists(document: str, command: str) -> None:
    assert command in commands(), f"{document} names roadmap {command}"


@pytest.mark.parametrize("line", [line.strip() for line in script_lines() if re.match(r"\s*roadmap [a-z]", line)])
def test_recipe_uses_commands_and_options_that_exist(line: str) -> None:
    name = line.split()[1]
    assert name in commands()
    known = {option for parameter in commands()[name].params for option in parameter.opts}
    asked = set(re.findall(r"(?<= )--[a-z-]+", line))
    assert asked - known == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    folder = (ROOT / document).parent
    dead = [target for target in LINK.findall(text(document)) if not (folder / target).exists()]
    assert dead == []


@pytest.mark.parametrize(("document", "path"), used(r"^((?:content|generator|theme|tests|ci)/[\w./-]*)$"))
def test_named_path_exists(document: str, path: str) -> None:
    assert (ROOT / path).exists(), f"{document} names {path}"


def test_every_command_has_a_line_of_help() -> None:
    bare = [name for name, command in commands().items() if not command.get_short_help_str()]
    assert bare == []


def test_start_stands_first_in_the_readme() -> None:
    first = FENCE.findall(text("README.md"))[0].splitlines()
    assert [line.split("#")[0].strip() for line in first] == ["./run demo", "./run test"]
