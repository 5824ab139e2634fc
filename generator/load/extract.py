"""From one file's tree to its records: claims, nested parts, validation. A pure function of path, tree and kinds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.errors import FieldPath, Position, Problem, Severity
from generator.load.rules import REMEDIES
from generator.load.tree import Tree
from generator.model.fields import FieldError, shown
from generator.model.kind import CsvTable, Kind, MarkdownEach, Nested, YamlEach, YamlList
from generator.model.portal import Entry
from generator.model.record import Entity, Record

AnyKind = Kind[Any]


@dataclass(frozen=True, slots=True)
class Raw:
    """A record before validation: its kind, where it stands in the tree, and its fields as text."""

    kind: AnyKind
    at: FieldPath
    value: Any
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """A record that is there but could not be read: its key as far as it is known, its kind, and why."""

    key: str
    kind: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class FileRecords:
    """What one file gave: the records that are valid, all problems, and which records of which kinds failed."""

    path: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    failed: tuple[Failed, ...] = ()


def claimants(path: str, kinds: Iterable[AnyKind]) -> tuple[AnyKind, ...]:
    """The kinds whose shape holds a file of that path."""
    return tuple(kind for kind in kinds if (glob := glob_of(kind)) and _pattern(glob).fullmatch(path))


def glob_of(kind: AnyKind) -> str:
    """The path pattern of a kind's files; empty for a nested kind."""
    shape = kind.shape
    if isinstance(shape, YamlList):
        return shape.path
    return "" if isinstance(shape, Nested) else shape.glob


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile("[^/]*".join(re.escape(part) for part in glob.split("*")))


@dataclass(frozen=True, slots=True)
class Source:
    """One file and its tree; makes problems at its places."""

    path: str
    tree: Tree

    def problem(self, code: str, message: str, field: FieldPath, *, of_key: bool = False) -> Problem:
        """An error of loading at a field of the file."""
        line, column = self.tree.place(field, of_key=of_key)
        position = Position(self.path, line, column)
        return Problem(code, Severity.ERROR, message, position, field=field, remedy=REMEDIES[code])


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
        record, wrong = _validated(source, raw)
        problems_found.extend(wrong)
        if record is None:
            failed.append(Failed(_raw_id(raw), raw.kind.name, wrong[0]))
            continue
        key = raw.kind.key_of(record)
        problems_found.extend(_id_problems(source, raw, key))
        entries.append(Entry(raw.kind, key, record, path, raw.at, raw.parent))
    if problems_found and not entries and not failed:
        failed.extend(_all_failed(path, kinds, problems_found[0]))
    return FileRecords(path, tuple(entries), tuple(problems_found), tuple(failed))


def _all_failed(path: str, kinds: tuple[AnyKind, ...], problem: Problem) -> Iterator[Failed]:
    """Everything that the file may hold, when nothing of it can be read."""
    stem = path.rsplit("/", maxsplit=1)[-1].split(".", maxsplit=1)[0]
    names = {kind.name for kind in claimants(path, kinds)}
    for kind in kinds:  # nested kinds are declared after their parents
        if kind.name in names or (isinstance(kind.shape, Nested) and kind.shape.parent in names):
            names.add(kind.name)
            yield Failed(stem, kind.name, problem)


def _position(path: str, place: int) -> Position:
    return Position(path, place >> 20, place & ((1 << 20) - 1))


def _raws(source: Source, claimed: tuple[AnyKind, ...], problems: list[Problem]) -> Iterator[Raw]:
    taken = {kind.shape.at for kind in claimed if isinstance(kind.shape, YamlEach | YamlList) and kind.shape.at}
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
                message = f"expected a mapping with the fields of a {kind.name}, found {shown(value)}"
                problems.append(source.problem("SCH001", message, at))
            else:
                yield Raw(kind, at, value if at else {k: v for k, v in value.items() if k not in taken})


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
            message = f"expected a mapping with the fields of a {kind.name}, found {shown(item)}"
            problems.append(source.problem("SCH001", message, (*at, index)))


def _table_raws(source: Source, kind: AnyKind, problems: list[Problem]) -> Iterator[Raw]:
    shape = kind.shape
    if not isinstance(shape, CsvTable):
        return
    header: list[str] = source.tree.value["header"]
    columns = table_columns(kind)
    for index, name in enumerate(header):
        if name not in columns and name != "classification":
            message = f'unknown column "{name}"{_did_you_mean(name, columns)}'
            problems.append(source.problem("SCH001", message, ("header", index)))
    missing = [name for name in columns if name not in header]
    if missing:
        message = f"the header lacks {', '.join(missing)}; expected {','.join(columns)}"
        problems.append(source.problem("SCH002", message, ("header",)))
    if missing or any(name not in columns and name != "classification" for name in header):
        return  # one problem for the header, not one a row
    named = (
        dict(zip(shape.from_name, source.path.rsplit("/", 1)[-1].split(".")[:-1], strict=False))
        if shape.from_name
        else {}
    )
    for index, row in enumerate(source.tree.value["rows"]):
        yield Raw(kind, ("rows", index), {**row, **named})


@cache
def table_columns(kind: AnyKind) -> tuple[str, ...]:
    """The fixed header of a CSV kind, in the order of its record's fields; the common optional fields have no column."""
    from_name = kind.shape.from_name if isinstance(kind.shape, CsvTable) else ()
    common = Entity.model_fields.keys() - {"id"}
    return tuple(name for name in kind.record.model_fields if name not in common and name not in from_name)


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
    parent = _raw_id(raw)
    if isinstance(value, dict):
        yield Raw(kind, (*raw.at, at), value, parent)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield Raw(kind, (*raw.at, at, index), item if isinstance(item, dict) else {"": item}, parent)
    elif value is not None:
        yield Raw(kind, (*raw.at, at), {"": value}, parent)


def _raw_id(raw: Raw) -> str:
    values = [raw.value.get(column) for column in raw.kind.key]
    parts = [value for value in values if isinstance(value, str)]
    return "/".join(parts if raw.kind.key == ("id",) else (raw.kind.name, *parts))


def _validated(source: Source, raw: Raw) -> tuple[Record | None, list[Problem]]:
    if "" in raw.value:
        message = f"expected a mapping with the fields of a {raw.kind.name}, found {shown(raw.value[''])}"
        return None, [source.problem("SCH001", message, raw.at)]
    try:
        present = {name: value for name, value in raw.value.items() if value is not None}
        return raw.kind.record.model_validate(present), []
    except ValidationError as error:
        return None, [_schema_problem(source, raw, detail) for detail in error.errors(include_url=False)]


def _schema_problem(source: Source, raw: Raw, detail: ErrorDetails) -> Problem:
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    field = (*raw.at, *loc)
    name = ".".join(str(part) for part in loc)
    if detail["type"] == "extra_forbidden":
        known = _known_fields(raw.kind.record, loc)
        message = f'unknown field "{loc[-1]}"{_did_you_mean(str(loc[-1]), known)}'
        return source.problem("SCH001", message, field, of_key=True)
    if detail["type"] == "missing":
        holder = _raw_id(raw) or f"this {raw.kind.name}"
        return source.problem("SCH002", f'{holder} lacks the field "{name}"', field[:-1])
    is_id = loc == ("id",) and isinstance(detail["input"], str)
    if is_id:
        message = f'id "{detail["input"]}" is not of the form xxx-words'
        return source.problem("SCH003", message, field)
    return source.problem("SCH001", f"{name}: {_expectation(detail)}", field)


def _expectation(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, FieldError):
        return str(cause)
    found = detail["input"]
    if detail["type"] in ("literal_error", "enum"):
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return f"expected {_one_of(words)}, found {shown(found)}{_did_you_mean(str(found), words)}"
    if detail["type"] in ("tuple_type", "list_type"):
        return f"expected a list, found {shown(found)}"
    if detail["type"] in ("dict_type", "model_type", "model_attributes_type"):
        return f"expected a mapping, found {shown(found)}"
    if detail["type"] == "string_type":
        return f"expected text, found {shown(found)}"
    text = detail["msg"].removeprefix("Value error, ")
    return f"{text[:1].lower()}{text[1:]}, found {shown(found)}"


def _one_of(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"one of {', '.join(words)}"


def _known_fields(record: type[Record], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The fields of the model that the path leads into."""
    found: Any = record
    for part in loc[:-1]:
        if isinstance(part, str) and part in getattr(found, "model_fields", {}):
            found = _model_in(found.model_fields[part].annotation) or found
    return tuple(found.model_fields)


def _model_in(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return next((model for argument in arguments if (model := _model_in(argument))), None)


def _id_problems(source: Source, raw: Raw, key: str) -> Iterator[Problem]:
    kind = raw.kind
    if kind.prefix and not key.startswith(f"{kind.prefix}-") and kind.key == ("id",):
        message = f'id "{key}" of a {kind.name} must start with "{kind.prefix}-"'
        yield source.problem("SCH003", message, (*raw.at, "id"))
    if isinstance(kind.shape, MarkdownEach | YamlEach) and "*" in kind.shape.glob and kind.key == ("id",):
        stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        if stem != key:
            message = f'the file is named "{stem}", its id is "{key}"; they must be equal'
            yield source.problem("SCH004", message, (*raw.at, "id"))


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""
