"""The menu of dates in the header of a site with editions: plain links, which the browser script makes comfortable.

An edition is built once and never again, so it cannot name those that come later: it links to today and to the list of
all dates, and the script fills in the others from a file that lies beside the list.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import escape

LIST = "as-of/editions.js"
TODAY = "Today"
_BEFORE = ('<form class="md-header__option"', '<label class="md-header__button md-icon" for="__search">', "</nav>")


@dataclass(frozen=True, slots=True)
class Dates:
    """What the menu offers: words and folder of every edition, newest first, and in an edition its own words."""

    editions: tuple[tuple[str, str], ...] = ()
    here: str = ""  # "As of 31 Mar 2026" in an edition

    def __bool__(self) -> bool:
        """Whether there is any other date to go to."""
        return bool(self.editions or self.here)

    def ways(self, page: str) -> tuple[str, str]:
        """From a page's address to the root of its own site, and to that of the newest site."""
        root = "../" * page.count("/")
        return root or "./", f"{root}../../" if self.here else root or "./"


def with_menu(html: str, dates: Dates, page: str) -> str:
    """The page with the menu in its header; the page itself where there is no other date."""
    if not dates:
        return html
    place = next((found for mark in _BEFORE if (found := html.find(mark)) >= 0), -1)
    return f"{html[:place]}{menu(dates, page)}{html[place:]}" if place >= 0 else html


def menu(dates: Dates, page: str) -> str:
    """The menu, closed."""
    root, newest = dates.ways(page)
    here = dates.here or TODAY
    links = [_link(TODAY, f"{newest}index.html", current=not dates.here)]
    if dates.here:
        links.append(_link(dates.here, f"{root}index.html", current=True))
    links.extend(_link(words, f"{newest}{folder}index.html") for words, folder in dates.editions)
    links.append(f'<li class="all"><a href="{newest}as-of/index.html">All dates</a></li>')
    later = f' data-root="{newest}" data-list="{newest}{LIST}"' if dates.here else ""
    return (
        f'<details class="rp-dates" data-page="{escape(page)}"{later}>'
        f'<summary aria-label="{escape(here)}, other dates">{_short(here)}</summary><ul>{"".join(links)}</ul></details>'
    )


def banner(edition: str, page: str) -> str:
    """What stands above every page of an edition, with the ways to other dates; nothing on the site itself."""
    if not edition:
        return ""
    _, newest = Dates(here=edition).ways(page)
    return (
        f'<aside class="rp-edition" aria-label="Edition"><p>{escape(edition)} '
        f'<a href="{newest}index.html">Today</a> · <a href="{newest}as-of/index.html">Other dates</a></p></aside>'
    )


def editions_script(editions: Iterable[tuple[str, str]]) -> bytes:
    """The editions as a script, which pages opened from a folder can read too."""
    return f"var rpEditions = {json.dumps([list(one) for one in editions])};\n".encode()


def _short(words: str) -> str:
    """The words with their first ones marked: on a phone only the date stands in the header."""
    first, found, day = words.partition("As of ")
    return f"<span>{found}</span>{escape(day)}" if found else str(escape(first))


def _link(words: str, address: str, *, current: bool = False) -> str:
    mark = ' aria-current="true"' if current else ""
    return f'<li><a href="{escape(address)}"{mark}>{escape(words)}</a></li>'
