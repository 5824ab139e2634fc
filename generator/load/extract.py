"""From one file's tree to its records: claims, nested parts, validation. A pure function of path, tree and kinds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.errors import FieldPath, Position, Problem, Severity
from generator.load.claims import AnyKind, claimants, table_columns
from generator.load.rules import REMEDIES
from generator.load.tree import Tree
from generator.load.validate import Raw, Source, did_you_mean, id_problems, place_of, raw_id, validated
from generator.model.fields import shown
from generator.model.kind import CsvTable, MarkdownEach, Nested, YamlEach, YamlList
from generator.model.portal import Entry
from generator.model.words import with_article

_ID = re.compile(r"\b[a-z]{3}(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Failed:
    """A record that is there but could not be read: its key as far as it is known, its kind, and why.

    `names` are the ids that it holds, its own among them; empty where nobody can tell.
    """

    key: str
    kind: str
    problem: Problem
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FileRecords:
    """What one file gave: the records that are valid, all problems, and which records of which kinds failed."""

    path: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    failed: tuple[Failed, ...] = ()


def file_records(path: str, tree: Tree, kinds: tuple[AnyKind, ...]) -> FileRecords:
    """Every record of one file; `kinds` are all kinds, so that nested ones are found."""
    if tree.faults:
        problems = tuple(
            Problem(fault.code, Severity.ERROR, fault.message, _position(path, fault.mark), remedy=REMEDIES[fault.code])
            for fault in tree.faults
        )
        return FileRecords(path, (), problems, tuple(_all_failed(path, kinds, problems[0])))
    source = Source(path, tree)
    entries: list[Entry] = []
    problems_found: list[Problem] = []
    failed: list[Failed] = []
    claimed = claimants(path, kinds)
    for raw in _nested_out(_raws(source, claimed, problems_found), kinds):
        record, wrong = validated(source, raw)
        if wrong and (named := _of_the_name(source, raw, wrong)):
            if not failed:  # the name of a table is one mistake, not one a row
                problems_found.append(named)
                failed.extend(_all_failed(path, kinds, named))
            continue
        problems_found.extend(wrong)
        if record is None:
            summed = isinstance(raw.kind.shape, CsvTable)  # a row is missing from sums that name none of its ids
            names = frozenset[str]() if summed else names_in(raw_id(raw), raw.value, raw.parent)
            failed.append(Failed(raw_id(raw), raw.kind.name, wrong[0], names))
            continue
        key = raw.kind.key_of(record)
        for problem in id_problems(source, raw, key):  # links may mean the name of the file, or an id not written
            problems_found.append(problem)
            failed.append(Failed(_stem(path) if problem.code == "SCH004" else "", raw.kind.name, problem))
        entries.append(Entry(raw.kind, key, record, path, raw.at, raw.parent))
    if problems_found and not entries and not failed:
        failed.extend(_all_failed(path, kinds, problems_found[0]))
    return FileRecords(path, tuple(entries), tuple(problems_found), tuple(failed))


def _of_the_name(source: Source, raw: Raw, wrong: list[Problem]) -> Problem | None:
    """The problem with the name of a table whose rows take fields from it."""
    fields = raw.kind.shape.from_name if isinstance(raw.kind.shape, CsvTable) else ()
    found = next((problem for problem in wrong if problem.field[-1:] and problem.field[-1] in fields), None)
    if found is None:
        return None
    name = ".".join(fields)
    return replace(
        source.problem("SCH001", f"the file's name, {name}: {found.message}", ()),
        remedy="Rename the file, such as 2026-11-27.csv or 2026-11-27.r2.csv.",
    )


def names_in(*values: object) -> frozenset[str]:
    """Every id that stands in these values, alone or in a text."""
    return frozenset(name for value in values for text in _texts(value) for name in _ID.findall(text))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from (str(name), *_texts(item))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _all_failed(path: str, kinds: tuple[AnyKind, ...], problem: Problem) -> Iterator[Failed]:
    """Everything that the file may hold, when nothing of it can be read."""
    stem = _stem(path)
    names = {kind.name for kind in claimants(path, kinds)}
    for kind in kinds:  # nested kinds are declared after their parents
        if kind.name in names or (isinstance(kind.shape, Nested) and kind.shape.parent in names):
            names.add(kind.name)
            yield Failed(stem, kind.name, problem)


def _stem(path: str) -> str:
    return path.rsplit("/", maxsplit=1)[-1].split(".", maxsplit=1)[0]


def _position(path: str, place: int) -> Position:
    return Position(path, place >> 20, place & ((1 << 20) - 1))


def _raws(source: Source, claimed: tuple[AnyKind, ...], problems: list[Problem]) -> Iterator[Raw]:
    taken = {kind.shape.at for kind in claimed if isinstance(kind.shape, YamlEach | YamlList) and kind.shape.at}
    if taken and not any(isinstance(kind.shape, YamlEach) and not kind.shape.at for kind in claimed):
        problems.extend(_strangers(source, taken))
    for kind in claimed:
        shape = kind.shape
        if isinstance(shape, CsvTable):
            yield from _table_raws(source, kind, problems)
        elif isinstance(shape, YamlList):
            yield from _list_raws(source, kind, problems)
        elif isinstance(shape, MarkdownEach | YamlEach):
            at: FieldPath = (shape.at,) if isinstance(shape, YamlEach) and shape.at else ()
            value = (
                source.tree.value
                if not at
                else (source.tree.value or {}).get(at[0])
                if isinstance(source.tree.value, dict)
                else None
            )
            if not isinstance(value, dict):
                if not at or isinstance(source.tree.value, dict):  # else the document as a whole is told of
                    message = f"expected a mapping with the fields of {with_article(kind.name)}, found {shown(value)}"
                    problems.append(source.problem("SCH001", message, at))
            else:
                yield Raw(kind, at, value if at else {k: v for k, v in value.items() if k not in taken})


def _strangers(source: Source, parts: set[str]) -> Iterator[Problem]:
    """What stands beside the parts of a document that consists of named parts only."""
    value = source.tree.value
    if value is not None and not isinstance(value, dict):
        yield source.problem(
            "SCH001", f"expected a mapping with {' and '.join(sorted(parts))}, found {shown(value)}", ()
        )
        return
    for name in value or ():
        if name not in parts:
            message = f'unknown field "{name}"{did_you_mean(name, sorted(parts))}'
            yield source.problem("SCH001", message, (name,), of_key=True)


def _list_raws(source: Source, kind: AnyKind, problems: list[Problem]) -> Iterator[Raw]:
    shape = kind.shape
    at: FieldPath = (shape.at,) if isinstance(shape, YamlList) and shape.at else ()
    value = source.tree.value
    if at:
        value = value.get(at[0]) if isinstance(value, dict) else None
    if value is None and (at or source.tree.value is None):
        return  # an empty list: nothing recorded yet
    if not isinstance(value, list):
        message = f"expected a list of {kind.plural or kind.name}, found {shown(value)}"
        problems.append(source.problem("SCH001", message, at))
        return
    for index, item in enumerate(value):
        if isinstance(item, dict):
            yield Raw(kind, (*at, index), item)
        else:
            message = f"expected a mapping with the fields of {with_article(kind.name)}, found {shown(item)}"
            problems.append(source.problem("SCH001", message, (*at, index)))


def _table_raws(source: Source, kind: AnyKind, problems: list[Problem]) -> Iterator[Raw]:
    shape = kind.shape
    if not isinstance(shape, CsvTable):
        return
    header: list[str] = source.tree.value["header"]
    columns = table_columns(kind)
    for index, name in enumerate(header):
        if name not in columns and name != "classification":
            absent = [column for column in columns if column not in header]
            message = f'unknown column "{name}"{did_you_mean(name, absent)}'
            problems.append(source.problem("SCH001", message, ("header", index)))
    missing = [name for name in columns if name not in header]
    if missing:
        message = f"the header lacks {', '.join(missing)}; expected {','.join(columns)}"
        lacking = source.problem("SCH002", message, ("header",))
        typo = next(
            (one for one in problems if one.code == "SCH001" and one.position.line == lacking.position.line), None
        )
        problems.append(replace(lacking, caused_by=place_of(typo) if typo else ""))
    if missing or any(name not in columns and name != "classification" for name in header):
        return  # one problem for the header, not one a row
    named = (
        dict(zip(shape.from_name, source.path.rsplit("/", 1)[-1].split(".")[:-1], strict=False))
        if shape.from_name
        else {}
    )
    for index, row in enumerate(source.tree.value["rows"]):
        yield Raw(kind, ("rows", index), {**row, **named})


def _nested_out(raws: Iterable[Raw], kinds: tuple[AnyKind, ...]) -> Iterator[Raw]:
    """Each record with its nested records cut out and following it, to any depth."""
    for raw in raws:
        inner = [kind for kind in kinds if isinstance(kind.shape, Nested) and kind.shape.parent == raw.kind.name]
        fields = {kind.shape.at for kind in inner if isinstance(kind.shape, Nested)}
        if not fields & raw.value.keys():
            yield raw
            continue
        yield Raw(raw.kind, raw.at, {k: v for k, v in raw.value.items() if k not in fields}, raw.parent)
        for kind in inner:
            at = kind.shape.at if isinstance(kind.shape, Nested) else ""
            yield from _nested_out(_children(raw, kind, at), kinds)


def _children(raw: Raw, kind: AnyKind, at: str) -> Iterator[Raw]:
    value = raw.value.get(at)
    parent = raw_id(raw)
    if isinstance(value, dict):
        yield Raw(kind, (*raw.at, at), value, parent)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield Raw(kind, (*raw.at, at, index), item if isinstance(item, dict) else {"": item}, parent)
    elif value is not None:
        yield Raw(kind, (*raw.at, at), {"": value}, parent)
