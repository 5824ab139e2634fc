"""Hostile sources, row by row of the threat model: refused with a message at their place, at once and within memory."""

import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem
from generator.load import parse
from generator.load.tree import Tree, line_and_column
from tests.factories import judged, minimal_files

FORMS = ("yaml", "md", "csv")
MEBIBYTE = 1 << 20


def codes(tree: Tree) -> list[str]:
    return [fault.code for fault in tree.faults]


def peak(form: str, data: bytes) -> tuple[Tree, int]:
    """The tree and the most memory that reading it held."""
    tracemalloc.start()
    tree = parse(form, data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return tree, most


def refused(files: dict[str, bytes]) -> list[Problem]:
    """What the whole program says of the minimal portal with these files."""
    return [problem for problem in judged({**minimal_files(), **files}).roots if problem.severity == "error"]


# --- row 1: alias bombs, row 2: merge-key bombs ----------------------------------------------------------------------

ALIAS_BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
MERGE_BOMB = "b0: &b0 {k: v}\n" + "".join(
    f"b{n}: &b{n} {{<<: [{', '.join([f'*b{n - 1}'] * 9)}], k{n}: v}}\n" for n in range(1, 9)
)


@pytest.mark.parametrize("bomb", [ALIAS_BOMB, MERGE_BOMB], ids=["alias bomb", "merge-key bomb"])
def test_rows_1_and_2_bombs_are_refused_without_growing(bomb: str) -> None:
    assert len(bomb) < 1000
    for form, data in (("yaml", bomb), ("md", f"---\n{bomb}---\n")):
        tree, most = peak(form, data.encode())
        assert codes(tree)[0] == "SRC004"
        assert line_and_column(tree.faults[0].mark)[0] == (1 if form == "yaml" else 2)
        assert most < MEBIBYTE


def test_row_2_a_merge_key_is_refused_at_its_place() -> None:
    tree = parse("yaml", b"a: {k: v}\nb:\n  <<: {k: v}\n")
    assert [(fault.code, line_and_column(fault.mark)) for fault in tree.faults] == [("SRC004", (3, 3))]


# --- row 3: nesting --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [10, 32, 33, 1_000, 100_000, 1_000_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "], ids=["flow list", "flow map", "block list", "key"])
def test_row_3_nesting_ends_at_32_levels(depth: int, opening: str) -> None:
    closing = {"[": "]", "{a: ": "}"}.get(opening, "")
    text = opening * depth + "x" + closing * depth
    tree, most = peak("yaml", text.encode())
    if len(text) > MEBIBYTE:
        assert codes(tree) == ["SRC007"]
    elif depth > 32 and opening != "? ":
        assert codes(tree) == ["SRC006"]
        assert line_and_column(tree.faults[0].mark) == (1, 32 * len(opening) + 1)
        assert tree.value is None
    else:
        assert codes(tree) == ([] if opening != "? " else ["SRC008"])
    assert most < 40 * MEBIBYTE


# --- row 4: numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [16, 5_000, 60_000])
def test_row_4_big_numbers_stay_text_and_no_field_takes_them(length: int) -> None:
    digits = "9" * length
    assert parse("yaml", f"a: {digits}\n".encode()).value == {"a": digits}
    module = minimal_files()["curriculum/modules/mod-basics.md"]
    found = refused(
        {"curriculum/modules/mod-basics.md": module.replace(b"minutes: 40", b"minutes: " + digits.encode())}
    )
    assert "SCH001" in [problem.code for problem in found]
    assert all(len(problem.message) < 200 for problem in found)


def test_row_4_sexagesimals_stay_text() -> None:
    long = ":".join(["59"] * 20_000)
    assert parse("yaml", f"a: 1:{long}\nb: 12:30\n".encode()).value == {"a": f"1:{long}", "b": "12:30"}


def test_row_4_scalars_and_files_have_a_longest() -> None:
    assert codes(parse("yaml", b"a: " + b"x" * 65_537)) == ["SRC008"]
    assert codes(parse("yaml", b"a: " + b"x" * 65_536)) == []
    assert codes(parse("yaml", b"#" * (MEBIBYTE + 1))) == ["SRC007"]
    assert codes(parse("md", b"#" * (MEBIBYTE + 1))) == ["SRC007"]
    assert codes(parse("csv", b"#" * (16 * MEBIBYTE + 1))) == ["SRC007"]
    assert codes(parse("yaml", b"- x\n" * 100_000)) == ["SRC007"]


@pytest.mark.parametrize(
    "word",
    [
        "1e9",
        "0x10",
        "1_000",
        "+5",
        "05",
        "1.",
        ".5",
        "NaN",
        "Infinity",
        "-0",
        "1,000",
        "\u0663",
        "4\u0660",
        "\uff14\uff10",
    ],
)
def test_row_4_a_count_is_written_in_one_way(word: str) -> None:
    module = minimal_files()["curriculum/modules/mod-basics.md"]
    data = module.replace(b"minutes: 40", f'minutes: "{word}"'.encode())
    assert "SCH001" in [problem.code for problem in refused({"curriculum/modules/mod-basics.md": data})]


# --- row 5: duplicate keys -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "text", "line", "first"),
    [
        ("yaml", "a: 1\nb: 2\na: 3\n", 3, 1),
        ("yaml", "x: {a: 1, 'a': 2}\n", 1, 1),
        ("yaml", '- {id: a}\n- id: b\n  "id": c\n', 3, 2),
        ("md", "---\nid: a\nid: b\n---\n", 3, 2),
    ],
)
def test_row_5_duplicate_keys_name_both_lines(form: str, text: str, line: int, first: int) -> None:
    (fault,) = parse(form, text.encode()).faults
    assert fault.code == "SRC003"
    assert line_and_column(fault.mark)[0] == line
    assert f"first on line {first}" in fault.message


def test_row_5_a_column_that_stands_twice_is_refused() -> None:
    assert codes(parse("csv", b"a,b,a\n1,2,3\n")) == ["SRC003"]


# --- row 6: no guessing ----------------------------------------------------------------------------------------------

GUESSED = (
    "no",
    "No",
    "off",
    "on",
    "y",
    "010",
    "0o10",
    "0b1",
    "1e3",
    "2026-02-30",
    "2026-01-01",
    "=",
    ".nan",
    "True",
    "NULL",
)


@pytest.mark.parametrize("word", GUESSED)
def test_row_6_words_that_other_readers_guess_stay_text(word: str) -> None:
    assert parse("yaml", f"a: {word}\nb: [{word}]\n{word}: c\n".encode()).value == {"a": word, "b": [word], word: "c"}


@given(
    st.from_regex(r"[A-Za-z0-9_.+=%-]{1,12}", fullmatch=True).filter(lambda w: not re.fullmatch(r"[-.=%]+.*|null", w))
)
def test_row_6_every_plain_word_stays_text(word: str) -> None:
    assert parse("yaml", f"a: {word}\n".encode()).value == {"a": word}


@pytest.mark.parametrize(
    "day", ["2026-02-30", "2026-13-01", "0000-01-01", "2026-1-1", "20260101", "2026-01-01T00:00:00Z"]
)
def test_row_6_a_day_that_is_none_is_refused_at_its_place(day: str) -> None:
    data = minimal_files()["regulatory/rgc-2026-01.md"].replace(b"published: 2026-01-20", f"published: {day}".encode())
    found = refused({"regulatory/rgc-2026-01.md": data})
    assert next((p.code, p.position.path, p.position.column) for p in found) == (
        "SCH001",
        "regulatory/rgc-2026-01.md",
        12,
    )
    assert day in found[0].message


# --- row 7: characters that are none ---------------------------------------------------------------------------------

BAD_BYTES = {
    "NUL": (b"\x00", "SRC002"),
    "tab": (b"\t", "SRC002"),
    "carriage return": (b"\r", "SRC002"),
    "escape": (b"\x1b[31m", "SRC002"),
    "delete": (b"\x7f", "SRC002"),
    "NEL": (b"\xc2\x85", "SRC002"),
    "line separator": ("\u2028".encode(), "SRC002"),
    "byte-order mark": (b"\xef\xbb\xbf", "SRC002"),
    "lone byte": (b"\xff", "SRC001"),
    "overlong slash": (b"\xc0\xaf", "SRC001"),
    "lone surrogate": (b"\xed\xa0\x80", "SRC001"),
    "beyond Unicode": (b"\xf4\x90\x80\x80", "SRC001"),
    "decomposed": ("e\u0301".encode(), "SRC001"),
}
SAMPLES = {"yaml": b"a: one\nb: t@wo\n", "md": b"---\nid: mod-a\n---\nte@xt\n", "csv": b"a,b\n1,t@wo\n"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", BAD_BYTES)
def test_row_7_bytes_that_are_no_text_are_refused_at_their_place(form: str, name: str) -> None:
    data, code = BAD_BYTES[name]
    before, after = SAMPLES[form].split(b"@")
    tree = parse(form, before + data + after)
    line, column = line_and_column(tree.faults[0].mark)
    assert tree.faults[0].code == code
    assert line == before.count(b"\n") + 1
    assert column == len(before) - before.rfind(b"\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
@pytest.mark.parametrize("form", FORMS)
def test_row_7_other_encodings_are_refused(form: str, encoding: str) -> None:
    assert codes(parse(form, SAMPLES[form].replace(b"@", "é".encode()).decode().encode(encoding)))


@pytest.mark.parametrize(
    "escape", [r"\ud800", r"\x00", r"\u202e", r"\x1b", r"\u0085", r"\ufeff", r"\U000e0041", r"\uffff"]
)
def test_row_7_an_escape_brings_nothing_in_that_may_not_stand_there(escape: str) -> None:
    assert codes(parse("yaml", f'a: "{escape}"\n'.encode()))[0] in ("SRC001", "SRC002", "SRC009")
    assert codes(parse("yaml", f'"{escape}": a\n'.encode()))[0] in ("SRC001", "SRC002", "SRC009")


# --- row 8: text that reads differently than it is -------------------------------------------------------------------

INVISIBLE = (
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0x2060, 0xFEFF, 0x00AD, 0x200B, 0xE0001,
    0xE0041, 0xE007F,
)  # fmt: skip


@pytest.mark.parametrize("point", INVISIBLE, ids=lambda point: f"U+{point:04X}")
@pytest.mark.parametrize("form", FORMS)
def test_row_8_direction_changes_and_invisible_characters_are_refused(form: str, point: int) -> None:
    data = SAMPLES[form].replace(b"@", chr(point).encode())
    (fault,) = parse(form, data).faults
    assert fault.code == "SRC002"
    assert f"U+{point:04X}" in fault.message or "byte-order mark" in fault.message
    assert chr(point) not in fault.message


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍💻", "क्‍ष", "العربية", "日本語", "ß"])
def test_row_8_scripts_and_emoji_that_need_joiners_are_kept(text: str) -> None:
    assert parse("yaml", f"a: {text}\n".encode()).value == {"a": text}


@pytest.mark.parametrize(
    "word",
    [
        "rol-\u0430nalyst",
        "rol-analy\u0455t",
        "rol-\uff41nalyst",
        "\uff52ol-analyst",
        "rol-ana\u0131yst",
        "rol-analyst\uff12",
    ],
)
def test_row_8_an_id_that_only_looks_like_one_is_refused(word: str) -> None:
    assert not word.isascii()
    data = minimal_files()["registers/roles.yaml"].replace(b"id: rol-analyst", f"id: {word}".encode())
    assert [problem.code for problem in refused({"registers/roles.yaml": data})] == ["SCH003"]
    module = minimal_files()["curriculum/matrix.csv"].replace(b"rol-analyst", word.encode(), 1)
    assert "SCH001" in [problem.code for problem in refused({"curriculum/matrix.csv": module})]
