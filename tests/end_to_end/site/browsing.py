"""A Chromium that is not ours, and what a page in it said and asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserType, Page, ViewportSize, sync_playwright

CHROMIUM = "/usr/bin/chromium"
NEEDS_CHROMIUM = [
    pytest.mark.outside,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"{CHROMIUM} is not installed"),
]
DESKTOP, PHONE = ViewportSize(width=1366, height=900), ViewportSize(width=390, height=800)
SCREENS: dict[str, tuple[ViewportSize, Literal["light", "dark"]]] = {
    "desktop": (DESKTOP, "light"),
    "phone": (PHONE, "light"),
    "dark": (DESKTOP, "dark"),
}


@dataclass
class Seen:
    """A page in a browser and everything it said or asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def running() -> Iterator[list[Browser]]:
    """The browser that runs, and those before it: a busy machine may kill one, and only one test shall feel it."""
    with sync_playwright() as started:
        browsers: list[Browser] = [_launched(started.chromium)]
        yield browsers
        if browsers[-1].is_connected():
            browsers[-1].close()


@pytest.fixture
def browser(running: list[Browser]) -> Browser:
    """The browser, started again where it was ended."""
    if not running[-1].is_connected():
        running.append(_launched(running[0].browser_type))
    return running[-1]


def _launched(kind: BrowserType) -> Browser:
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]  # shared memory is small in containers
    return kind.launch(executable_path=CHROMIUM, args=arguments)


def opened(browser: Browser, url: str, screen: str = "desktop") -> Seen:
    """A page in a window of its own, once it is quiet."""
    size, scheme = SCREENS[screen]
    context = browser.new_context(viewport=size, color_scheme=scheme)
    seen = Seen(context.new_page())
    seen.page.on(
        "console", lambda message: seen.said.append(message.text) if message.type in ("error", "warning") else None
    )
    seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
    seen.page.on("request", lambda request: seen.asked.append(request.url))
    seen.page.goto(url)
    seen.page.wait_for_load_state("networkidle")
    return seen


def search(page: Page, words: str) -> None:
    """Type once the index is there, and wait for a result: a loaded machine takes its time."""
    page.click(".md-search__input")
    page.wait_for_function(
        "!/^Init/.test(document.querySelector('.md-search-result__meta').textContent)", timeout=60000
    )
    page.locator(".md-search__input").press_sequentially(words)
    page.wait_for_selector(".md-search-result__item", timeout=60000)


def left_the_host(seen: Seen, address: str) -> list[str]:
    """What the page asked of others."""
    return [url for url in seen.asked if not url.startswith((address, "data:", "blob:"))]
