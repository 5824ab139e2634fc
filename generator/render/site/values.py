"""Any field of any record as safe HTML: links by title, dates spelt, lists, nested values as small tables."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from markupsafe import Markup

from generator.model.portal import Portal
from generator.model.record import Record, Value
from generator.render.site import words
from generator.views.shown import ref

NUMBERED = frozenset({"year"})  # numbers that name something: nobody counts 2 026 of it
QUIET = frozenset({"id", "title", "classification", "formerly"})


class Shown:
    """Writes the values of one portal's records, with its rendered Markdown at hand."""

    def __init__(self, portal: Portal, texts: Mapping[str, str]) -> None:
        self.portal = portal
        self.texts = texts

    def fields(self, record: Value, *, quiet: frozenset[str] = QUIET) -> Iterator[tuple[str, Markup]]:
        """Name and value of every field that says something, in the order of the record class."""
        for name in type(record).model_fields:
            value = getattr(record, name)
            prose = name == "text" and value in self.texts
            if name not in quiet and not prose and value is not None and value not in ((), {}, ""):
                yield words.word(name), self.field(record, name)

    def field(self, record: Value, name: str) -> Markup:
        """The value of one field; nothing where it says nothing."""
        value = getattr(record, name)
        if value is None or value in ((), {}):
            return Markup("")
        return Markup("%s") % value if name in NUMBERED else self.value(value)

    def value(self, value: Any) -> Markup:
        """One value."""
        if isinstance(value, Value):
            return self._nested(value)
        if isinstance(value, dict):
            return _listed([Markup("%s: %s") % (self.value(name), self.value(item)) for name, item in value.items()])
        if isinstance(value, tuple | list):
            return _listed([self.value(item) for item in value])
        if isinstance(value, str) and not isinstance(value, Enum):
            return self.text(value)
        return Markup("%s") % _scalar(value)

    def text(self, value: str) -> Markup:
        """A text: a link where it is a record's key, safe HTML where it is Markdown, else itself."""
        if value in self.portal:
            return words.link(ref(self.portal, value))
        rendered = self.texts.get(value)
        if rendered is not None and ("\n" in value or "<" in rendered.removeprefix("<p>").removesuffix("</p>")):
            return Markup('<div class="rp-prose">%s</div>') % Markup(rendered)  # noqa: S704 - from the sanitiser
        if value.startswith("https://"):
            return Markup('<a href="%s" rel="noopener">%s</a>') % (value, value)
        if len(value) == 64 and not set(value) - set("0123456789abcdef"):
            return words.digest(value)
        return Markup("%s") % value

    def prose(self, value: str | None) -> Markup:
        """A Markdown field as safe HTML; its escaped text where nothing was rendered."""
        if not value:
            return Markup("")
        rendered = self.texts.get(value)
        return Markup(rendered) if rendered is not None else Markup("<p>%s</p>") % value  # noqa: S704 - sanitised

    def prose_fields(self, record: Record) -> Iterator[tuple[str, str]]:
        """Name and source text of the fields that are long Markdown, each worth a panel."""
        value = getattr(record, "text", None)
        if isinstance(value, str) and value in self.texts:
            yield "In words", value

    def _nested(self, value: Value) -> Markup:
        parts = [
            Markup("%s %s") % (words.word(name).lower(), self.value(item))
            for name in type(value).model_fields
            if (item := getattr(value, name)) is not None and item not in ((), {}, "")
        ]
        return Markup("; ").join(parts)


def _listed(parts: list[Markup]) -> Markup:
    if sum(len(part) for part in parts) < 120 or len(parts) == 1:
        return Markup(", ").join(parts)
    return Markup("<ul>%s</ul>") % Markup("").join(Markup("<li>%s</li>") % part for part in parts)


def _scalar(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | datetime):
        return words.day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Enum):
        return words.word(value.value)
    if isinstance(value, Decimal):
        return words.number(value, -min(int(value.normalize().as_tuple().exponent), 0))
    return words.count(value) if isinstance(value, int) else value
