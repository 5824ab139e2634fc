"""The JSON Schemas: current, true of clean sources as editors read them, and refusing what the checks refuse."""

import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from ruamel.yaml import YAML

from generator.commands.schema import editor_files, outdated, write_schemas
from generator.kinds import KINDS
from generator.load import form, is_source, parse
from generator.load.claims import claimants, glob_of
from generator.render.schema import schema_name, schema_texts
from tests.conftest import ROOT
from tests.factories import CONTENT, PORTALS, files_below, minimal_files
from tests.fakes import FakeFiles

SCHEMAS = {name: json.loads(text) for name, text in schema_texts(KINDS).items()}


def as_editors_read(text: str) -> Any:
    """The document with the types of YAML 1.2, days as text as in JSON."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(io.StringIO(text)), default=_day))


def _day(value: object) -> str:
    assert isinstance(value, date | datetime)
    return value.isoformat()


def documents(files: Mapping[str, bytes]) -> Iterator[tuple[str, str, Any]]:
    """Path, schema name and document of each source; a row for each row of a table."""
    for path, data in sorted(files.items()):
        held = claimants(path, KINDS) if is_source(path) and form(path) else ()
        if not held:
            continue
        name = schema_name(glob_of(held[0]))
        text = data.decode()
        if form(path) == "csv":
            yield from ((path, name, row) for row in parse("csv", data).value["rows"])
        else:
            yield path, name, as_editors_read(text.split("\n---", 1)[0][4:] if form(path) == "md" else text)


def errors(name: str, document: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMAS[name])
    return [f"{list(error.path)}: {error.message[:120]}" for error in validator.iter_errors(document)]


def test_every_schema_is_one() -> None:
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_committed_schemas_and_settings_are_current() -> None:
    wanted = editor_files("schemas", "content/")
    there = {f"schemas/{path.name}" for path in (ROOT / "schemas").iterdir()}
    stale = [path for path, text in wanted.items() if not _is(ROOT / path, text)]
    assert stale == []
    assert there == {path for path in wanted if path.startswith("schemas/")}


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes().decode() == text


@pytest.mark.parametrize("portal", ["minimal", "bank"])
def test_clean_sources_are_valid(portal: str) -> None:
    files = minimal_files() if portal == "minimal" else files_below(CONTENT)
    found = {
        (path, error)
        for path, name, document in documents(files)
        if form(path) != "csv"
        for error in errors(name, document)
    }
    assert found == set()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("curriculum/modules/mod-basics.md", "minutes:", "minuets:"),
        ("curriculum/modules/mod-basics.md", "status: approved", "status: aproved"),
        ("registers/roles.yaml", "id: rol-", "id: ROL_"),
        ("registers/roles.yaml", "line_of_defence: 1", "line_of_defence: 9"),
        ("portal.yaml", "retention_years: 7", "retention_years: seven"),
        ("portal.yaml", "timezone: Europe/London", ""),
        ("governance/seats.yaml", "id: sea-chair", "id: rol-chair"),
        ("roadmap/roadmap.yaml", "    gate:", "    gait:"),
    ],
)
def test_broken_sources_are_not(path: str, old: str, new: str) -> None:
    text = minimal_files()[path].decode()
    assert old in text
    changed = {path: text.replace(old, new, 1).encode()}
    assert _refused(changed)


def test_broken_portals_of_form_are_refused() -> None:
    """Every broken portal that breaks one YAML file's fields is underlined in the editor too."""
    missed, seen = [], 0
    for folder in sorted((PORTALS / "broken").iterdir()):
        expected = yaml.safe_load((folder / "expected.yaml").read_text())
        path = str(expected["place"]).split(":", 1)[0]
        if expected["code"] not in ("SCH001", "SCH002") or path.endswith(".csv"):
            continue
        seen += 1
        if not _refused({path: (folder / path).read_bytes()}):
            missed.append(folder.name)
    assert seen >= 5
    assert missed == []


def _refused(files: Mapping[str, bytes]) -> bool:
    try:
        return any(errors(name, document) for _, name, document in documents(files))
    except ValueError:  # a day that does not exist: the editor's own reader refuses it
        return True


def test_every_field_says_what_it_is_and_every_word_what_it_means() -> None:
    silent = []

    def walk(node: Any, place: str) -> None:
        if isinstance(node, dict):
            for name, part in node.get("properties", {}).items():
                if "description" not in part and "$ref" not in part:
                    silent.append(f"{place}.{name}")
                walk(part, f"{place}.{name}")
            for key in ("items", "$defs", "additionalProperties"):
                walk(node.get(key), f"{place}/{key}")
            for name in node.get("$defs", {}):
                walk(node["$defs"][name], f"{place}#{name}")
            if "enum" in node and len(node["enum"]) != len(node.get("enumDescriptions", [])):
                silent.append(f"{place} enum")

    for name, schema in SCHEMAS.items():
        walk(schema, name)
    assert silent == []


def test_writing_writes_what_differs_and_check_names_it() -> None:
    files = FakeFiles()
    wanted = {"schemas/a.schema.json": "{}\n", "schemas/b.schema.json": "[]\n"}
    assert outdated(files, "here", wanted, ()) == (
        "schemas/a.schema.json is missing",
        "schemas/b.schema.json is missing",
    )
    assert write_schemas(files, "here", wanted) == tuple(wanted)
    assert write_schemas(files, "here", wanted) == ()
    files.contents["here/schemas/b.schema.json"] = b"{}"
    assert outdated(files, "here", wanted, ["schemas/c.schema.json"]) == (
        "schemas/b.schema.json is not current",
        "schemas/c.schema.json describes no kind",
    )
