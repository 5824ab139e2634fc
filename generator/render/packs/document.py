"""A pack as one HTML document: cover, then its sections, numbered."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.render.packs.environment import environment
from generator.render.packs.format import NO_BREAK
from generator.render.packs.sections import FLOWING, SECTIONS, WIDE, Section, selected
from generator.render.packs.source import PackSource

UNNUMBERED = frozenset({"contents"})


@dataclass(frozen=True, slots=True)
class Printed:
    """A section as the document holds it."""

    name: str
    number: str
    title: str
    subtitle: str
    css: str
    html: str = ""


def pack_html(source: PackSource, templates: Mapping[str, str]) -> str:
    """The whole pack as HTML for print; `templates` are the files of theme/packs by name."""
    made = environment(templates)
    chosen = _with_content(source, selected(source))
    heads = _numbered([section for section, _ in chosen])
    left_out = _left_out([section for section, _ in chosen])
    printed = []
    for (section, view), head in zip(chosen, heads, strict=True):
        html = made.get_template(section.file).render(source=source, v=view, heads=heads, left_out=left_out)
        printed.append(Printed(head.name, head.number, head.title, head.subtitle, head.css, Markup(html)))  # noqa: S704 - escaped by its template
    whole = made.get_template("document.html").render(source=source, sections=printed)
    return whole.replace(" %", f"{NO_BREAK}%")  # a number and its sign never part, whoever wrote them


def _with_content(source: PackSource, sections: tuple[Section, ...]) -> list[tuple[Section, object]]:
    views = [(section, section.view(source)) for section in sections]
    return [(section, view) for section, view in views if getattr(view, "tables", True) != ()]


def _numbered(sections: list[Section]) -> list[Printed]:
    heads, number = [], 0
    for section in sections:
        number += section.name not in UNNUMBERED
        shown = "" if section.name in UNNUMBERED else str(number)
        heads.append(Printed(section.name, shown, section.title, section.subtitle, _css(section)))
    return heads


def _left_out(printed: list[Section]) -> str:
    names = {section.name for section in printed}
    return ", ".join(section.title for section in SECTIONS if section.name not in names and section.asked)


def _css(section: Section) -> str:
    return "wide" if section.name in WIDE else "flow" if section.name in FLOWING else ""
