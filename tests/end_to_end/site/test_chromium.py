"""A browser that is not ours reads the site: quietly, without leaving the host, on every screen, and from a folder."""

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.end_to_end.site.conftest import serving

pytest.importorskip("playwright.sync_api", reason="Playwright's Python package is not installed")
from playwright.sync_api import Browser

from tests.end_to_end.site.browsing import NEEDS_CHROMIUM, SCREENS, browser, left_the_host, opened, running, search

__all__ = ["browser", "running"]  # fixtures
PAGES = (
    "index.html",
    "roadmap/index.html",
    "matrix/index.html",
    "roles/rol-fraud-analyst/index.html",
    "kpis/kpi-completion/index.html",
    "obligations/obl-aia-4/index.html",
    "evidence/index.html",
    "calendar/index.html",
    "for-editors.html",
)
FOCUSED = """() => {
  const one = document.activeElement, ownRing = one.closest(".md-search"), palette = one.matches(".md-option");
  const style = getComputedStyle(palette ? one.nextElementSibling : one);
  return [one.outerHTML.slice(0, 80), ownRing ? 3 : style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth)];
}"""  # Material's search opens over the page when it has the focus
pytestmark = NEEDS_CHROMIUM


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_quiet_stays_on_the_host_and_fits(browser: Browser, address: str, path: str, screen: str) -> None:
    seen = opened(browser, address + path, screen)
    assert seen.said == []
    assert left_the_host(seen, address) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    seen.page.context.close()


def test_the_matrix_filter_narrows_rows_and_columns(browser: Browser, address: str) -> None:
    page = opened(browser, address + "matrix/index.html").page
    rows = page.locator("#mx tbody tr[data-words]:visible")
    total = rows.count()
    page.fill("input[name=words]", "fraud")
    assert 0 < rows.count() < total
    assert page.locator(".rp-tools output").inner_text().startswith(f"{rows.count()} of {total}")
    page.fill("input[name=words]", "")
    columns = page.locator("#mx thead th[data-column]:visible")
    before = columns.count()
    page.fill("input[name=column]", "prompt")
    assert 0 < columns.count() < before


def test_the_role_is_remembered(browser: Browser, address: str) -> None:
    page = opened(browser, address).page
    page.click("[data-role=rol-fraud-analyst]")
    page.goto(address)
    assert page.locator(".rp-pick .me").inner_text() == "Fraud analyst"


def test_a_role_says_what_must_be_done_by_when(browser: Browser, address: str) -> None:
    page = opened(browser, address + "roles/rol-fraud-analyst/index.html").page
    first = page.locator(".rp-todo > li").first
    assert re.search(r"\d{1,2} \w{3} \d{4}", first.inner_text())
    assert str(first.locator("a.md-button").get_attribute("href")).startswith("https://")


@pytest.mark.parametrize("path", ["index.html", "matrix/index.html"])
def test_whoever_tabs_through_a_page_sees_where_they_are(browser: Browser, address: str, path: str) -> None:
    page = opened(browser, address + path).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#top"  # the way past the navigation
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        words, ring = page.evaluate(FOCUSED)
        unseen += [] if ring >= 2 else [words]
    assert unseen == []


def test_everything_is_there_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "matrix/index.html")
    assert page.locator("#mx tbody tr[data-words]").count() > 10
    assert not page.locator("form.rp-tools").first.is_visible()
    context.close()


@pytest.mark.parametrize("secure", [True, False])
def test_the_verify_box_knows_bytes_that_were_not_issued(browser: Browser, address: str, *, secure: bool) -> None:
    page = opened(browser, address + "evidence/index.html").page
    if not secure:  # a plain-http host name has no crypto.subtle: the page's own SHA-256 answers
        page.add_init_script("Object.defineProperty(window, 'crypto', {value: undefined})")
        page.reload()
    data = b"%PDF-1.7 foreign" * 500
    page.set_input_files("#pdf", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": data})
    page.wait_for_selector("#res .rp-call")
    told = page.locator("#res").inner_text()
    assert "not in the ledger" in told
    assert hashlib.sha256(data).hexdigest() in told


def test_the_site_opens_and_searches_from_a_folder(browser: Browser, built: Path) -> None:
    seen = opened(browser, (built / "index.html").as_uri())
    search(seen.page, "fraud")
    found = seen.page.locator(".md-search-result__item a").first.get_attribute("href")
    seen.page.goto(str(found))
    assert urlsplit(seen.page.url).path.endswith(".html")
    assert [url for url in seen.asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_every_link_of_a_page_in_a_folder_leads_to_a_file(browser: Browser, built: Path) -> None:
    page = opened(browser, (built / "index.html").as_uri()).page
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => new URL(a.href).pathname)")
    assert [link for link in links if not Path(link).is_file()] == []
    page.click("[data-role=rol-fraud-analyst]")
    assert page.locator("h1").inner_text() == "Fraud analyst"


def test_the_site_runs_under_a_strict_policy(browser: Browser, built: Path) -> None:
    for address in serving(built, content_security_policy(built)):
        seen = opened(browser, address)
        search(seen.page, "fraud")
        assert seen.said == []


def content_security_policy(site: Path) -> str:
    """No inline style, no inline script but Material's own few, nothing from elsewhere."""
    inline: set[str] = set()
    for path in site.rglob("*.html"):
        for script in re.findall(r"<script>(.*?)</script>", path.read_text(), re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            inline.add(f"'sha256-{digest}'")
    assert len(inline) <= 6
    return (
        f"default-src 'none'; script-src 'self' {' '.join(sorted(inline))}; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"
    )
