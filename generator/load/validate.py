"""From a raw mapping of texts to a record, or to what is wrong with it: field, expectation, finding, way out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.errors import FieldPath, Position, Problem, Severity
from generator.load.claims import AnyKind
from generator.load.rules import REMEDIES
from generator.load.tree import Tree
from generator.model.fields import FieldError, shown
from generator.model.kind import MarkdownEach, YamlEach
from generator.model.record import Record
from generator.model.words import with_article


@dataclass(frozen=True, slots=True)
class Raw:
    """A record before validation: its kind, where it stands in the tree, and its fields as text."""

    kind: AnyKind
    at: FieldPath
    value: Any
    parent: str = ""


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


def raw_id(raw: Raw) -> str:
    """The key as far as the raw fields tell it."""
    values = [raw.value.get(column) for column in raw.kind.key]
    parts = [value for value in values if isinstance(value, str)]
    return "/".join(parts if raw.kind.key == ("id",) else (raw.kind.name, *parts))


def validated(source: Source, raw: Raw) -> tuple[Record | None, list[Problem]]:
    """The record, or None and why its fields are not those of its kind."""
    if "" in raw.value:
        message = f"expected a mapping with the fields of {with_article(raw.kind.name)}, found {shown(raw.value[''])}"
        return None, [source.problem("SCH001", message, raw.at)]
    try:
        present = {name: value for name, value in raw.value.items() if value is not None}
        return raw.kind.record.model_validate(present), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, _told_once(raw, details, [_schema_problem(source, raw, detail) for detail in details])


def place_of(problem: Problem) -> str:
    """The code and place of a problem, as `caused_by` cites it."""
    return f"{problem.code} {problem.position.path}:{problem.position.line}"


def _told_once(raw: Raw, details: list[ErrorDetails], problems: list[Problem]) -> list[Problem]:
    """The problems, typos first; a field that is missing because its name is misspelt follows from the typo."""
    typos: dict[FieldPath, Problem] = {}
    for detail, problem in zip(details, problems, strict=True):
        if detail["type"] == "extra_forbidden":
            loc = detail["loc"]
            for meant in get_close_matches(str(loc[-1]), _known_fields(raw.kind.record, loc), n=1):
                typos[*loc[:-1], meant] = problem
    told = [
        replace(problem, caused_by=place_of(typos[detail["loc"]]))
        if detail["type"] == "missing" and detail["loc"] in typos
        else problem
        for detail, problem in zip(details, problems, strict=True)
    ]
    return sorted(told, key=lambda problem: bool(problem.caused_by))


def _schema_problem(source: Source, raw: Raw, detail: ErrorDetails) -> Problem:
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    field = (*raw.at, *loc)
    name = ".".join(str(part) for part in loc)
    if detail["type"] == "extra_forbidden":
        known = _known_fields(raw.kind.record, loc)
        comma = "; a decimal has a point, such as 0.8" if str(loc[-1]).isdigit() else ""
        message = f'unknown field "{loc[-1]}"{did_you_mean(str(loc[-1]), known) or comma}'
        return source.problem("SCH001", message, field, of_key=True)
    if detail["type"] == "missing":
        holder = raw_id(raw) or f"this {raw.kind.name}"
        return source.problem("SCH002", f'{holder} lacks the field "{name}"', field, of_key=True)
    is_id = loc == ("id",) and isinstance(detail["input"], str)
    if is_id:
        message = f'id "{detail["input"]}" is not of the form xxx-words'
        return source.problem("SCH003", message, field)
    return source.problem("SCH001", f"{name}: {_expectation(detail)}", field)


_LIMITS = {
    "greater_than_equal": ("ge", "{} or more"),
    "greater_than": ("gt", "more than {}"),
    "less_than_equal": ("le", "{} or less"),
    "less_than": ("lt", "less than {}"),
}


def _expectation(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, FieldError):
        return str(cause)
    found = detail["input"]
    if detail["type"] in ("literal_error", "enum"):
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return f"expected {_one_of(words)}, found {shown(found)}{did_you_mean(str(found), words)}"
    if detail["type"] in _LIMITS:
        name, allowed = _LIMITS[detail["type"]]
        return f"expected {allowed.format(context[name])}, found {shown(found)}"
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
    return tuple(info.alias or name for name, info in found.model_fields.items())


def _model_in(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return next((model for argument in arguments if (model := _model_in(argument))), None)


def id_problems(source: Source, raw: Raw, key: str) -> Iterator[Problem]:
    """What is wrong with a valid record's id: its prefix, or the name of its file."""
    kind = raw.kind
    if kind.prefix and not key.startswith(f"{kind.prefix}-") and kind.key == ("id",):
        message = f'id "{key}" of {with_article(kind.name)} must start with "{kind.prefix}-"'
        yield source.problem("SCH003", message, (*raw.at, "id"))
    if isinstance(kind.shape, MarkdownEach | YamlEach) and "*" in kind.shape.glob and kind.key == ("id",):
        stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        if stem != key:
            message = f'the file is named "{stem}", its id is "{key}"; they must be equal'
            yield source.problem("SCH004", message, (*raw.at, "id"))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest known word as the end of a message, or nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""
