"""Edits of sources by key: everything else stays as its author wrote it."""

import pytest

from generator.demo import tables, yaml_edit
from generator.demo.failure import ReplayError
from generator.demo.history import Entry, entries
from generator.demo.replay import replay
from generator.demo.sources import Sources
from generator.demo.yaml_edit import Value

TEXT = """\
# head of the file
- id: kpi-a
  unit: ratio   # a comment
  target: [{value: 0.9, from: 2026-01-01}, {value: 0.8}]
  parts:
    - {id: prt-1, due: 2026-01-01, done: 2026-01-02}
    - {id: prt-2, due: 2026-02-01}
  text: |
    first
    second
# about b
- id: kpi-b
  parts:
    - {id: prt-3}
- {id: kpi-c, title: "x", list: [1, 2, 3]}
"""


def test_ids_are_found_at_any_depth() -> None:
    assert yaml_edit.ids(TEXT) == {"kpi-a", "kpi-b", "kpi-c", "prt-1", "prt-2", "prt-3"}


@pytest.mark.parametrize(
    ("key", "gone", "kept"),
    [
        ("kpi-a", "unit: ratio", "# head of the file\n# about b\n- id: kpi-b"),
        ("kpi-b", "about b", "    second\n- {id: kpi-c"),
        ("kpi-c", "kpi-c", "    - {id: prt-3}\n"),
        ("prt-1", "prt-1", "  parts:\n    - {id: prt-2, due: 2026-02-01}\n  text"),
        ("prt-3", "prt-3", "- id: kpi-b\n- {id: kpi-c"),
    ],
)
def test_a_record_goes_with_its_comment_and_nothing_else(key: str, gone: str, kept: str) -> None:
    text = yaml_edit.without(TEXT, key)
    assert gone not in text
    assert kept in text


def test_a_list_that_is_left_empty_goes_too() -> None:
    text = TEXT
    for key in ("kpi-a", "kpi-b", "kpi-c"):
        text = yaml_edit.without(text, key)
    assert text == ""


@pytest.mark.parametrize(
    ("key", "field", "value", "line"),
    [
        ("kpi-a", "unit", "count", "  unit: count   # a comment\n"),
        ("kpi-a", "target.1", None, "  target: [{value: 0.9, from: 2026-01-01}]\n"),
        ("kpi-a", "target.0.value", "0.95", "  target: [{value: 0.95, from: 2026-01-01}, {value: 0.8}]\n"),
        ("kpi-a", "target", [{"value": "0.80", "from": "2026-01-01"}], "  target: [{value: 0.80, from: 2026-01-01}]\n"),
        ("kpi-a", "text", "short", "  text: short\n# about b\n"),
        ("kpi-a", "parts", ["one"], "  parts: [one]\n  text: |\n"),
        ("kpi-b", "title", "new: one", "    - {id: prt-3}\n  title: 'new: one'\n"),
        ("kpi-c", "title", None, "- {id: kpi-c, list: [1, 2, 3]}\n"),
        ("kpi-c", "list.0", None, "list: [2, 3]}\n"),
        ("kpi-c", "list.2", None, "list: [1, 2]}\n"),
        ("kpi-c", "more", "yes", "list: [1, 2, 3], more: yes}\n"),
        ("prt-1", "done", None, "    - {id: prt-1, due: 2026-01-01}\n"),
        ("prt-2", "done", "2026-02-01", "    - {id: prt-2, due: 2026-02-01, done: 2026-02-01}\n"),
    ],
)
def test_one_field_changes_and_the_rest_stays(key: str, field: str, value: Value, line: str) -> None:
    assert line in yaml_edit.with_field(TEXT, key, tuple(field.split(".")), value)


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [("kpi-x", "unit", "1"), ("kpi-a", "nothing", None), ("kpi-a", "unit.deeper", "1"), ("kpi-a", "id", None)],
)
def test_what_does_not_fit_is_told(key: str, field: str, value: Value) -> None:
    with pytest.raises(ReplayError):
        yaml_edit.with_field(TEXT, key, tuple(field.split(".")), value)


def test_rows_are_named_by_kind_and_columns() -> None:
    table = tables.table_of("kpi/snapshots/2026-06-19.r2.csv")
    text = "kpi,scope,numerator\nkpi-a,bank,1\nkpi-a,phase:phs-x,2\n"
    keys = tables.row_keys(text, table)
    assert keys == ("snapshot/kpi-a/bank/2026-06-19/r2", "snapshot/kpi-a/phase:phs-x/2026-06-19/r2")
    assert tables.without_rows(text, table, keys[:1]) == "kpi,scope,numerator\nkpi-a,phase:phs-x,2\n"
    assert tables.without_rows(text, table, keys) == ""
    assert tables.with_cell(text, table, keys[0], "numerator", "5") == text.replace("bank,1", "bank,5")


NOTE = "---\nid: nte-a\ntitle: One\n---\n\nIt reads so now.\n"


def _sources() -> Sources:
    return Sources({"notes/nte-a.md": NOTE, "principles.yaml": "- {id: pri-a, title: P}\n- {id: pri-b, title: Q}\n"})


def test_text_below_front_matter_is_a_field() -> None:
    sources = _sources()
    sources.set_back("nte-a", "text", {"now": "so now", "was": "so then"})
    assert sources.files()["notes/nte-a.md"] == NOTE.replace("so now", "so then")


def test_patterns_name_files_first_and_then_records() -> None:
    sources = _sources()
    sources.take_out("notes/*")
    sources.take_out("pri-[a]")
    assert sources.files() == {"principles.yaml": "- {id: pri-b, title: Q}\n"}


@pytest.mark.parametrize(
    "edit",
    [
        lambda sources: sources.take_out("nte-x"),
        lambda sources: sources.set_back("nte-a", "title", "One"),
        lambda sources: sources.set_back("nte-a", "text", {"now": "not there", "was": ""}),
        lambda sources: sources.set_back("nte-x", "title", "One"),
        lambda sources: sources.put_back("principles.yaml", "x"),
    ],
)
def test_an_edit_that_does_not_fit_breaks_the_replay(edit: object) -> None:
    with pytest.raises(ReplayError):
        edit(_sources())  # type: ignore[operator]


HISTORY = {
    "one.yaml": """\
- at: 2026-01-01T10:00:00Z
  seat: sea-a
  message: "one"
  adds: [pri-a]
- at: 2026-01-02T10:00:00Z
  seat: sea-b
  message: "two"
  merge: sea-a
  adds: [pri-b, nte-a]
  was: {"pri-a#title": Before}
""",
}


def _history() -> tuple[Entry, ...]:
    return entries(HISTORY, ())


def test_the_last_commit_leaves_the_content() -> None:
    content = _sources().files()
    first, second = replay(content, _history())
    assert first.changed == {"principles.yaml": "- {id: pri-a, title: Before}\n"}
    assert second.changed == content


def test_content_that_no_commit_adds_is_told() -> None:
    with pytest.raises(ReplayError, match=r"no commit adds extra\.yaml"):
        replay({**_sources().files(), "extra.yaml": "- {id: x-y}\n"}, _history())


def test_a_changed_record_breaks_the_replay() -> None:
    content = _sources().files()
    content["principles.yaml"] = content["principles.yaml"].replace("title: P", "title: Before")
    with pytest.raises(ReplayError, match="2026-01-02 10:00 'two': pri-a#title has the value 'Before' already"):
        replay(content, _history())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {at: 2026-01-01T10:00:00Z, seat: a, message: b, add: [x]}\n", "unknown field add"),
        ("- {at: soon, seat: a, message: b}\n", "entry 1"),
        ("- {at: [", "not readable"),
        (HISTORY["one.yaml"].replace("2026-01-02T10", "2026-01-01T10"), "does not follow"),
    ],
)
def test_a_history_that_cannot_be_read_says_where(text: str, told: str) -> None:
    with pytest.raises(ReplayError, match=told):
        entries({"one.yaml": text}, ())
