"""The readers refuse what they must, at the right place, and keep what they read as text."""

import json
import tracemalloc

import pytest

from generator.load import Tree, parse
from generator.load.tree import line_and_column


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        pytest.param("a: 1\na: 2\n", "SRC003", 2, 1, id="duplicate key"),
        pytest.param("a: &x 1\n", "SRC004", 1, 4, id="anchor"),
        pytest.param("a: *x\n", "SRC004", 1, 4, id="alias"),
        pytest.param("b: {<<: {c: 1}}\n", "SRC004", 1, 5, id="merge key"),
        pytest.param("a: !!python/name:os.system x\n", "SRC005", 1, 4, id="tag"),
        pytest.param("[" * 40 + "]" * 40, "SRC006", 1, 33, id="40 levels"),
        pytest.param("a:\n\tb: 1\n", "SRC002", 2, 1, id="tab"),
        pytest.param("a: x\r\n", "SRC002", 1, 5, id="carriage return"),
        pytest.param("a: x\u202ey\n", "SRC002", 1, 5, id="direction override"),
        pytest.param("a: x\u200dy\n", "SRC002", 1, 5, id="joiner beside ASCII"),
        pytest.param("a: e\u0301\n", "SRC001", 1, 4, id="not composed"),
        pytest.param("? [a]\n: b\n", "SRC008", 1, 3, id="key is a list"),
        pytest.param("a: b: c\n", "SRC009", 1, 5, id="syntax"),
        pytest.param("a: 1\n---\nb: 2\n", "SRC009", 2, 1, id="second document"),
    ],
)
def test_yaml_beyond_the_subset_is_refused_at_its_place(text: str, code: str, line: int, column: int) -> None:
    tree = parse("yaml", text.encode())

    assert tree.faults[0].code == code
    assert line_and_column(tree.faults[0].mark) == (line, column)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        pytest.param("yaml", b"a: [" + b"*a," * 200_000 + b"]\n", id="aliases"),
        pytest.param("yaml", b"a: 1\n" * 50_000, id="duplicate keys"),
        pytest.param("csv", b"a,b\n" + b"\n" * 500_000, id="blank lines"),
        pytest.param("csv", b"a,b\n" + b"x\n" * 200_000, id="short rows"),
        pytest.param("csv", b",".join(b"%d" % number for number in range(50_000)) + b"\n", id="columns"),
        pytest.param("csv", b"," * 100_000 + b"\n", id="columns without a name"),
    ],
)
def test_a_file_full_of_faults_gives_a_hundred_at_most(form: str, data: bytes) -> None:
    assert 1 <= len(parse(form, data).faults) <= 100


def test_bad_utf8_is_refused_at_its_byte() -> None:
    tree = parse("yaml", b"a: 1\nb: \xff\n")

    assert tree.faults[0].code == "SRC001"
    assert line_and_column(tree.faults[0].mark) == (2, 4)


def test_a_million_brackets_are_refused_without_building_them() -> None:
    tracemalloc.start()
    tree = parse("yaml", b"[" * 1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [fault.code for fault in tree.faults] == ["SRC006"]
    assert peak < 20 << 20


def test_a_file_beyond_the_cap_is_refused_unread() -> None:
    assert [fault.code for fault in parse("yaml", b"a" * ((1 << 20) + 1)).faults] == ["SRC007"]


@pytest.mark.parametrize(
    "scalar", ["no", "on", "010", "12:30", "1.10", "0x1f", "2026-02-30", "1e3", "=", ".inf", "'null'"]
)
def test_no_reader_guesses_a_type(scalar: str) -> None:
    assert parse("yaml", f"a: {scalar}\n".encode()).value == {"a": scalar.strip("'")}


@pytest.mark.parametrize("scalar", ["", "~", "null"])
def test_an_empty_value_is_none(scalar: str) -> None:
    assert parse("yaml", f"a: {scalar}\n".encode()).value == {"a": None}


def test_every_value_and_key_has_its_place() -> None:
    tree = parse("yaml", b"a:\n  - {b: 1, c: two}\n")

    assert tree.place(("a", 0, "c")) == (2, 15)
    assert tree.place(("a", 0, "c"), of_key=True) == (2, 12)
    assert tree.place(("a", 0, "missing")) == (2, 5)


def test_a_tree_survives_its_cache_form() -> None:
    tree = parse("csv", b"a,b\n1,\n2,3\n4\n")

    assert Tree.load(tree.dump()) == tree
    assert json.loads(tree.dump())


def test_front_matter_and_text_are_read_with_their_lines() -> None:
    tree = parse("md", b"---\nid: mod-x\n---\n\nThe text.\n")

    assert tree.value == {"id": "mod-x", "text": "The text."}
    assert tree.place(("id",)) == (2, 5)
    assert tree.place(("text",)) == (5, 1)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        pytest.param("no front matter\n", "SRC009", 1, id="none"),
        pytest.param("---\nid: x\n", "SRC009", 1, id="not closed"),
        pytest.param("---\n- a\n---\n", "SRC009", 2, id="not a mapping"),
        pytest.param("---\nid: x\ntext: y\n---\n", "SRC009", 3, id="text as a field"),
        pytest.param("---\nid: x\nid: y\n---\n", "SRC003", 3, id="duplicate key"),
    ],
)
def test_markdown_without_good_front_matter_is_refused(text: str, code: str, line: int) -> None:
    fault = parse("md", text.encode()).faults[0]

    assert (fault.code, line_and_column(fault.mark)[0]) == (code, line)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        pytest.param("a,b\n1,2,3\n", "SRC010", 2, 1, id="a cell too many"),
        pytest.param("a,b\n1\n", "SRC010", 2, 1, id="a cell too few"),
        pytest.param("a,a\n1,2\n", "SRC003", 1, 3, id="duplicate column"),
        pytest.param("a,b\n\n1,2\n", "SRC010", 2, 1, id="blank line"),
        pytest.param('a,b\n"1,2\n3,4\n', "SRC010", 2, 1, id="unbalanced quote"),
        pytest.param("", "SRC010", 1, 1, id="empty"),
        pytest.param("a;b\n1;2\n", "SRC010", 1, 1, id="semicolons"),
        pytest.param("a\tb\n1\t2\n", "SRC010", 1, 1, id="tabs"),
        pytest.param("sep=,\na,b\n1,2\n", "SRC010", 1, 1, id="a spreadsheet's own line"),
    ],
)
def test_a_table_that_is_not_rectangular_is_refused(text: str, code: str, line: int, column: int) -> None:
    (fault,) = parse("csv", text.encode()).faults

    assert (fault.code, line_and_column(fault.mark)) == (code, (line, column))


def test_cells_have_their_place_also_behind_quotes() -> None:
    tree = parse("csv", b'a,b,c\n"x, y",2,3\n')

    assert tree.value["rows"] == [{"a": "x, y", "b": "2", "c": "3"}]
    assert tree.place(("rows", 0, "c")) == (2, 10)


@pytest.mark.parametrize(
    ("form", "before"), [("yaml", "a: 1\n"), ("csv", "a,b\n1,2\n"), ("md", "---\nid: mod-x\n---\n\nText.\n")]
)
@pytest.mark.parametrize("left", ["<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> mine\n", ">>>>>>> mine\n"])
def test_what_a_merge_left_is_one_fault_at_its_first_marker(form: str, before: str, left: str) -> None:
    (fault,) = parse(form, (before + left).encode()).faults

    assert (fault.code, line_and_column(fault.mark)) == ("SRC009", (before.count("\n") + 1, 1))


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_a_list_that_lost_its_text_is_not_an_empty_list(text: str) -> None:
    assert [fault.code for fault in parse("yaml", text.encode()).faults] == ["SRC009"]
    assert parse("yaml", b"[]\n").faults == ()
    assert parse("yaml", b"# nothing yet\n").faults == ()


def test_a_key_without_its_colon_is_told_on_its_line() -> None:
    (fault,) = parse("yaml", b"a: 1\nb 2\nc: 3\n").faults

    assert line_and_column(fault.mark) == (2, 1)
