"""Every kind has what it needs: a docstring, an example, a paragraph of documentation, a place on the site."""

from functools import cache

import pytest

from generator.bootstrap import theme
from generator.checks import RULES
from generator.kinds import KINDS
from generator.kinds.portal import Settings
from generator.load.claims import AnyKind, claimants, glob_of
from generator.model.kind import Nested
from generator.render.site.build import site_pages
from generator.render.site.source import SiteSource
from tests.factories import CONTENT, PORTALS, judged, minimal_files

DOCUMENTATION = (CONTENT.parent / "docs" / "data-model.md").read_text()
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@cache
def pages() -> dict[str, str]:
    """Path -> HTML of the minimal portal's site."""
    judgement = judged(minimal_files()).judgement
    (settings,) = judgement.portal.all(Settings)
    return {page.path: page.html for page in site_pages(SiteSource(judgement, settings), theme())}


@each_kind
def test_a_kind_says_what_it_is(kind: AnyKind) -> None:
    assert (kind.record.__doc__ or "").strip().endswith(".")
    assert kind.title
    assert kind.plural
    assert all(info.description for info in kind.record.model_fields.values())


@each_kind
def test_a_kind_has_an_example(kind: AnyKind) -> None:
    assert judged(minimal_files()).loaded.portal.all(kind.record)


@each_kind
def test_a_kind_has_a_paragraph_of_documentation(kind: AnyKind) -> None:
    heading = f"## {kind.title} (`{kind.name}`)"
    place = kind.shape.at if isinstance(kind.shape, Nested) else f"content/{glob_of(kind)}"

    _, found, rest = DOCUMENTATION.partition(heading)
    paragraph = rest.partition("\n## ")[0]

    assert found
    assert place in paragraph.replace("\n", "")
    assert all(rule.code in paragraph for rule in kind.rules)


@each_kind
def test_a_record_is_shown_where_its_kind_says(kind: AnyKind) -> None:
    portal = judged(minimal_files()).loaded.portal
    for entry in portal.entries_of(kind.record):
        path, _, anchor = entry.url().partition("#")
        assert path in pages()
        assert not anchor or f'id="{anchor}"' in pages()[path]


def test_kinds_have_their_own_names_prefixes_and_classes() -> None:
    names = [kind.name for kind in KINDS]
    prefixes = [kind.prefix for kind in KINDS if kind.prefix]
    classes = [kind.record for kind in KINDS]

    assert len(set(names)) == len(names)
    assert len(set(prefixes)) == len(prefixes)
    assert len(set(classes)) == len(classes)


def test_every_link_names_kinds_that_exist() -> None:
    known = {"*", *(kind.name for kind in KINDS)}
    found = {link for entry in _entries() for ref in entry for link in ref}

    assert found <= known


def test_rules_have_their_own_codes_and_say_why() -> None:
    codes = [rule.code for rule in RULES]

    assert len(set(codes)) == len(codes)
    assert all(rule.title and rule.why.endswith(".") and rule.remedy.endswith(".") for rule in RULES)


def test_every_file_of_the_minimal_portal_is_claimed() -> None:
    assert all(claimants(path, KINDS) for path in minimal_files())
    assert (PORTALS / "minimal").is_dir()


def _entries() -> list[list[tuple[str, ...]]]:
    portal = judged(minimal_files()).loaded.portal
    return [[reference.kinds for reference in entry.record.references()] for entry in portal.entries.values()]
