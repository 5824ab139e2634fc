"""`roadmap fmt`: one way to write each source; comments and meaning stay, or the file does."""

import pytest

from generator.adapters.yaml_text import house_form
from generator.commands.fmt import fmt, formatted, rewrite
from generator.errors import UsageError
from tests.factories import CONTENT, files_below, minimal_files
from tests.unit.commands.world import world_of

MATRIX = "role,module,requirement,due_days,grace_days,from_phase,effective_from,effective_to\n"


def yaml(text: str) -> str | None:
    found = formatted("portal.yaml", text.encode(), house_form)
    return None if found is None else found.decode()


@pytest.mark.parametrize("portal", ["minimal", "bank"])
def test_what_is_committed_is_in_its_form(portal: str) -> None:
    files = minimal_files() if portal == "minimal" else files_below(CONTENT)
    result = fmt(world_of(files), house_form, ())
    assert (dict(result.changed), dict(result.kept), result.problems) == ({}, {}, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:   1\nb: [1,2,  {x: 'y'}]\nc:\n- 1\n-   2\n", "a: 1\nb: [1, 2, {x: 'y'}]\nc:\n  - 1\n  - 2\n"),
        ("version: 1.10\non: 2026-01-31\nyes: no\n", "version: 1.10\non: 2026-01-31\nyes: no\n"),
        ("a: ~\nb: null\nc:\nd: ''\n", "a:\nb:\nc:\nd: ''\n"),
        ("# top\n\na: 1  # why\n\n\n# end", "# top\n\na: 1  # why\n\n\n# end\n"),
        ("a: >-\n  x\n  y\nb: |\n  # text   \n\n  z\n", "a: >-\n  x\n  y\nb: |\n  # text   \n\n  z\n"),
        ("a: 1   \n\n\n", "a: 1\n"),
        ("# nothing yet\n", "# nothing yet\n"),
        ("  - a: 1\n    b: 2\n", "- a: 1\n  b: 2\n"),
        ("# list\n- a: 1  # why\n  b:  # open\n", "# list\n- a: 1  # why\n  b:  # open\n"),
    ],
)
def test_yaml(text: str, expected: str) -> None:
    assert yaml(text) == expected


def test_a_file_that_would_lose_a_comment_stays() -> None:
    text = "a: [1, # the first\n  2]\n"
    assert yaml(text) is None
    result = fmt(world_of({"portal.yaml": text.encode()}), house_form, ())
    assert dict(result.changed) == {}
    assert list(result.kept) == ["content/portal.yaml"]


def test_front_matter_changes_and_the_text_below_does_not() -> None:
    text = "---\nid:   nte-x\n---  \nA line break  \nhere.\n\n    code\n\n\n"
    found = formatted("notes/nte-x.md", text.encode(), house_form)
    assert found == b"---\nid: nte-x\n---\nA line break  \nhere.\n\n    code\n"


def test_tables_are_sorted_and_quoted_where_needed() -> None:
    rows = (
        "rol-b,mod-a,optional,,,,2026-01-01,",
        '"rol-a","mod-b","optional","30",,,2026-01-01,',
        "rol-a,*,optional,,,,2026-01-01,",
    )
    found = formatted("curriculum/matrix.csv", (MATRIX + "\n".join(rows) + "\n").encode(), house_form)
    assert found is not None
    assert found.decode().split("\n")[1:] == [rows[2], rows[1].replace('"', ""), rows[0], ""]


def test_columns_get_their_order_and_a_wrong_header_stays() -> None:
    text = "right,activity,party\nA,go,bod-x\n"
    assert formatted("governance/raci.csv", text.encode(), house_form) == b"activity,party,right\ngo,bod-x,A\n"
    wrong = b"right,activity,partie\nA,go,bod-x\n"
    assert formatted("governance/raci.csv", wrong, house_form) == wrong


def test_a_file_with_faults_is_reported_and_never_touched() -> None:
    files = {"portal.yaml": b"a: 1\na: 2\n", "registers/roles.yaml": b"- id:  rol-x\n"}
    world = world_of(files)
    result = fmt(world, house_form, ())
    rewrite(world, "here", result)
    assert [problem.position.path for problem in result.problems] == ["content/portal.yaml"]
    assert world.files.contents == {"here/content/registers/roles.yaml": b"- id: rol-x\n"}


def test_paths_choose_files_and_folders() -> None:
    world = world_of(minimal_files())
    assert fmt(world, house_form, ["content/portal.yaml"]).files == 1
    assert fmt(world, house_form, ["content/registers"]).files == fmt(world, house_form, ["content/registers/"]).files
    assert fmt(world, house_form, ["."]).files == fmt(world, house_form, ()).files
    with pytest.raises(UsageError, match=r"no source content/portal\.yml"):
        fmt(world, house_form, ["content/portal.yml"])
