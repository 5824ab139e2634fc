"""One mistake of an editor is one problem at its place, and what follows from it says so."""

from pathlib import Path

import pytest

from generator.adapters.work_tree import WorkTree
from tests.factories import judged, minimal_files, shown

MODULE = "curriculum/modules/mod-basics.md"


def _moved(old: str, new: str) -> dict[str, bytes]:
    files = minimal_files()
    files[new] = files.pop(old)
    return files


@pytest.mark.parametrize("path", ["curriculum/mod-basics.md", "curriculum/modules/basics.md"])
def test_links_to_a_record_in_a_misplaced_file_follow_from_the_file(path: str) -> None:
    found = judged(_moved(MODULE, path))
    assert [(p.code, p.position.path) for p in found.roots if p.code != "OBL002"] == [("LAY001", path)]
    assert any(p.code == "REF002" for p in found.problems)


def test_links_into_a_file_with_another_ending_follow_from_the_file() -> None:
    found = judged(_moved("registers/roles.yaml", "registers/roles.yml"))
    assert [p.code for p in found.errors] == ["LAY001"]


def test_carriage_returns_are_told_once() -> None:
    files = minimal_files()
    path = "curriculum/matrix.csv"
    found = judged({**files, path: files[path].replace(b"\n", b"\r\n")})
    assert [p.code for p in found.roots if p.position.path == path] == ["SRC002"]


def test_a_number_is_not_taken_for_a_slip_of_the_pen() -> None:
    files = minimal_files()
    note = files["notes/nte-context.md"].replace(b"links: [phs-pilot]", b"links: [dec-2026-099]")
    (told,) = (line for line in shown(judged({**files, "notes/nte-context.md": note}).roots) if "REF002" in line)
    assert told.endswith('"dec-2026-099" does not exist')


def test_personal_data_in_a_text_is_found_on_its_line() -> None:
    files = minimal_files()
    note = files["notes/nte-context.md"] + b"\nSecond paragraph.\n\nAsk j.smith@northmere.example for it.\n"
    (problem,) = (p for p in judged({**files, "notes/nte-context.md": note}).roots if p.code == "PII001")
    line = note.decode().splitlines()[problem.position.line - 1]
    assert line[problem.position.column - 1 :].startswith("j.smith@")


@pytest.mark.parametrize("name", [".DS_Store", ".~lock.matrix.csv#", "~$matrix.csv", "mod-a.md~", ".mod-a.md.swp"])
def test_what_an_open_editor_leaves_on_disk_is_not_a_source(tmp_path: Path, name: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "portal.yaml").write_text("organisation: Northmere Bank\n")
    (tmp_path / "content" / name).write_text("x")
    assert list(WorkTree(str(tmp_path)).files()) == ["portal.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        (b"title: Context", b"title: Context: why", "quote a text that holds ': '"),
        (b"links: [phs-pilot]", b"links: [phs-pilot", "look above for a bracket that is not closed"),
        (b"title: Context", b"title: @home", "quote a text that begins with this character"),
        (b"title: Context", b"<<<<<<< HEAD\ntitle: Context\n=======\n>>>>>>> other", "a merge left two versions"),
        (b"title: Context", b'title: "Context', "close the quote"),
    ],
)
def test_unreadable_yaml_says_what_editors_did_most_often(old: bytes, new: bytes, hint: str) -> None:
    files = minimal_files()
    note = files["notes/nte-context.md"].replace(old, new)
    (problem,) = (p for p in judged({**files, "notes/nte-context.md": note}).roots if p.code == "SRC009")
    assert hint in problem.message


@pytest.mark.parametrize("name", ["2026-02-30", "13.02.2026"])
def test_a_table_named_after_no_day_is_told_once(name: str) -> None:
    path = f"kpi/snapshots/{name}.csv"
    found = judged(_moved("kpi/snapshots/2026-02-13.csv", path))
    assert [(p.code, p.position.line) for p in found.errors if p.position.path == path] == [("SCH001", 1)]
