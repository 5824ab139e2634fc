"""`roadmap new`: a record with the next free id in its place, with everything that a person has to decide left open."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from generator.commands.drafts import Known, drafted
from generator.commands.edits import Edit, written
from generator.commands.fmt import rows_text, sorted_rows
from generator.commands.insertion import Place, inserted
from generator.commands.programme import Programme, Selection, load_programme
from generator.commands.timeline import timeline
from generator.commands.world import World
from generator.errors import HistoryError, UsageError
from generator.kinds import KINDS
from generator.kinds.governance import CHARTER_HEADINGS
from generator.load import parse
from generator.load.claims import AnyKind, glob_of, table_columns
from generator.model.fields import is_id
from generator.model.kind import CsvTable, MarkdownEach, Nested, YamlEach, YamlList
from generator.model.words import with_article
from generator.render.scaffold import Draft, fields_text
from generator.render.schema import modeline

_SCHEMAS = "schemas"
_YEARLY = re.compile(r"[a-z]{3}-(\d{4})-(\d+)")
_NUMBERED = re.compile(r"[a-z]{3}-(\d+)")
_FIRST: Mapping[str, str] = {  # the number that the first of a kind gets
    "decision": "{year}-001",
    "sign-off": "{year}-001",
    "scope-change": "{year}-01",
    "finding": "{year}-01",
    "corrective-action": "{year}-01",
    "regulatory-change": "{year}-01",
    "incident": "{year}-0001",
    "budget-line": "0001",
    "session": "0001",
    "communication": "0001",
    "lesson": "0001",
    "champion": "001",
}
_BODIES: Mapping[str, tuple[str, ...]] = {
    "decision": ("Context", "Options", "Decision", "Consequences"),
    "module": ("You will be able to", "How it works", "Why it matters"),
    "body": CHARTER_HEADINGS,
    "retrospective": ("What went well", "What did not"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the kind, the record it is for (or a field of it, key#field), a title, an id."""

    kind: str
    subject: str = ""
    title: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Scaffold:
    """A new record: its id or what it is, where it begins, the file as it shall be, the fields left open."""

    key: str
    line: int
    edit: Edit
    open: tuple[str, ...] = field(default=())


def scaffold(world: World, wanted: Wanted) -> Scaffold:
    """The next record of a kind, in its file in memory. Raises UsageError, StorageError."""
    kind = kind_named(wanted.kind)
    programme = load_programme(world, Selection(tree_only=True))
    day = programme.judgement.as_of
    key = _key(kind, wanted, programme, _used(world, programme), day)
    draft = drafted(Known(kind, key, wanted.title, wanted.subject, programme.judgement, programme.loaded.portal))
    root = world.tree.root
    place = _place(kind, key, wanted.subject, programme, day)
    there = world.tree.read([place.path])[place.path].decode() if place.path in programme.files else ""
    if isinstance(kind.shape, CsvTable):
        text, line = _with_row(kind, draft, there)
        return Scaffold(key or kind.name, line, Edit(root + place.path, text.encode(), not there), draft.open)
    alone = isinstance(kind.shape, MarkdownEach | YamlEach) and not place.at
    if alone and there:
        raise UsageError(f"{root}{place.path} is there already", remedy="edit it, or name another id with --id")
    fields = fields_text(draft, optional=alone)
    head = "" if there or place.path.endswith(".md") else modeline(glob_of(kind), root + place.path, _SCHEMAS)
    if alone:
        text, line = (_markdown(kind, fields) if isinstance(kind.shape, MarkdownEach) else head + fields), 2
    else:
        text, line = inserted(there or head, fields, place)
    return Scaffold(key or kind.name, line, Edit(root + place.path, text.encode(), not there), draft.open)


def write_scaffold(world: World, directory: str, made: Scaffold) -> None:
    """Write it. Raises UsageError and StorageError."""
    written(world.files, directory, (made.edit,))


def kind_named(name: str) -> AnyKind:
    """The kind of that name, singular or plural, or of that prefix. Raises UsageError with the nearest ones."""
    wanted = name.strip().casefold().replace(" ", "-")
    for kind in KINDS:
        if wanted in (kind.name, kind.prefix or kind.name, kind.plural.casefold().replace(" ", "-")):
            return kind
    names = sorted(kind.name for kind in KINDS)
    close = get_close_matches(wanted, names, n=1)
    hint = f'; did you mean "{close[0]}"?' if close else ""
    raise UsageError(f'there is no kind "{name}"{hint}', remedy=f"the kinds are {', '.join(names)}")


def next_id(kind: AnyKind, used: Iterable[str], words: str, year: int) -> str:
    """The next free id: numbered as its kind is, else the prefix and the words."""
    own = sorted(key for key in used if key.startswith(f"{kind.prefix}-"))
    yearly = [match for key in own if (match := _YEARLY.fullmatch(key))]
    numbered = [match for key in own if (match := _NUMBERED.fullmatch(key))]
    pattern = _FIRST.get(kind.name, "")
    if len(yearly) * 2 > len(own) or (not own and "{year}" in pattern):
        width = max((len(match[2]) for match in yearly), default=len(pattern.removeprefix("{year}-")))
        last = max((int(match[2]) for match in yearly if int(match[1]) == year), default=0)
        return f"{kind.prefix}-{year}-{last + 1:0{width}d}"
    if len(numbered) * 2 > len(own) or (not own and pattern):
        width = max((len(match[1]) for match in numbered), default=len(pattern))
        return f"{kind.prefix}-{max((int(match[1]) for match in numbered), default=0) + 1:0{width}d}"
    first = f"{kind.prefix}-{_slug(words) or 'new'}"
    return next(key for n in range(1, len(own) + 3) if (key := first if n == 1 else f"{first}-{n}") not in own)


def _slug(words: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", words.casefold()))[:60].strip("-")


def _used(world: World, programme: Programme) -> set[str]:
    """Every id that is or was in use: ids are never used again."""
    portal = programme.loaded.portal
    used = set(portal.entries)
    for entry in portal.entries.values():
        used.update(getattr(entry.record, "formerly", ()))
    for tree in programme.source.trees.values():  # also of records that are not yet complete
        used.update(_ids(tree.value))
    try:
        head = world.history.commit("HEAD")
        used.update(
            change.key for step in timeline(world.history, world.cache, head.id).steps for change in step.changes
        )
    except HistoryError:
        pass  # no history yet: nothing was ever retired
    return used


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(key := value.get("id"), str):
            yield key
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from _ids(item)


def _key(kind: AnyKind, wanted: Wanted, programme: Programme, used: set[str], day: date) -> str:
    if kind.key != ("id",):
        return ""
    if not wanted.id:
        words = wanted.title or (wanted.subject.partition("#")[0] if kind.name == "retrospective" else "")
        return next_id(kind, used, words, day.year)
    key = wanted.id if wanted.id.startswith(f"{kind.prefix}-") else f"{kind.prefix}-{wanted.id}"
    if not is_id(key):
        raise UsageError(f'"{key}" is not of the form xxx-words', remedy="use lower-case words joined by hyphens")
    if key in used:
        where = programme.loaded.portal.entries.get(key)
        place = f" in {where.path}" if where else " in the past"
        raise UsageError(f'the id "{key}" is already used{place}', remedy="ids are never used again: choose another")
    return key


def _place(kind: AnyKind, key: str, subject: str, programme: Programme, day: date) -> Place:
    """Where a record of the kind is written."""
    shape = kind.shape
    if isinstance(shape, Nested):
        parent = programme.loaded.portal.entries.get(subject)
        if parent is None or parent.kind.name != shape.parent:
            raise UsageError(
                f"{with_article(kind.name)} stands in {with_article(shape.parent)}",
                remedy=f"name it: --for {shape.parent} id",
            )
        return Place(parent.path, parent.at, shape.at, shape.at != kind.name)
    glob = glob_of(kind)
    stem = day.isoformat() if isinstance(shape, CsvTable) else key.removeprefix(f"{kind.prefix}-")
    path = glob.replace("*", stem)
    if isinstance(shape, YamlList):
        return Place(path, (), shape.at)
    return Place(path, (), shape.at if isinstance(shape, YamlEach) else "", many=False)


def _markdown(kind: AnyKind, fields: str) -> str:
    heads = _BODIES.get(kind.name, ())
    body = "".join(f"\n## {head}\n<!-- TODO -->\n" for head in heads) or "\n<!-- TODO -->\n"
    return f"---\n{fields}---\n{body}"


def _with_row(kind: AnyKind, draft: Draft, there: str) -> tuple[str, int]:
    """The table with one more row in its sorted place, and that row's line."""
    sort = kind.shape.sort if isinstance(kind.shape, CsvTable) else ()
    columns = table_columns(kind)
    tree = parse("csv", there.encode()) if there else None
    if tree is not None and (tree.faults or set(columns) - set(tree.value["header"])):
        raise UsageError("the table cannot be read", remedy="run `roadmap check` and correct it first")
    row = {name: _cell(value) for name, value in draft.values.items() if name in columns}
    rows = sorted_rows(sort, [*(tree.value["rows"] if tree else ()), row])
    header = (*columns, *(name for name in (tree.value["header"] if tree else ()) if name not in columns))
    return rows_text(header, rows), rows.index(row) + 2


def _cell(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
