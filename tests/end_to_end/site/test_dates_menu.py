"""The menu of dates: from the site to an edition and back, on the same page where there is one."""

from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright's Python package is not installed")
from playwright.sync_api import Browser

from tests.end_to_end.site.browsing import NEEDS_CHROMIUM, browser, opened, running

__all__ = ["browser", "running"]  # fixtures
pytestmark = NEEDS_CHROMIUM
ROLE = "roles/rol-fraud-analyst/index.html"
EDITION = "as-of/2026-09-30/"
LATER = 'var rpEditions = [["As of 31 Dec 2026", "as-of/2026-12-31/"], ["As of 30 Sep 2026", "as-of/2026-09-30/"]];'


def test_the_menu_leads_to_the_same_page_of_another_date_and_back(browser: Browser, address: str) -> None:
    page = opened(browser, address + ROLE).page
    page.click(".rp-dates > summary")
    page.click(".rp-dates >> text=As of 30 Sep 2026")
    page.wait_for_url(address + EDITION + ROLE)
    assert page.locator(".rp-edition").inner_text().startswith("As of 30 Sep 2026: what was true then")
    page.click(".rp-dates > summary")
    page.click(".rp-dates >> text=Today")
    page.wait_for_url(address + ROLE)
    assert page.locator(".rp-edition").count() == 0


def test_an_edition_offers_the_editions_that_came_later(browser: Browser, address: str) -> None:
    seen = opened(browser, address + EDITION + "index.html")
    page = seen.page
    page.route("**/as-of/editions.js", lambda route: route.fulfill(body=LATER, content_type="text/javascript"))
    page.click(".rp-dates > summary")
    page.wait_for_selector(".rp-dates >> text=As of 31 Dec 2026")
    assert page.locator(".rp-dates li").all_inner_texts() == [
        "Today",
        "As of 31 Dec 2026",
        "As of 30 Sep 2026",
        "All dates",
    ]
    page.keyboard.press("Escape")
    assert not page.locator(".rp-dates ul").is_visible()
    assert seen.said == []


def test_the_menu_is_links_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ROLE)
    page.focus(".rp-dates > summary")
    page.keyboard.press("Enter")
    page.click(".rp-dates >> text=As of 30 Sep 2026")
    assert page.url == address + EDITION + "index.html"
    page.click(".rp-edition >> text=Today")
    assert page.url == address + "index.html"
    context.close()


def test_the_menu_is_in_no_search_and_in_no_site_without_editions(built: Path, alone: Path) -> None:
    assert "All dates" not in (built / "search/search_index.json").read_text()
    assert 'class="rp-dates"' in (built / "index.html").read_text()
    assert 'class="rp-dates"' not in (alone / "index.html").read_text()
    assert not (alone / "as-of/editions.js").exists()
