"""`roadmap fmt`: one way to write each source, so that a diff shows what changed in meaning and nothing else.

A file is rewritten only when the result says the same, carries the same comments, and would not be rewritten again.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from generator.commands.edits import Edit, written
from generator.commands.world import World
from generator.errors import Position, Problem, Severity, StorageError, UsageError
from generator.kinds import KINDS
from generator.load import Tree, form, is_source, parse
from generator.load.claims import AnyKind, claimants, table_columns
from generator.load.rules import REMEDIES
from generator.load.tree import line_and_column
from generator.model.kind import CsvTable
from generator.ports import YamlFormatter

_CLOSING = re.compile(r"^---[ ]*$", re.MULTILINE)
_COMMENT = re.compile(r"(?:(?<=\s)|^)#.*", re.MULTILINE)
_ROUNDS = 3  # a result that still changes when it is formatted so often is not used


@dataclass(frozen=True)
class Formatted:
    """What formatting does: paths to rewrite with their bytes, paths left alone and why, problems of form."""

    files: int
    changed: Mapping[str, bytes]
    kept: Mapping[str, str]
    problems: tuple[Problem, ...]


def fmt(world: World, formatter: YamlFormatter, paths: Iterable[str]) -> Formatted:
    """Format the sources at these repository paths, files or folders; no path means all. Raises UsageError."""
    chosen = _chosen(world, tuple(paths))
    contents = world.tree.read(chosen)
    changed: dict[str, bytes] = {}
    kept: dict[str, str] = {}
    problems: list[Problem] = []
    for path in chosen:
        tree = parse(form(path), contents[path])
        if tree.faults:
            problems.extend(_problems(world.tree.root + path, tree))
            continue
        result = formatted(path, contents[path], formatter)
        if result is None:
            kept[world.tree.root + path] = "it cannot be rewritten without losing a comment"
        elif result != contents[path]:
            changed[world.tree.root + path] = result
    return Formatted(len(chosen), changed, kept, tuple(problems))


def rewrite(world: World, directory: str, result: Formatted) -> None:
    """Write what formatting changed."""
    written(world.files, directory, (Edit(path, data) for path, data in result.changed.items()))


def formatted(path: str, data: bytes, formatter: YamlFormatter) -> bytes | None:
    """The house form of a source without faults; None where it would lose meaning, comments or its rest."""
    text = data.decode()
    kind = next((one for one in claimants(path, KINDS) if isinstance(one.shape, CsvTable)), None)
    if form(path) == "csv":
        return (table_text(kind, parse("csv", data)) or text).encode() if kind else data
    if form(path) == "yaml":
        found = _settled(text, lambda old: _yaml(old, formatter), yaml_values)
        return None if found is None else found.encode()
    front, body = _parts(text)
    found = _settled(front, lambda old: _yaml(old, formatter), yaml_values)
    return None if found is None else f"---\n{found}---\n{body}".encode()


def table_text(kind: AnyKind, tree: Tree) -> str:
    """A table with its declared columns, rows in order, quotes only where needed; empty where its header is wrong."""
    header = tree.value["header"]
    columns = table_columns(kind)
    extra = tuple(name for name in header if name not in columns)
    if set(columns) - set(header) or extra not in ((), ("classification",)) or not isinstance(kind.shape, CsvTable):
        return ""
    return rows_text((*columns, *extra), sorted_rows(kind.shape.sort, tree.value["rows"]))


def sorted_rows(columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The rows in the order of these columns' texts."""
    return sorted(rows, key=lambda row: tuple(row.get(column, "") for column in columns))


def rows_text(header: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> str:
    """A CSV text with LF line ends."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue()


def yaml_values(text: str) -> object:
    """What a YAML text says: its values and its comments in order."""
    tree = parse("yaml", text.encode())
    return (tree.value, bool(tree.faults), _comments(text))


def _chosen(world: World, paths: tuple[str, ...]) -> list[str]:
    """The sources at these repository paths, sorted; a path that holds no file raises UsageError."""
    there = world.tree.files()
    sources = sorted(path for path in there if is_source(path) and form(path) and claimants(path, KINDS))
    if not paths:
        return sources
    root = world.tree.root
    known = {root + path for path in there}
    for path in paths:
        if path not in known and not any(file.startswith(_folder(path)) for file in known):
            raise UsageError(f"there is no source {path}", remedy=f"name files or folders below {root}")
    folders = tuple(_folder(path) for path in paths)
    return [path for path in sources if root + path in paths or (root + path).startswith(folders)]


def _folder(path: str) -> str:
    return "" if path in ("", ".") else path.rstrip("/") + "/"


def _problems(path: str, tree: Tree) -> Iterator[Problem]:
    for fault in tree.faults:
        position = Position(path, *line_and_column(fault.mark))
        yield Problem(fault.code, Severity.ERROR, fault.message, position, remedy=REMEDIES[fault.code])


def _settled(text: str, once: Callable[[str], str], meaning: Callable[[str], object]) -> str | None:
    """The text formatted until it stays the same; None where it does not, or where it says something else."""
    found = text
    try:
        for _ in range(_ROUNDS):
            before, found = found, once(found)
            if found == before:
                return found if found == text or meaning(found) == meaning(text) else None
    except StorageError:
        return None
    return None


def _yaml(text: str, formatter: YamlFormatter) -> str:
    """One document formatted; blank lines at the ends and trailing spaces go where they mean nothing."""
    if parse("yaml", text.encode()).value is None:  # nothing but comments
        return text.strip("\n") + "\n" if text.strip() else text
    found = formatter(text).strip("\n") + "\n"
    trimmed = "\n".join(line.rstrip(" ") for line in found.split("\n"))
    return trimmed if yaml_values(trimmed) == yaml_values(found) else found


def _parts(text: str) -> tuple[str, str]:
    """The front matter and what stands below its closing line."""
    closing = _CLOSING.search(text, 4)
    end = closing.start() if closing else len(text)
    below = text[closing.end() + 1 :].rstrip("\n") if closing else ""
    return text[4:end], below + "\n" if below else ""


def _comments(text: str) -> tuple[str, ...]:
    """The comments of a YAML text in order: what follows a # outside every scalar."""
    kept: list[str] = []
    end = 0
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken):
                kept.append(text[end : token.start_mark.index])
                end = token.end_mark.index
    except yaml.YAMLError:
        return ()
    kept.append(text[end:])
    return tuple(match.rstrip() for match in _COMMENT.findall("\n".join(kept)))
