"""What managers print: each toolkit is one A4 page, with all of its words and none of the site around it."""

import io
from pathlib import Path

import pikepdf
import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright's Python package is not installed")
from playwright.sync_api import Browser

from tests.end_to_end.site.browsing import NEEDS_CHROMIUM, browser, opened, running

__all__ = ["browser", "running"]  # fixtures
pytestmark = NEEDS_CHROMIUM


def test_every_toolkit_prints_on_one_page(browser: Browser, built: Path, address: str) -> None:
    pages = sorted(path.relative_to(built).as_posix() for path in (built / "toolkits").glob("tkt-*/index.html"))
    printed = {path: _pages_of(browser, address + path) for path in pages}
    assert len(printed) >= 5
    assert printed == dict.fromkeys(pages, 1)


def test_the_paper_holds_the_words_and_not_the_links_around_them(browser: Browser, address: str) -> None:
    page = opened(browser, address + "toolkits/tkt-fraud-managers/index.html").page
    page.emulate_media(media="print")
    assert page.locator(".rp-prose").is_visible()
    assert page.locator("h1").is_visible()
    assert page.get_by_text("The assistant ranks; you decide.").is_visible()
    assert [page.locator(name).first.is_visible() for name in (".rp-history", ".rp-sub", ".md-header")] == [False] * 3
    page.context.close()


def test_a_toolkit_of_its_longest_reading_still_fits(browser: Browser, address: str) -> None:
    page = opened(browser, address + "toolkits/tkt-fraud-managers/index.html").page
    page.evaluate("document.querySelector('.rp-prose').innerHTML += '<p>' + 'word '.repeat(350) + '</p>'")
    data = page.pdf(prefer_css_page_size=True, format="A4")
    page.context.close()
    assert _count(data) == 1


def _pages_of(browser: Browser, url: str) -> int:
    page = opened(browser, url).page
    data = page.pdf(format="A4", prefer_css_page_size=True)
    page.context.close()
    return _count(data)


def _count(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as opened_file:
        return len(opened_file.pages)
