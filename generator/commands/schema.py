"""`roadmap schema`: JSON Schemas of every source file, generated from the records, and the editor's settings."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from generator.commands.world import World
from generator.kinds import KINDS
from generator.load.claims import AnyKind, glob_of, table_columns
from generator.model.kind import CsvTable, MarkdownEach, Nested, YamlEach, YamlList
from generator.model.record import Value, linked_kinds

FOLDER = "schemas"
SETTINGS = ".vscode/settings.json"
EXTENSIONS = ".vscode/extensions.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_EXAMPLES = {"date": "2026-01-12", "date-time": "2026-03-14T06:00:00Z"}

Schema = dict[str, Any]


def schemas(root: str) -> Mapping[str, bytes]:
    """Path in the repository -> the bytes of every schema file and of the editor's settings."""
    files: dict[str, bytes] = {}
    places: dict[str, str] = {}
    for glob in dict.fromkeys(filter(None, map(glob_of, KINDS))):
        kinds = tuple(kind for kind in KINDS if glob_of(kind) == glob)
        path = f"{FOLDER}/{_name(glob)}.schema.json"
        files[path] = _printed(_file_schema(glob, kinds))
        if glob.endswith(".yaml"):
            places[f"./{path}"] = f"{root}{glob}"
    settings = {
        "yaml.schemas": places,
        "yaml.format.enable": False,
        "files.eol": "\n",
        "files.encoding": "utf8",
        "files.insertFinalNewline": True,
    }
    files[SETTINGS] = _printed(settings)
    files[EXTENSIONS] = _printed({"recommendations": ["redhat.vscode-yaml"]})
    return files


def modelines(root: str, paths: Mapping[str, str]) -> Mapping[str, str]:
    """Source path -> the comment that tells an editor its schema, for every YAML source among `paths`."""
    found = {}
    for path in sorted(paths):
        for glob in {glob_of(kind) for kind in KINDS}:
            if glob.endswith(".yaml") and _matches(path, glob):
                up = "../" * (root.count("/") + path.count("/"))
                found[path] = f"# yaml-language-server: $schema={up}{FOLDER}/{_name(glob)}.schema.json"
    return found


def outdated(world: World, directory: str, root: str) -> tuple[str, ...]:
    """The schema files below the folder that are missing or not current, by path."""
    return tuple(
        path
        for path, data in schemas(root).items()
        if not world.files.exists(f"{directory}/{path}") or world.files.read(f"{directory}/{path}") != data
    )


def write_schemas(world: World, directory: str, root: str) -> tuple[str, ...]:
    """Write what is not current; the paths written."""
    stale = outdated(world, directory, root)
    files = schemas(root)
    for path in stale:
        world.files.write(f"{directory}/{path}", files[path])
    return stale


def _matches(path: str, glob: str) -> bool:
    before, star, after = glob.partition("*")
    if not star:
        return path == glob
    return path.startswith(before) and path.endswith(after) and "/" not in path[len(before) :]


def _name(glob: str) -> str:
    """The schema's name: what the file is called, without its place and its star."""
    stem = glob.rsplit(".", 1)[0].replace("-*", "").replace("/*", "")
    return stem.replace("/", "-")


def _printed(value: Schema) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _file_schema(glob: str, kinds: tuple[AnyKind, ...]) -> Schema:
    every = (*kinds, *(kind for holder in kinds for kind in _nested(holder)))
    _, defined = models_json_schema([(kind.record, "validation") for kind in every], by_alias=True)
    definitions: dict[str, Schema] = defined["$defs"]
    _add_examples(definitions, every)
    for kind in every:
        for inner in _nested(kind):
            _embed(definitions[kind.record.__name__], inner)
    body = _body(kinds, definitions)
    cleaned = {name: _tidy(schema) for name, schema in sorted(definitions.items())}
    title = " and ".join(dict.fromkeys(kind.plural or kind.name for kind in kinds))
    return {"$schema": DIALECT, "title": f"{title} ({glob})", **_tidy(body), "$defs": cleaned}


def _nested(holder: AnyKind) -> Iterator[AnyKind]:
    for kind in KINDS:
        if isinstance(kind.shape, Nested) and kind.shape.parent == holder.name:
            yield kind
            yield from _nested(kind)


def _embed(holder: Schema, kind: AnyKind) -> None:
    if isinstance(kind.shape, Nested):
        one = _ref(kind)
        holder["properties"][kind.shape.at] = {
            "description": kind.plural,
            "anyOf": [one, {"type": "array", "items": one}],
        }


def _ref(kind: AnyKind) -> Schema:
    return {"$ref": f"#/$defs/{kind.record.__name__}"}


def _body(kinds: tuple[AnyKind, ...], definitions: Mapping[str, Schema]) -> Schema:
    first = kinds[0]
    if isinstance(first.shape, CsvTable):
        return {**_ref(first), "description": f"One row; the header is {','.join(table_columns(first))}"}
    if isinstance(first.shape, MarkdownEach):
        definitions[first.record.__name__]["properties"].pop("text", None)
        return {**_ref(first), "description": "The front matter; the text below it is Markdown."}
    if len(kinds) == 1 and isinstance(first.shape, YamlEach) and not first.shape.at:
        return _ref(first)
    if len(kinds) == 1 and isinstance(first.shape, YamlList) and not first.shape.at:
        return {"type": "array", "items": _ref(first)}
    body: Schema = {"type": "object", "properties": {}, "additionalProperties": False}
    for kind in kinds:
        at = kind.shape.at if isinstance(kind.shape, YamlEach | YamlList) else ""
        if not at:
            whole = definitions[kind.record.__name__]
            body["properties"].update(whole["properties"])
            body["required"] = whole.get("required", [])
        elif isinstance(kind.shape, YamlList):
            body["properties"][at] = {"type": "array", "items": _ref(kind), "description": kind.plural}
        else:
            body["properties"][at] = _ref(kind)
    return body


def _add_examples(definitions: Mapping[str, Schema], kinds: tuple[AnyKind, ...]) -> None:
    prefixes = {kind.name: kind.prefix for kind in KINDS}
    for record in _values_in(kinds):
        schema = definitions.get(record.__name__)
        for field, links in linked_kinds(record).items():
            name = record.model_fields[field].alias or field
            if schema is not None and name in schema["properties"] and prefixes.get(links[0]):
                words = " or ".join(f"{prefixes[link]}-…" for link in links)
                described = schema["properties"][name].get("description", "")
                schema["properties"][name]["description"] = f"{described} Id of a {' or '.join(links)}: {words}"


def _values_in(kinds: tuple[AnyKind, ...]) -> Iterator[type[Value]]:
    """The record classes of these kinds and the value classes inside them."""
    waiting: list[Any] = [kind.record for kind in kinds]
    seen: set[type] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, type) and issubclass(found, Value):
            if found not in seen:
                seen.add(found)
                yield found
                waiting.extend(info.annotation for info in found.model_fields.values())
        else:
            waiting.extend(getattr(found, "__args__", ()))


def _tidy(schema: Any) -> Any:
    """Without generated titles and nulls; words of digits may be written as numbers; dates have an example."""
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {
        name: _tidy(value)
        for name, value in schema.items()
        if not (name == "title" and isinstance(value, str)) and not (name == "default" and value is None)
    }
    choices = [choice for choice in found.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        found = {**choices[0], **{name: value for name, value in found.items() if name != "anyOf"}}
    words = found.get("enum")
    if isinstance(words, list) and all(isinstance(word, str) and word.isdigit() for word in words):
        found = {**found, "enum": [*words, *map(int, words)], "type": ["string", "integer"]}
    if found.get("format") in _EXAMPLES:
        found["examples"] = [_EXAMPLES[found["format"]]]
    return found
