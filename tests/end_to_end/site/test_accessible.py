"""axe-core, the engine that auditors of web pages use, reads one page of every sort: no violation.

Every rule counts: WCAG 2.0, 2.1 and 2.2 at A and AA, and the best practices. None is excepted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright's Python package is not installed")
pytest.importorskip("axe_playwright_python", reason="the package that carries axe-core is not installed")
from playwright.sync_api import Browser, Page

from tests.end_to_end.site.browsing import DESKTOP, NEEDS_CHROMIUM, PHONE, browser, running

__all__ = ["browser", "running"]  # fixtures
pytestmark = NEEDS_CHROMIUM
SORTS = (
    "",
    "roadmap/",
    "phases/phs-scale/",
    "matrix/",
    "roles/rol-fraud-analyst/",
    "modules/mod-ai-foundations/",
    "obligations/obl-aia-4/",
    "risks/rsk-confident-error/",
    "governance/bod-steering/",
    "decisions/",
    "decisions/dec-2026-001/",
    "kpis/kpi-completion/",
    "evidence/",
    "rules/",
    "changes/",
    "changes/module/",
    "traceability/",
    "gaps/",
    "calendar/",
    "as-of/2026-09-30/",
    "as-of/2026-09-30/roles/rol-fraud-analyst/",
)
ENGINE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
  const said = await axe.run({resultTypes: ["violations"], iframes: false, preload: false});
  return said.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(" ")}`));
}"""
DARK = "document.body.setAttribute('data-md-color-scheme', 'slate')"
NARROW = 320  # CSS pixels: a phone, or a window of 1280 at 400 %


@dataclass(frozen=True)
class Judge:
    """A page that is loaded once and judged in every form."""

    page: Page
    address: str

    def violations(self, path: str) -> list[str]:
        """In light on a screen, in dark on a phone; and what makes a narrow window scroll sideways."""
        self.page.set_viewport_size(DESKTOP)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.goto(f"{self.address}{path}index.html")
        self.page.evaluate(ENGINE)
        found = [f"light, wide: {one}" for one in self.page.evaluate(RUN)]
        self.page.set_viewport_size(PHONE)
        self.page.evaluate(DARK)
        found += [f"dark, phone: {one}" for one in self.page.evaluate(RUN)]
        self.page.set_viewport_size({"width": NARROW, "height": 640})
        wider = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return found + ([f"{wider} px wider than {NARROW}"] if wider > 0 else [])


@pytest.fixture
def judge(browser: Browser, address: str) -> Iterator[Judge]:
    context = browser.new_context()
    yield Judge(context.new_page(), address)
    context.close()


@pytest.mark.parametrize("path", SORTS)
def test_axe_finds_nothing(judge: Judge, path: str) -> None:
    assert judge.violations(path) == []
