"""`fmt` twice is `fmt` once, and what a file says stays what it says, however it is written."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import yaml
from hypothesis import strategies as st

from generator.adapters.yaml_text import house_form
from generator.commands.fmt import formatted, yaml_values
from generator.kinds.governance import RACI
from generator.load import form, parse
from generator.load.claims import table_columns
from tests.factories import loaded, minimal_files
from tests.mutations import mutated
from tests.search import Wanted, rounds, search

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), max_size=12)
plain = st.one_of(words, st.sampled_from(["no", "1.10", "2026-01-31", "~", "null", "", "- x", "# x", "a: b", "{", "'"]))
trees = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain, inner, max_size=4), max_leaves=12
)
styles = st.fixed_dictionaries(
    {
        "indent": st.integers(2, 6),
        "default_flow_style": st.sampled_from([True, False, None]),
        "width": st.integers(20, 120),
    }
)
MINIMAL = minimal_files()


def test_yaml_keeps_its_meaning_and_settles() -> None:
    tops = st.dictionaries(plain, trees, min_size=1, max_size=4) | st.lists(trees, min_size=1, max_size=4)
    search(_assert_settles, tops, styles, wanted=Wanted("fmt twice is fmt once, YAML", 50, 3000))


def _assert_settles(tree: object, style: Mapping[str, object]) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, **style)  # type: ignore[call-overload]
    before = parse("yaml", text.encode())
    if before.faults:
        return
    found = formatted("portal.yaml", text.encode(), house_form)
    if found is None:
        return
    after = parse("yaml", found)
    assert not after.faults
    assert after.value == before.value
    assert formatted("portal.yaml", found, house_form) == found


def test_comments_stay() -> None:
    comments = st.lists(st.tuples(st.sampled_from(["# one", "#two", "", "   "]), st.integers(0, 3)), max_size=6)
    paths = st.sampled_from([path for path in MINIMAL if path.endswith(".yaml")])
    search(_assert_kept, comments, paths, wanted=Wanted("fmt keeps every comment", 50, 1000))


def _assert_kept(comments: list[tuple[str, int]], path: str) -> None:
    lines = MINIMAL[path].decode().split("\n")
    for comment, where in comments:
        lines.insert(min(where * len(lines) // 3, len(lines) - 1), comment)
    text = "\n".join(lines)
    if parse("yaml", text.encode()).faults:
        return
    found = formatted(path, text.encode(), house_form)
    if found is None:
        return
    assert yaml_values(found.decode()) == yaml_values(text)
    assert formatted(path, found, house_form) == found
    assert loaded({**MINIMAL, path: found}).portal == loaded(MINIMAL).portal


def test_tables_keep_their_rows_and_settle() -> None:
    rows = st.lists(st.tuples(words, words, words), max_size=6)
    search(_assert_rows, rows, st.permutations(table_columns(RACI)), wanted=Wanted("fmt twice, CSV", 100, 5000))


def _assert_rows(rows: list[tuple[str, str, str]], header: list[str]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows(rows)
    before = parse("csv", out.getvalue().encode())
    if before.faults:
        return
    found = formatted("governance/raci.csv", out.getvalue().encode(), house_form)
    assert found is not None
    after = parse("csv", found)
    assert not after.faults
    assert sorted(map(_row, after.value["rows"])) == sorted(map(_row, before.value["rows"]))
    assert formatted("governance/raci.csv", found, house_form) == found


def test_sources_gone_wrong_keep_their_meaning_and_settle() -> None:
    """Half of them cannot be read, and are left alone."""
    sources = {path: data for path, data in MINIMAL.items() if form(path)}
    for number, chance in rounds(Wanted("fmt twice is fmt once, sources gone wrong", 60, 5000)):
        path, data = mutated(sources, chance)
        before = parse(form(path), data)
        found = None if before.faults else formatted(path, data, house_form)
        if found is not None:
            after = parse(form(path), found)
            assert not after.faults, (number, path)
            assert _meaning(after.value) == _meaning(before.value), (number, path)
            assert formatted(path, found, house_form) == found, (number, path)


def _meaning(value: Any) -> Any:
    """What a source says: of a table its rows, in any order and under any order of columns."""
    is_table = isinstance(value, dict) and value.keys() == {"header", "rows"}
    return sorted(map(_row, value["rows"])) if is_table else value


def _row(row: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(row.items())
