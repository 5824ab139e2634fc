"""Which sections a pack has, and that no kind is left out."""

from pathlib import Path

import pytest
from jinja2 import Environment, meta

from generator.kinds import KINDS
from generator.render.packs.environment import environment
from generator.render.packs.sections import FLOWING, SECTIONS, WIDE

TEMPLATES = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parents[3] / "theme" / "packs").glob("*.html"))
}


@pytest.fixture(scope="module")
def made() -> Environment:
    """The environment over the templates of this checkout."""
    return environment(TEMPLATES)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_is_well_formed_and_asks_for_what_it_is_given(made: Environment, name: str) -> None:
    asked = meta.find_undeclared_variables(made.parse(TEMPLATES[name]))
    assert asked <= {"source", "v", "heads", "left_out", "sections", *made.globals}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_a_section_has_its_template(section: object) -> None:
    assert getattr(section, "file") in TEMPLATES  # noqa: B009 - the parameter is typed loosely for its id


def test_no_template_is_left_over() -> None:
    used = {section.file for section in SECTIONS} | {"document.html", "cover.html", "macros.html"}
    assert set(TEMPLATES) == used


def test_every_printed_kind_exists_and_is_printed_once() -> None:
    printed = [name for section in SECTIONS for name in section.kinds]
    assert len(printed) == len(set(printed))
    assert set(printed) <= {kind.name for kind in KINDS}


def test_layouts_name_sections_that_exist() -> None:
    names = {section.name for section in SECTIONS}
    assert names >= WIDE | FLOWING
    assert not WIDE & FLOWING


def test_no_template_sets_a_font_or_fetches_anything() -> None:
    text = "".join(TEMPLATES.values())
    assert "http" not in text.replace('font-family="Pack Sans"', "")
    assert "font-family" not in text.replace('font-family="Pack Sans"', "")
