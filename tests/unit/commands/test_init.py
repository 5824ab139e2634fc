"""`roadmap init`: a programme that is clean on its first day, whenever that is, and overwrites nothing."""

from datetime import date

import pytest
import yaml

from generator.adapters.starter import starter_files
from generator.adapters.yaml_text import house_form
from generator.commands.fmt import fmt
from generator.commands.init import Programme, init
from generator.errors import UsageError
from tests.conftest import ROOT
from tests.factories import judged, shown
from tests.fakes import FakeFiles
from tests.unit.commands.test_schema import documents, errors
from tests.unit.commands.world import world_of

DAYS = (date(2026, 11, 22), date(2027, 12, 31), date(2028, 2, 29), date(2035, 6, 1))


def started(day: date, name: str = "Bank of Somewhere") -> dict[str, bytes]:
    files = FakeFiles()
    init(files, "here", starter_files(), Programme(name, day))
    return {path.removeprefix("here/"): data for path, data in files.contents.items()}


def sources(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path.removeprefix("content/"): data for path, data in files.items() if path.startswith("content/")}


@pytest.mark.parametrize("day", DAYS)
def test_a_new_programme_has_no_problem_on_its_first_day(day: date) -> None:
    assert shown(judged(sources(started(day)), day).problems) == []


def test_it_is_in_its_form_and_valid_for_editors() -> None:
    files = sources(started(DAYS[0]))
    result = fmt(world_of(files), house_form, ())
    assert (dict(result.changed), dict(result.kept)) == ({}, {})
    found = [(path, error) for path, name, one in documents(files) if path[-3:] != "csv" for error in errors(name, one)]
    assert found == []


def test_nothing_is_left_to_fill_in_but_what_says_so() -> None:
    files = started(DAYS[0])
    assert not [path for path, data in files.items() if "@{" in path or b"@{" in data]
    assert b'organisation: "Bank of Somewhere"' in files["content/portal.yaml"]
    assert "content/governance/decisions/dec-2026-001.md" in files


def test_it_brings_settings_for_git_editors_and_the_site() -> None:
    files = started(DAYS[0])
    assert {"mkdocs.yml", "README.md", ".gitignore", ".gitattributes", ".pre-commit-config.yaml"} <= files.keys()
    assert {".vscode/settings.json", "schemas/registers-roles.schema.json"} <= files.keys()
    text = files["content/registers/roles.yaml"].decode()
    assert text.startswith("# yaml-language-server: $schema=../../schemas/registers-roles.schema.json\n")
    hooks = yaml.safe_load(files[".pre-commit-config.yaml"])["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["roadmap-fmt", "roadmap-check"]


def test_only_drafts_and_one_decision_that_says_what_it_is() -> None:
    files = started(DAYS[0])
    modules = [data for path, data in files.items() if path.startswith("content/curriculum/modules/")]
    assert all(b"status: draft" in data for data in modules)
    assert b"mandatory" not in files["content/curriculum/matrix.csv"]
    assert b"Put the\nboard's own decision in its place" in files["content/governance/decisions/dec-2026-001.md"]


def test_nothing_is_overwritten_and_then_nothing_is_written() -> None:
    files = FakeFiles({"here/mkdocs.yml": b"mine"})
    with pytest.raises(UsageError, match=r"mkdocs\.yml is there already; nothing is written"):
        init(files, "here", starter_files(), Programme("Bank", DAYS[0]))
    assert files.contents == {"here/mkdocs.yml": b"mine"}


@pytest.mark.parametrize("name", ["", "  ", 'a "b"', "a\nb", "a\\b"])
def test_a_name_that_would_break_a_file_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        started(DAYS[0], name)


def test_the_hooks_for_other_repositories_name_commands_that_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in hooks] == ["roadmap-check", "roadmap-fmt", "roadmap-schema"]
    assert [hook["entry"].split()[1] for hook in hooks] == ["check", "fmt", "schema"]
    assert all(hook["files"] and hook["language"] == "python" for hook in hooks)
