"""JSON Schemas of the source files, generated from the records: what editors complete, explain and underline.

Editors read YAML with types, our readers only with text; so a text may be written as a number, an amount without
quotes, and an optional field may be empty.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.load.claims import AnyKind, glob_of, table_columns
from generator.model.kind import CsvTable, Kind, MarkdownEach, Nested, YamlEach, YamlList
from generator.model.record import Value, linked_kinds
from generator.model.words import with_article
from generator.render.schema_texts import text_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ENDING = ".schema.json"
_PLAIN = frozenset({"pattern", "format", "enum", "contentMediaType", "const"})
_EXAMPLES = {"date": "2026-01-31", "date-time": "2026-01-31T09:00:00Z"}

Schema = dict[str, Any]


def schema_texts(kinds: tuple[AnyKind, ...]) -> Mapping[str, str]:
    """File name -> JSON text, one schema for each form of source file."""
    prefixes = {kind.name: kind.prefix for kind in kinds}
    found: dict[str, str] = {}
    for glob, held in _by_glob(kinds).items():
        schema = _file_schema(held, kinds, prefixes)
        found[schema_name(glob)] = _printed({"$schema": DIALECT, "$id": schema_name(glob), **schema})
    return found


def record_schema(kind: AnyKind, kinds: tuple[AnyKind, ...]) -> tuple[Schema, Schema]:
    """The schema of one record as its file writes it, and the definitions that it refers to."""
    defs: Schema = {}
    return _record(kind, kinds, {one.name: one.prefix for one in kinds}, defs), defs


def schema_name(glob: str) -> str:
    """The file name of a schema by the path pattern of the sources it describes."""
    stem = glob.rsplit(".", 1)[0].replace("-*", "").replace("/*", "")
    return stem.replace("/", "-") + ENDING


def editor_settings(kinds: Iterable[AnyKind], folder: str, root: str) -> Mapping[str, str]:
    """The settings files of Visual Studio Code: which schema belongs to which YAML files, and what reads them."""
    globs = {f"./{folder}/{schema_name(glob)}": root + glob for glob in _by_glob(kinds) if glob.endswith(".yaml")}
    settings = {
        "yaml.schemas": globs,
        "yaml.format.enable": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
    }
    extensions = {"recommendations": ["redhat.vscode-yaml"]}
    return {".vscode/settings.json": _printed(settings), ".vscode/extensions.json": _printed(extensions)}


def modeline(glob: str, place: str, folder: str) -> str:
    """The comment that tells an editor the schema of the YAML file at that repository path."""
    return f"# yaml-language-server: $schema={'../' * place.count('/')}{folder}/{schema_name(glob)}\n"


def _by_glob(kinds: Iterable[AnyKind]) -> Mapping[str, tuple[AnyKind, ...]]:
    """Path pattern -> the kinds that share one form of file, in their order."""
    found: dict[str, tuple[AnyKind, ...]] = {}
    for kind in kinds:
        if glob := glob_of(kind):
            found[glob] = (*found.get(glob, ()), kind)
    return found


def _printed(value: Schema) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _file_schema(held: tuple[AnyKind, ...], kinds: tuple[AnyKind, ...], prefixes: Mapping[str, str]) -> Schema:
    """The form of one file: a record, a list of them, or both under their keys."""
    defs: Schema = {}
    whole: Schema = {"type": "object", "properties": {}, "additionalProperties": False}
    for kind in held:
        record = _record(kind, kinds, prefixes, defs)
        at = kind.shape.at if isinstance(kind.shape, YamlEach | YamlList) else ""
        held_as = _listed(kind, record) if isinstance(kind.shape, YamlList) else record
        if at:
            whole["properties"][at] = held_as
        elif isinstance(kind.shape, YamlList):
            whole = held_as
        else:
            whole = {**record, "properties": {**record["properties"], **whole["properties"]}}
    if isinstance(held[0].shape, CsvTable):
        header = ",".join(table_columns(held[0]))
        whole = {**whole, "description": f"{whole['description']} One row of the table; its header is {header}"}
    titled = {"title": " and ".join(kind.plural or kind.title or kind.name for kind in held), **whole}
    return {**titled, "$defs": {name: defs[name] for name in sorted(defs)}} if defs else titled


def _listed(kind: AnyKind, record: Schema) -> Schema:
    text = f"{kind.plural or kind.name}, one after the other; ids stay what they are."
    return {"description": text, "type": ["array", "null"], "items": record}


def _record(kind: AnyKind, kinds: tuple[AnyKind, ...], prefixes: Mapping[str, str], defs: Schema) -> Schema:
    """One record as its file writes it: optional fields may be empty, nested records stand inside."""
    schema = kind.record.model_json_schema(by_alias=True)
    defs.update(
        {name: _definition(part, kind.record, name, prefixes) for name, part in schema.pop("$defs", {}).items()}
    )
    known = _object(schema, kind.record, prefixes)
    properties = {name: part for name, part in known["properties"].items() if not _below(kind, name)}
    if "id" in properties and kind.prefix:
        tail = "(-[a-z0-9]+)+$"
        properties["id"] |= {"pattern": f"^{kind.prefix}{tail}", "examples": [f"{kind.prefix}-example"]}
    required = [name for name in known.get("required", []) if name in properties]
    properties = {name: part if name in required else _nullable(part) for name, part in properties.items()}
    for inner in kinds:
        if isinstance(inner.shape, Nested) and inner.shape.parent == kind.name:
            part = _record(inner, kinds, prefixes, defs)
            single = inner.shape.at == inner.name
            properties[inner.shape.at] = _nullable(part) if single else _listed(inner, part)
    known = {**known, "required": required} if required else known
    return {**known, "properties": properties, "defaultSnippets": [_snippet(kind, required)]}


def _below(kind: AnyKind, name: str) -> bool:
    """Whether a field stands outside: text below the front matter, what a table's file name says."""
    if isinstance(kind.shape, CsvTable):
        return name not in (*table_columns(kind), "classification")
    return isinstance(kind.shape, MarkdownEach) and name == "text"


def _snippet(kind: Kind[Any], required: Iterable[str]) -> Schema:
    """What an editor writes when a new record is asked for."""
    places = {
        name: f"{kind.prefix}-${{{index}:words}}" if name == "id" else f"${index}"
        for index, name in enumerate(required, start=1)
    }
    return {"label": f"new {kind.name}", "body": places}


def _definition(part: Schema, record: type[Value], name: str, prefixes: Mapping[str, str]) -> Schema:
    model = next((one for one in _models(record) if one.__name__ == name), None)
    return _object(part, model, prefixes) if "properties" in part else _leaf(part, name.lower())


def _object(schema: Schema, model: type[Value] | None, prefixes: Mapping[str, str]) -> Schema:
    """A mapping's schema with its fields as editors see them; generated titles and null defaults say nothing."""
    properties: Schema = {}
    for name, part in schema["properties"].items():
        links = _links(model, name)
        leaf = _leaf(part, name)
        if links:
            leaf = _linked(leaf, links, prefixes)
        properties[name] = leaf
    return {key: value for key, value in {**schema, "properties": properties}.items() if key != "title"}


def _linked(schema: Schema, links: tuple[str, ...], prefixes: Mapping[str, str]) -> Schema:
    """A field that names other records: says of which kind, with an id as example."""
    known = [f"{prefixes[kind]}-example" for kind in links if prefixes.get(kind)]
    if not known:
        return schema
    words = f"Id of {' or '.join(map(with_article, links))}."
    described = f"{schema.get('description', '')} {words}".strip()
    many = "items" in schema or "additionalProperties" in schema or "propertyNames" in schema
    return {**schema, "description": described, **({} if many else {"examples": known})}


def _leaf(schema: Schema, field: str) -> Schema:
    """A field's schema: its parts, the types that editors' readers give, the words of an enum explained."""
    result = {key: value for key, value in schema.items() if key != "title" and not (key == "default" and not value)}
    for key in ("items", "additionalProperties"):
        if isinstance(result.get(key), dict):
            result[key] = _leaf(result[key], field)
    choices = result.pop("anyOf", None)
    if choices is not None:
        rest = [choice for choice in choices if choice != {"type": "null"}]
        if len(rest) == 1 and len(choices) == 2:
            return _nullable({**result, **_leaf(rest[0], field), **_said(result)})
        return {**result, "anyOf": [_leaf(choice, field) for choice in choices]}
    if "enum" in result:
        return _words(result, field)
    return _scalar(result, field)


def _said(schema: Schema) -> Schema:
    return {"description": schema["description"]} if "description" in schema else {}


def _scalar(schema: Schema, field: str) -> Schema:
    if schema.get("type") != "string":
        return schema
    if example := _EXAMPLES.get(schema.get("format", "")):
        return {**schema, "examples": [example]}
    if "pattern" in schema and re.search(schema["pattern"], "P8W"):
        return {**schema, "examples": ["P8W", "P3M"]}
    if "pattern" in schema and re.search(schema["pattern"], "1.00"):  # an amount without quotes is a number
        return {**schema, "type": ["string", "number"], "examples": ["60000.00"]}
    if _PLAIN & schema.keys():
        return schema
    return {
        **schema,
        "type": ["string", "number", "boolean"],
        **({"examples": ["1.2.0"]} if field == "version" else {}),
    }


def _words(schema: Schema, field: str) -> Schema:
    """An enum: words of digits may be written as numbers, and each word says what it means."""
    words = schema["enum"]
    numbers = [int(word) for word in words if word.isdigit()]
    result = {key: value for key, value in schema.items() if key != "type"}
    meanings = [text_of(field, word) for word in words]
    return {**result, "enum": [*words, *numbers], "enumDescriptions": [*meanings, *meanings[: len(numbers)]]}


def _nullable(schema: Schema) -> Schema:
    """The same, or nothing."""
    if {"type": "null"} in schema.get("anyOf", ()):
        return schema
    if "enum" in schema:
        texts = schema.get("enumDescriptions", [])
        words = schema["enum"]
        return schema if None in words else {**schema, "enum": [*words, None], "enumDescriptions": [*texts, "not said"]}
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*types, *(() if "null" in types else ("null",))]}
    return {**_said(schema), "anyOf": [{k: v for k, v in schema.items() if k != "description"}, {"type": "null"}]}


def _links(model: type[Value] | None, name: str) -> tuple[str, ...]:
    """The kinds that a field links to."""
    if model is None:
        return ()
    field = next(field for field, info in model.model_fields.items() if name in (info.alias, field))
    return linked_kinds(model).get(field, ())


def _models(record: type[Value]) -> Iterator[type[Value]]:
    """The record and every value class inside it."""
    yield record
    for info in record.model_fields.values():
        for inner in _classes(info.annotation):
            yield from _models(inner)


def _classes(annotation: Any) -> Iterator[type[Value]]:
    if isinstance(annotation, type) and issubclass(annotation, Value):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _classes(argument)
