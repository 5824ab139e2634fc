"""Nothing that editors write in Markdown is without a page."""

import pytest

from generator.bootstrap import theme
from generator.commands.texts import markdown_texts
from generator.kinds.portal import Settings
from generator.model.judgement import Judgement
from generator.render.site.build import site_pages
from generator.render.site.source import SiteSource
from tests.factories import MINIMAL_DAY, loaded, minimal_files


@pytest.fixture(scope="module")
def pages() -> str:
    """Every page of the minimal portal, each text in a mark of its own."""
    portal = loaded(minimal_files()).portal
    texts = {text: f"<p>mark{number}.</p>" for number, text in enumerate(sorted(set(markdown_texts(portal))))}
    source = SiteSource(Judgement(MINIMAL_DAY, portal.seen_on(MINIMAL_DAY), texts=texts), portal.all(Settings)[0])
    return "".join(page.html for page in site_pages(source, theme()))


TEXTS = sorted(set(markdown_texts(loaded(minimal_files()).portal)))


@pytest.mark.parametrize("number", range(len(TEXTS)), ids=[text[:30] for text in TEXTS])
def test_every_text_stands_on_a_page(pages: str, number: int) -> None:
    assert f"mark{number}." in pages, TEXTS[number]
