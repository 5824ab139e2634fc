"""The portal: every record that loaded, by key, with its links in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from generator.errors import FieldPath
from generator.model.audience import names_any, unlinked
from generator.model.change import Canonical
from generator.model.fields import Classification, is_id
from generator.model.kind import Kind
from generator.model.record import Record, Reference

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in its place: its kind, key, source file, and the path to it inside that file's tree."""

    kind: Kind[Any]
    key: str
    record: Record
    path: str
    at: FieldPath = ()
    parent: str = ""
    whole: Record | None = None  # before the names of withheld records were cut out: digests are of it; never shown

    def url(self) -> str:
        """The address of the page (and anchor) that shows it below the site's root; empty when none does."""
        return self.kind.page.url(self.key) if self.kind.page else ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two records: from which one and field to which one."""

    source: str
    field: FieldPath
    target: str


class Portal:
    """All records of one tree; a value: made once, never changed."""

    def __init__(self, entries: Iterable[Entry], observe: Callable[[type[Record]], None] | None = None) -> None:
        self.entries: Mapping[str, Entry] = {entry.key: entry for entry in sorted(entries, key=lambda e: e.key)}
        self._observe = observe or _unobserved  # told the class of every record that is asked for

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Portal) and self.canonical == other.canonical

    def __hash__(self) -> int:
        return id(self)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def entry(self, key: str) -> Entry | None:
        """The entry of that key, or None."""
        found = self.entries.get(key)
        if found is not None:
            self._observe(type(found.record))
        return found

    def find(self, key: str | None, record: type[R]) -> R | None:
        """The record of that key if it is of that class, else None."""
        found = self.entries.get(key) if key else None
        self._observe(record)
        return found.record if found is not None and isinstance(found.record, record) else None

    def all(self, record: type[R]) -> tuple[R, ...]:
        """Every record of that class, sorted by key."""
        self._observe(record)
        return tuple(entry.record for entry in self._by_class.get(record, ()))  # type: ignore[misc]

    def entries_of(self, record: type[Record]) -> tuple[Entry, ...]:
        """Every entry whose record is of that class, sorted by key."""
        self._observe(record)
        return tuple(self._by_class.get(record, ()))

    def children(self, key: str, record: type[R]) -> tuple[R, ...]:
        """The records of that class nested in the record of that key, in their written order."""
        self._observe(record)
        nested = [entry for entry in self._by_parent.get(key, ()) if isinstance(entry.record, record)]
        nested.sort(key=lambda entry: [(isinstance(part, str), part) for part in entry.at])
        return tuple(entry.record for entry in nested)  # type: ignore[misc]

    def within(self, key: str) -> tuple[Entry, ...]:
        """The entries written in the record of that key, of every class, sorted by key."""
        return tuple(self._by_parent.get(key, ()))

    def parent(self, key: str) -> Entry | None:
        """The entry that a nested record is written in, or None."""
        entry = self.entries.get(key)
        return self.entries.get(entry.parent) if entry else None

    def key_of(self, record: Record) -> str:
        """The key of a record of this portal."""
        return self._keys[id(record)]

    def outgoing(self, key: str) -> tuple[Edge, ...]:
        """The links that the record of that key makes to records that exist."""
        return tuple(self._outgoing.get(key, ()))

    def incoming(self, key: str) -> tuple[Edge, ...]:
        """The links that other records make to the record of that key."""
        return tuple(self._incoming.get(key, ()))

    def without(self, unseen: Callable[[Entry], bool]) -> Portal:
        """The portal without some records and without what is nested in them, to any depth."""
        gone = {key for key, entry in self.entries.items() if unseen(entry)}
        if not gone:
            return self
        rest = Portal(entry for entry in self.entries.values() if not self._is_within(entry, gone))
        if "references" in vars(self):  # the same records, so the same links: found once
            vars(rest)["references"] = self.references
        return rest

    def _is_within(self, entry: Entry | None, keys: AbstractSet[str]) -> bool:
        """Whether the entry or one that it is nested in has one of these keys."""
        while entry is not None and entry.key not in keys:
            entry = self.entries.get(entry.parent)
        return entry is not None

    def seen_on(self, day: date) -> Portal:
        """The portal without records that are dated after `day`."""

        def later(entry: Entry) -> bool:
            value = getattr(entry.record, entry.kind.dated, None) if entry.kind.dated else None
            return isinstance(value, date) and value > day

        return self.without(later)

    def for_audience(self, audience: Classification, default: Classification) -> Portal:
        """The portal without records classified above `audience`, links to them, and records that need such a link."""

        def withheld(entry: Entry) -> bool:
            return (entry.record.classification or default).level > audience.level

        return self.withholding(key for key, entry in self.entries.items() if withheld(entry))

    def withholding(self, keys: Iterable[str]) -> Portal:
        """The portal without these records, links to them, and records that need such a link."""
        gone = self.entries.keys() & set(keys)
        if not gone:
            return self
        kept, found = self._unlinked(gone)
        while found:
            gone |= found
            kept, found = self._unlinked(gone)
        return Portal(kept)

    def _unlinked(self, gone: AbstractSet[str]) -> tuple[list[Entry], set[str]]:
        """The entries without links to these keys, and the keys of those that go with them."""
        names = {key for key in gone if is_id(key) or "/" in key}  # nothing links to the portal's settings or a scale
        kept: list[Entry] = []
        lost: set[str] = set()
        for entry in self.entries.values():
            if entry.key in gone:
                continue
            lasting = not self._is_within(entry, gone) and not names_any(entry.key, names)
            record = unlinked(entry.record, names) if lasting else None
            if record is None:
                lost.add(entry.key)
            else:
                whole = entry.whole or entry.record
                kept.append(entry if record is entry.record else replace(entry, record=record, whole=whole))
        return kept, lost

    def observed(self, observe: Callable[[type[Record]], None]) -> Portal:
        """The same portal, telling `observe` the class of every record that is asked for."""
        twin = copy(self)  # shares the indexes that are built already
        twin._observe = observe  # noqa: SLF001 - a twin of this very class
        return twin

    @cached_property
    def references(self) -> Mapping[str, tuple[Reference, ...]]:
        """Every record's links by key, whether what they name exists or not."""
        return {key: tuple(entry.record.references()) for key, entry in self.entries.items()}

    @cached_property
    def canonical(self) -> Canonical:
        """Every record's canonical form by key."""
        return {key: entry.record.canonical() for key, entry in self.entries.items()}

    @cached_property
    def _by_class(self) -> dict[type[Record], list[Entry]]:
        found: dict[type[Record], list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            found[type(entry.record)].append(entry)
        return found

    @cached_property
    def _by_parent(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            if entry.parent:
                found[entry.parent].append(entry)
        return found

    @cached_property
    def _keys(self) -> dict[int, str]:
        return {id(entry.record): key for key, entry in self.entries.items()}

    @cached_property
    def _outgoing(self) -> dict[str, list[Edge]]:
        found: dict[str, list[Edge]] = {}
        for key in self.entries:
            edges = [Edge(key, ref.field, ref.target) for ref in self.references[key] if ref.target in self.entries]
            if edges:
                found[key] = edges
        return found

    @cached_property
    def _incoming(self) -> dict[str, list[Edge]]:
        found: dict[str, list[Edge]] = defaultdict(list)
        for edges in self._outgoing.values():
            for edge in edges:
                found[edge.target].append(edge)
        return found


def _unobserved(_record: type[Record]) -> None:
    """Nobody watches what is read."""
