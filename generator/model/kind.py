"""Kind, Shape and Rule: how a concept is stored, named, judged and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from generator.errors import Finding, Severity
from generator.model.record import Record

if TYPE_CHECKING:
    from generator.model.judgement import Judgement

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class MarkdownEach:
    """One Markdown file a record: YAML front matter holds the fields, the text below it is the field `text`."""

    glob: str


@dataclass(frozen=True, slots=True)
class YamlEach:
    """One YAML file a record; `at` names the part of the document, empty means what no other kind claims."""

    glob: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class YamlList:
    """One YAML file with a list of records, the whole document or under the key `at`."""

    path: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class CsvTable:
    """CSV files with a row a record; `sort` names the columns that order the rows.

    `from_name` names fields taken from the file's name, its parts split at the first dot: 2026-03-31.r2.csv gives
    ("2026-03-31", "r2").
    """

    glob: str
    sort: tuple[str, ...]
    from_name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nested:
    """Records written inside a parent's record under the field `at`: one mapping or a list of them."""

    parent: str
    at: str


Shape = MarkdownEach | YamlEach | YamlList | CsvTable | Nested


@dataclass(frozen=True, slots=True)
class PageSpec:
    """Where a record is shown: a page of its own (`{id}` in the path) or an anchor on a shared page."""

    path: str
    template: str = ""
    anchor: bool = False

    def url(self, key: str) -> str:
        """The address below the site's root, with the anchor where the page is shared."""
        slug = key.replace("/", "-").replace(":", "-")
        return f"{self.path}#{slug}" if self.anchor else self.path.format(id=slug)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that content must fulfil; `message` is filled with the finding's values, `key` and `field`."""

    code: str
    severity: Severity
    title: str
    why: str
    remedy: str
    message: str
    check: Callable[[Judgement], Iterable[Finding]] | None = None  # None: found while loading


@dataclass(frozen=True, eq=False)
class Kind(Generic[R]):
    """A concept: its record class, where it lives, its rules and where it is shown."""

    name: str
    record: type[R]
    shape: Shape
    title: str = ""
    plural: str = ""
    prefix: str = ""
    key: tuple[str, ...] = ("id",)
    dated: str = ""  # the field that says from which day the record is seen; empty: always
    rules: tuple[Rule, ...] = ()
    page: PageSpec | None = None
    pack_section: str | None = None
    immutable: bool = False  # a published record is never edited, only followed by a new one
    mutable_fields: frozenset[str] = field(default_factory=frozenset)  # what may still change when immutable

    def key_of(self, record: R) -> str:
        """The record's key: its id, or the declared columns behind the kind."""
        if self.key == ("id",):
            return str(getattr(record, "id"))  # noqa: B009 - a row has no id; the declared key says which field
        return "/".join((self.name, *(str(getattr(record, column)) for column in self.key)))
