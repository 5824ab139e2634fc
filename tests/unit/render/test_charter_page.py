"""A pilot charter's page adds up its days and holds them against both limits; a year is no amount."""

from collections.abc import Mapping

import pytest

from generator.bootstrap import theme
from generator.kinds.portal import Settings
from generator.model.judgement import Judgement
from generator.render.site.build import site_pages
from generator.render.site.source import SiteSource
from tests.factories import MINIMAL_DAY, edited, loaded, minimal_files

CHARTER = "cohorts/cht-pilot.md"


def _page(files: Mapping[str, bytes], path: str) -> str:
    portal = loaded(files).portal
    source = SiteSource(Judgement(MINIMAL_DAY, portal.seen_on(MINIMAL_DAY)), portal.all(Settings)[0])
    (found,) = (page for page in site_pages(source, theme()) if page.path == path)
    return found.html


def test_preparation_delivery_and_looking_back_add_up() -> None:
    html = _page(minimal_files(), "pilots/cht-pilot/")
    for part in ("How the days add up", "7 days", "75 days", "89 days", "at most 90 days", "8 weeks to 12 weeks"):
        assert part in html, part
    assert html.index("Preparation") < html.index("Delivery") < html.index("Looking back")
    assert "Inside both limits" in html


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\nend: 2026-04-10", "\nend: 2026-04-30", "109 days are over 90"),
        ("end: 2026-04-03}", "end: 2026-04-12}", "the parts do not follow one another"),
        ("start: 2026-01-19, end: 2026-04-03", "start: 2026-03-02, end: 2026-04-03", "4.7 weeks of delivery"),
    ],
)
def test_a_limit_that_is_not_kept_is_told(old: str, new: str, told: str) -> None:
    html = _page(edited(minimal_files(), CHARTER, old, new), "pilots/cht-pilot/")
    assert told in html
    assert "Inside both limits" not in html


def test_a_charter_without_delivery_says_so() -> None:
    files = edited(minimal_files(), CHARTER, "delivery: {start: 2026-01-19, end: 2026-04-03}\n", "")
    assert "does not say when delivery starts and ends" in _page(files, "pilots/cht-pilot/")


def test_a_year_is_no_amount() -> None:
    html = _page(minimal_files(), "sla/")
    assert ">2026<" in html or " 2026" in html
    assert "2\u202f026" not in html
    assert "2\u2009026" not in html
