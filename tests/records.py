"""Random records of every kind, drawn from the record classes themselves, and portals made of them."""

import unicodedata
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from generator.kinds import KINDS, links
from generator.kinds.common import Subject
from generator.load.claims import glob_of
from generator.model import fields
from generator.model.kind import CsvTable, Kind, MarkdownEach, Nested, YamlEach, YamlList
from generator.model.portal import Entry, Portal
from generator.model.record import Entity, Link, Value

AnyKind = Kind[Any]
Texts = st.SearchStrategy[Any]  # of texts, lists and mappings of texts: what a reader gives

_WORD = st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True)
_NUMBER = st.integers(0, 4)
_DAY = st.dates(date(2025, 1, 1), date(2027, 12, 31)).map(str)
_FORBIDDEN = "".join(map(chr, (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x206A))))
_CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Co", "Cn"),
    exclude_characters=_FORBIDDEN + "\ufeff\ufff9\ufffa\ufffb" + "".join(map(chr, range(0xE0000, 0xE0080))),
)
_TRICKY = st.sampled_from(
    ["null", "~", "yes", "010", "12:30", "1e3", "=", "- a", "a: b", "#", "'", '"', "\\n", "a,b", '""', "{{7*7}}", "<b>",
     "&a", "*a", "!!int 1", "%", "@x", "---", "...", "|", ">", "[", "0x1f", "2026-02-30", "<<", "?", "ü", "😀", "= 1"]
)  # fmt: skip
TEXT = st.one_of(
    _TRICKY, st.text(_CHARACTERS, min_size=1, max_size=12).map(lambda text: unicodedata.normalize("NFC", text).strip())
).filter(bool)
PROSE = st.lists(TEXT, min_size=1, max_size=4).map("\n".join).filter(lambda text: text == text.strip())
ID = st.builds("{}-{}".format, st.sampled_from(sorted({k.prefix for k in KINDS if k.prefix})), _WORD)

_BY_TYPE: dict[Any, Texts] = {
    fields.Text: TEXT,
    fields.Markdown: PROSE,
    fields.Id: ID,
    fields.Date: _DAY,
    fields.Instant: _DAY.map(lambda day: f"{day}T10:20:30Z"),
    fields.Int: _NUMBER.map(str),
    fields.Count: _NUMBER.map(str),
    fields.Number: st.sampled_from(["0", "-3", "1.50", "0.000001", "12"]),
    fields.Ratio: st.sampled_from(["0", "1", "0.5", "0.95"]),
    fields.Money: st.sampled_from(["0.00", "-12.50", "60000.00"]),
    fields.Bool: st.sampled_from(["true", "false"]),
    fields.Time: st.sampled_from(["00:00", "09:30", "23:59"]),
    fields.Timezone: st.sampled_from(["Europe/London", "UTC"]),
    fields.Semver: st.sampled_from(["1.0.0", "2.1"]),
    fields.Sha256: st.sampled_from(["a" * 64, "09" * 32]),
    fields.Month: st.sampled_from(["2026-01", "2026-12"]),
    fields.PartialDate: st.sampled_from(["2026", "2026-05", "2026-05-01"]),
    fields.MonthDay: st.sampled_from(["01-01", "04-01"]),
    fields.TimeboxLength: st.sampled_from(["P8W", "P3M", "P90D"]),
    links.AnyRef: ID,
    links.Scope: st.one_of(st.just("bank"), _WORD.map("role:rol-{}".format), _WORD.map("phase:phs-{}".format)),
    Subject: st.one_of(ID, _WORD.map("matrix/rol-{}/".format), _WORD.map("kpi-{}#target".format)),
}
_BY_PARSER = {
    id(parsed): strategy
    for alias, strategy in _BY_TYPE.items()
    for parsed in get_args(alias)[1:]
    if not isinstance(parsed, FieldInfo | Link)
}
_BY_NAME: dict[str, Texts] = {
    "subject_digest": st.just("sha256:" + "a" * 64),
    "digest": st.just("sha256:" + "a" * 64),
    "fingerprint": st.just("SHA256:" + "A" * 43),
    "revision": st.sampled_from(["r1", "r2"]),
    "fiscal_year": st.just("FY2026"),
    "currency": st.just("GBP"),
}
_PATTERNED = st.sampled_from(["hr-0001", "sha256:" + "a" * 64, "SHA256:" + "A" * 43, "r1", "FY2026", "GBP", "rol-x"])


def _simple(metadata: tuple[Any, ...], name: str) -> Texts | None:
    """The strategy of a field whose metadata tells its type."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    for item in metadata:
        if id(item) in _BY_PARSER:
            return _BY_PARSER[id(item)]
    return _PATTERNED if any(getattr(item, "pattern", None) for item in metadata) else None


def _of(annotation: Any, metadata: tuple[Any, ...], name: str) -> Texts:
    found = _simple(metadata, name)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if found is not None and origin is not tuple:
        return found
    if origin is Annotated:
        return _of(arguments[0], (*arguments[1:], *metadata), name)
    if origin in (Union, UnionType):
        return st.one_of(*(_of(each, metadata, name) for each in arguments if each is not type(None)))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        least = max((getattr(item, "min_length", 0) or 0 for item in metadata), default=0)
        words = fields.Words in metadata
        item = ID if words else _of(arguments[0], (), name)
        return st.lists(item, min_size=least, max_size=max(2, least))
    if origin is dict:
        names = _of(arguments[0], (), "").filter(lambda name: name != "<<")  # refused as a key, quoted or not
        return st.dictionaries(names, _of(arguments[1], (), ""), max_size=2)
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return source_of(annotation)
    if isinstance(annotation, type) and issubclass(annotation, fields.Classification):
        return st.sampled_from([str(word) for word in fields.Classification])
    return TEXT


@cache
def source_of(record: type[Value]) -> Texts:
    """The fields of a record as a reader gives them, not all of them valid together."""
    return st.deferred(lambda: _source_of(record))


def _source_of(record: type[Value]) -> Texts:
    required: dict[str, Texts] = {}
    optional: dict[str, Texts] = {}
    for name, info in record.model_fields.items():
        strategy = _of(info.annotation, tuple(info.metadata), name)
        (required if info.is_required() else optional)[info.alias or name] = strategy
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def entries(draw: st.DrawFn, kind: AnyKind, path: str, at: tuple[str | int, ...], parent: str = "") -> list[Entry]:
    """A record of a kind and what is nested in it; nothing where the fields drawn do not fit together."""
    record_class: type[Value] = kind.record
    source = draw(source_of(record_class))
    if "id" in kind.record.model_fields:
        source["id"] = path.rsplit("/", 1)[-1].rsplit(".", 1)[0] if _is_named(kind) else f"{kind.prefix}-{draw(_WORD)}"
    shape = kind.shape
    if isinstance(shape, CsvTable):
        source = _as_row(source)
        named = path.rsplit("/", 1)[-1].split(".")[:-1]
        for column in shape.from_name:
            source.pop(column, None)
        source |= dict(zip(shape.from_name, named, strict=False))
    try:
        record = kind.record.model_validate(source)
    except ValidationError:
        return []
    key = kind.key_of(record)
    found = [Entry(kind, key, record, path, at, parent)]
    for child in KINDS:
        if isinstance(child.shape, Nested) and child.shape.parent == kind.name and draw(st.booleans()):
            found.extend(draw(entries(child, path, (*at, child.shape.at, *([0] if child.name != "gate" else [])), key)))
    return found


def _is_named(kind: AnyKind) -> bool:
    return isinstance(kind.shape, MarkdownEach | YamlEach) and "*" in kind.shape.glob


def _as_row(source: dict[str, Any]) -> dict[str, Any]:
    """What a table can hold: its columns, cells without surprises at their ends."""
    common = Entity.model_fields.keys() - {"id", "classification"}
    return {name: value for name, value in source.items() if name not in common and value not in ("", [], {})}


TOPS: tuple[AnyKind, ...] = tuple(kind for kind in KINDS if not isinstance(kind.shape, Nested))


@st.composite
def portals(draw: st.DrawFn, *asked: AnyKind) -> Portal:
    """A portal of a few kinds, of any where none is asked for; most of its links lead nowhere."""
    some = st.lists(st.sampled_from(TOPS), min_size=1, max_size=4, unique_by=lambda kind: kind.name)
    chosen = asked or tuple(draw(some))
    shared = {glob_of(kind) for kind in chosen}
    found: dict[str, Entry] = {}
    for kind in (kind for kind in TOPS if glob_of(kind) in shared):
        for number in range(1 if _is_single(kind) else draw(st.integers(1, 3))):
            drawn = draw(entries(kind, draw(_path(kind)), _place(kind, number)))
            if not {entry.key for entry in drawn} & found.keys():
                found |= {entry.key: entry for entry in drawn}
    # A file that holds one record beside a list is no source without that record.
    lacking = {glob_of(kind) for kind in TOPS if _is_single(kind)} - {
        entry.path for entry in found.values() if _is_single(entry.kind)
    }
    return Portal(entry for entry in found.values() if entry.path not in lacking)


def _is_single(kind: AnyKind) -> bool:
    return isinstance(kind.shape, YamlEach) and "*" not in kind.shape.glob


def _path(kind: AnyKind) -> st.SearchStrategy[str]:
    shape = kind.shape
    if isinstance(shape, YamlList):
        return st.just(shape.path)
    glob = shape.glob if isinstance(shape, MarkdownEach | YamlEach | CsvTable) else ""
    if isinstance(shape, CsvTable) and shape.from_name:
        return st.sampled_from([glob.replace("*", "2026-03-31"), glob.replace("*", "2026-03-31.r2")])
    return _WORD.map(lambda word: glob.replace("*", word))


def _place(kind: AnyKind, number: int) -> tuple[str | int, ...]:
    shape = kind.shape
    if isinstance(shape, YamlList):
        return (shape.at, number) if shape.at else (number,)
    if isinstance(shape, CsvTable):
        return ("rows", number)
    return (shape.at,) if isinstance(shape, YamlEach) and shape.at else ()
