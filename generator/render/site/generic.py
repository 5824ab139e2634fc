"""Pages for every kind, whatever it is: a page a record, a list a kind, links in and out.

They make sure that no kind is ever without a page; kinds with a view of their own replace them by address.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from generator.kinds import KINDS
from generator.model.kind import Kind, Nested
from generator.model.portal import Edge, Entry
from generator.model.record import Value
from generator.model.words import amid
from generator.render.site import words
from generator.render.site.source import Crumb, Draft, SiteSource
from generator.render.site.values import Shown
from generator.views.shown import Ref, ref, title_of

MOST_ROWS = 600
MOST_COLUMNS = 6
MOST_ROW_LINKS = 3


def record_pages(source: SiteSource) -> Iterator[Draft]:
    """A page for every record whose kind asks for one each."""
    for entry in source.portal.entries.values():
        if entry.kind.page and "{id}" in entry.kind.page.path:
            yield record_page(source, entry)


def record_page(source: SiteSource, entry: Entry) -> Draft:
    """The plain page of a record: its fields, its text, what is written in it, and its links."""
    shown = Shown(source.portal, source.judgement.texts)
    index = index_path(entry.kind)
    return Draft(
        entry.url(),
        title_of(entry),
        "record.html",
        {
            "facts": tuple(shown.fields(entry.record)),
            "texts": tuple(shown.prose_fields(entry.record)),
            "nested": tuple(_nested(source, shown, entry)),
            **link_panels(source, entry.key),
        },
        crumbs=(Crumb(entry.kind.plural or words.word(entry.kind.name), index), Crumb(entry.key)),
        shows=(entry.key,),
        source=entry.key,
        judged=False,
        history=entry.key,
    )


def index_pages(source: SiteSource) -> Iterator[Draft]:
    """A page for every address where records are listed: indexes of kinds, shared pages, kinds without a page."""
    listed: dict[str, list[Kind[Any]]] = defaultdict(list)
    for kind in KINDS:
        listed[index_path(kind)].append(kind)
    for path, kinds in listed.items():
        tables = tuple(table for kind in kinds if (table := _table(source, kind)) is not None)
        title = kinds[0].plural or words.word(kinds[0].name)
        keys = tuple(entry.key for kind in kinds for entry in source.portal.entries_of(kind.record))
        yield Draft(
            path,
            title,
            "register.html",
            {"tables": tables},
            lede=_amounts(source, kinds),
            shows=keys,
            source=keys[0] if keys else "",
            judged=False,
        )


def rest_tables(source: SiteSource, path: str, html: str) -> tuple[Mapping[str, object], ...]:
    """Tables of the records that belong on this shared page and are not on it, as the sources have them."""
    shown = Shown(source.portal, source.judgement.texts)
    tables = []
    for kind in KINDS:
        if kind.page is None or not kind.page.anchor or kind.page.path != path:
            continue
        left = [entry for entry in source.portal.entries_of(kind.record) if f'id="{_anchor(entry)}"' not in html]
        if left:
            tables.append({"title": kind.plural or words.word(kind.name), "total": len(left), **_rows(shown, left)})
    return tuple(tables)


def index_path(kind: Kind[Any]) -> str:
    """The address where the records of a kind are listed."""
    if kind.page is None:
        return f"registers/{kind.name}/"
    return kind.page.path.partition("{id}")[0]


def link_panels(source: SiteSource, key: str) -> Mapping[str, object]:
    """Where a record leads and where it is used, by kind."""
    return {
        "outgoing": _grouped(source, source.portal.outgoing(key), "target"),
        "incoming": _grouped(source, source.portal.incoming(key), "source"),
    }


def _grouped(source: SiteSource, edges: tuple[Edge, ...], end: str) -> tuple[tuple[str, tuple[Ref, ...]], ...]:
    found: dict[str, dict[str, Ref]] = defaultdict(dict)
    for edge in edges:
        entry = source.portal.entries[getattr(edge, end)]
        shown = entry if entry.url() or not entry.parent else source.portal.entries.get(entry.parent, entry)
        found[shown.kind.plural or words.word(shown.kind.name)][shown.key] = ref(source.portal, shown.key)
    return tuple((name, _folded(name, tuple(refs.values()))) for name, refs in sorted(found.items()))


def _folded(name: str, refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
    """Many rows of one shared page as one link with their number."""
    pages = {one.url.partition("#")[0] for one in refs if "#" in one.url}
    if len(refs) <= MOST_ROW_LINKS or len(pages) != 1:
        return refs
    return (Ref(name, f"{len(refs)} on their page", pages.pop()),)


def _nested(source: SiteSource, shown: Shown, entry: Entry) -> Iterator[tuple[str, Mapping[str, object]]]:
    for kind in KINDS:
        if isinstance(kind.shape, Nested) and kind.shape.parent == entry.kind.name:
            records = source.portal.children(entry.key, kind.record)
            if records:
                keys = [source.portal.key_of(record) for record in records]
                yield (
                    kind.plural or words.word(kind.name),
                    _rows(shown, [source.portal.entries[k] for k in keys]),
                )


def _table(source: SiteSource, kind: Kind[Any]) -> Mapping[str, object] | None:
    entries = source.portal.entries_of(kind.record)
    if not entries:
        return None
    newest = entries[-MOST_ROWS:]
    table = _rows(Shown(source.portal, source.judgement.texts), list(newest))
    return {"title": kind.plural or words.word(kind.name), "total": len(entries), **table}


def _rows(shown: Shown, entries: list[Entry]) -> Mapping[str, object]:
    fields = _columns(entries)
    heads = [("What", ""), *((words.word(name), "") for name in fields)]
    rows = [[_name(entry), *(shown.field(entry.record, name) for name in fields)] for entry in entries]
    return {"heads": heads, "rows": rows, "ids": [_anchor(entry) for entry in entries]}


def _columns(entries: list[Entry]) -> list[str]:
    """The fields worth a column: short, not everywhere empty, first come."""
    names = [
        name
        for name in type(entries[0].record).model_fields
        if name
        not in ("id", "title", "classification", "tags", "formerly", "text", "notes", "supersedes", "superseded_by")
    ]
    weights = {name: sum(_filled(getattr(entry.record, name)) for entry in entries) for name in names}
    return [name for name in names if weights[name]][:MOST_COLUMNS]


def _filled(value: object) -> bool:
    if isinstance(value, Value) or (isinstance(value, tuple) and any(isinstance(item, Value) for item in value)):
        return False
    return value is not None and value not in ((), {}, "")


def _name(entry: Entry) -> Markup:
    title = title_of(entry)
    page = entry.kind.page
    if page is not None and not page.anchor:
        return words.link(Ref(entry.key, title, entry.url()))
    return Markup("%s") % (title if title != entry.key else " · ".join(entry.key.split("/")[1:]) or entry.key)


def _anchor(entry: Entry) -> str:
    return entry.url().partition("#")[2]


def _amounts(source: SiteSource, kinds: list[Kind[Any]]) -> str:
    parts = [
        words.plural(amount, amid(kind.title or words.word(kind.name)), amid(kind.plural or ""))
        for kind in kinds
        if (amount := len(source.portal.entries_of(kind.record)))
    ]
    return f"{', '.join(parts)}." if parts else "Nothing is recorded here yet."
