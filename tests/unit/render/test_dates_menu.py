"""The menu of dates: where it stands, where it leads, and when there is none."""

import re

from generator.render.site.dates_menu import Dates, banner, editions_script, menu, with_menu

EDITIONS = (("As of 30 Sep 2026", "as-of/2026-09-30/"), ("As of 30 Jun 2026", "as-of/2026-06-30/"))
HEADER = '<nav><a>logo</a><form class="md-header__option"></form></nav>'


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html)


def test_today_leads_to_every_edition_and_to_the_list() -> None:
    assert links(menu(Dates(EDITIONS), "roles/rol-a/index.html")) == [
        "../../index.html",
        "../../as-of/2026-09-30/index.html",
        "../../as-of/2026-06-30/index.html",
        "../../as-of/index.html",
    ]


def test_an_edition_leads_to_today_and_names_the_file_of_the_others() -> None:
    made = menu(Dates(here="As of 30 Sep 2026"), "index.html")
    assert links(made) == ["../../index.html", "./index.html", "../../as-of/index.html"]
    assert 'data-list="../../as-of/editions.js"' in made
    assert 'aria-label="As of 30 Sep 2026, other dates"' in made


def test_the_menu_stands_before_the_palette_or_at_the_end_of_the_header() -> None:
    dates = Dates(EDITIONS)
    assert with_menu(HEADER, dates, "index.html").index("rp-dates") < HEADER.index("<form") + 40
    assert with_menu("<nav></nav>", dates, "index.html").startswith('<nav><details class="rp-dates"')
    assert with_menu("<p>no header</p>", dates, "index.html") == "<p>no header</p>"


def test_a_site_alone_has_no_menu_and_no_banner() -> None:
    assert with_menu(HEADER, Dates(), "index.html") == HEADER
    assert banner("", "index.html") == ""


def test_words_are_escaped() -> None:
    hostile = "As of <script>"
    assert "<script>" not in menu(Dates(((hostile, "as-of/x/"),), hostile), "index.html")
    assert "<script>" not in banner(f"{hostile}: {hostile}", "index.html")


def test_the_list_is_a_script_that_a_folder_can_load() -> None:
    assert editions_script(EDITIONS[:1]) == b'var rpEditions = [["As of 30 Sep 2026", "as-of/2026-09-30/"]];\n'
