"""`roadmap fmt`: sources in their normal form, comments kept; formatting twice changes nothing.

1. Text: UTF-8 without byte-order mark, NFC, LF, no trailing blanks, one final newline.
2. YAML and front matter: id and title first, two blanks a level, values and comments as they were written.
3. CSV: header in its order, rows sorted by key, quotes only where needed.

A file is only rewritten when it reads the same afterwards; a file with faults is left alone.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.commands.world import World
from generator.errors import UsageError
from generator.kinds import KINDS
from generator.load import form, is_source, parse
from generator.load.claims import AnyKind, claimants, table_columns
from generator.model.kind import CsvTable, Nested, YamlEach, YamlList

UNBROKEN = 1 << 20  # lines are never folded: a fold would move what a diff shows
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Formatted:
    """What formatting found: files whose normal form differs, and files it left alone with the reason."""

    changed: Mapping[str, bytes]
    left: Mapping[str, str]


def format_sources(world: World, only: Iterable[str] = ()) -> Formatted:
    """The normal form of every source that is not in it, or of those named. Writes nothing."""
    wanted = tuple(only)
    paths = [path for path in world.tree.files() if is_source(path) and form(path) and claimants(path, KINDS)]
    unknown = sorted(set(wanted) - set(paths))
    if unknown:
        raise UsageError(f"{unknown[0]} is not a source", remedy="name files below the content folder")
    changed: dict[str, bytes] = {}
    left: dict[str, str] = {}
    for path, data in sorted(world.tree.read(wanted or paths).items()):
        try:
            normal = formatted(path, data)
        except ValueError as error:
            left[path] = str(error)
            continue
        if normal != data:
            changed[path] = normal
    return Formatted(changed, left)


def formatted(path: str, data: bytes) -> bytes:
    """The normal form of one file. Raises ValueError with the reason where it must be left alone."""
    clean = _clean_text(data)
    kinds = claimants(path, KINDS)
    before = parse(form(path), clean)
    if before.faults:
        raise ValueError(before.faults[0].message)
    if form(path) == "csv":
        after = _table(kinds[0], before.value)
    elif form(path) == "md":
        after = _front_matter(kinds, clean.decode())
    else:
        after = _yaml(kinds, clean.decode())
    if _meaning(parse(form(path), after).value) != _meaning(before.value):
        raise ValueError("its normal form would read differently")
    return after


def _clean_text(data: bytes) -> bytes:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start} is not UTF-8") from error
    text = unicodedata.normalize("NFC", text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n"))
    lines = [line.rstrip() if not line.endswith("  ") else f"{line.rstrip()}  " for line in text.split("\n")]
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _meaning(value: Any) -> Any:
    """The value without the order of fields and of table rows."""
    if isinstance(value, dict) and value.keys() == {"header", "rows"}:
        return sorted(sorted(row.items()) for row in value["rows"])
    if isinstance(value, dict):
        return {name: _meaning(item) for name, item in value.items()}
    return [_meaning(item) for item in value] if isinstance(value, list) else value


def _table(kind: AnyKind, value: Mapping[str, Any]) -> bytes:
    columns = [name for name in table_columns(kind) if name in value["header"]]
    columns += [name for name in value["header"] if name not in columns]
    keys = kind.shape.sort if isinstance(kind.shape, CsvTable) else ()
    rows = sorted(value["rows"], key=lambda row: [row.get(name, "") for name in keys])
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return sheet.getvalue().encode()


def _front_matter(kinds: tuple[AnyKind, ...], text: str) -> bytes:
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    inner = _yaml(kinds, f"{front}\n").decode()
    return f"---\n{inner}---\n{body}".encode()


def _yaml(kinds: tuple[AnyKind, ...], text: str) -> bytes:
    editor = round_trip()
    value = editor.load(text)
    if value is None:
        return text.encode()
    for kind in kinds:
        at = kind.shape.at if isinstance(kind.shape, YamlEach | YamlList) else ""
        _order_all(value.get(at) if at and isinstance(value, dict) else value, kind)
    written = io.StringIO()
    editor.dump(value, written)
    lines = [line.rstrip() for line in written.getvalue().split("\n")]
    if isinstance(value, list):  # a list that is the whole document starts at the margin
        lines = [line.removeprefix("  ") for line in lines]
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _order(item: Any, kind: AnyKind) -> None:
    """Put id and title first, in place; the other fields stay as they were written. Nested records too."""
    for nested in KINDS:
        shape = nested.shape
        if isinstance(shape, Nested) and shape.parent == kind.name:
            _order_all(item.get(shape.at), nested)
    first = [name for name in ("id", "title") if name in item]
    if list(item)[: len(first)] != first:
        for name in [*first, *(name for name in list(item) if name not in first)]:
            item.move_to_end(name)


def _order_all(part: Any, kind: AnyKind) -> None:
    for one in part if isinstance(part, list) else [part]:
        if isinstance(one, dict):
            _order(one, kind)


def round_trip() -> Any:
    """A YAML editor that keeps comments, quotes and every scalar as it was written."""
    try:
        from ruamel.yaml import YAML  # the editors' extra, loaded for this command only
        from ruamel.yaml.resolver import VersionedResolver
    except ImportError as error:
        raise UsageError("fmt needs ruamel.yaml", remedy="install roadmap-portal[editors]") from error

    class TextResolver(VersionedResolver):
        """Every scalar is text: no date or number is rewritten."""

        @property
        def versioned_resolver(self) -> dict[str, list[Any]]:
            return {}

    editor = YAML(typ="rt")
    editor.Resolver = TextResolver
    editor.preserve_quotes = True
    editor.width = UNBROKEN
    editor.indent(mapping=2, sequence=4, offset=2)
    return editor
