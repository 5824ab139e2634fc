"""What a finished site must fulfil, judged on its files: every page there, every link alive, nothing from elsewhere.

MkDocs' own strict mode does not see links in HTML that did not come from Markdown.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^<>\"'=\s]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>\"']*))?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"(?<![a-zA-Z-])([a-zA-Z-]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_LOADING = {"src", "srcset", "data", "poster", "action", "formaction", "background"}
_CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
_NOT_LINKS = ("mailto:", "tel:", "data:", "#!")
THEME_STYLES = "assets/stylesheets/"  # Material's own; their addresses are fragments of SVG masks
NOT_FOUND_PAGE = "404.html"  # its links begin at the server's root


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page offers and asks for."""

    ids: frozenset[str]
    links: tuple[str, ...]
    loads: tuple[str, ...]
    repeated: tuple[str, ...]


def site_problems(files: Mapping[str, bytes], expected: Iterable[str]) -> tuple[str, ...]:
    """Everything that is wrong with a site, a sentence each, in order; a good site gives nothing."""
    pages = {path: _read(data.decode()) for path, data in files.items() if path.endswith(".html")}
    problems = [f"{path}: the page was expected and is missing" for path in sorted(expected) if path not in files]
    for path, page in sorted(pages.items()):
        problems.extend(f'{path}: the id "{name}" stands twice' for name in page.repeated)
        problems.extend(
            f"{path}: loads {address}, which is not ours" for address in page.loads if _is_elsewhere(address)
        )
        if path != NOT_FOUND_PAGE:
            problems.extend(_dead(path, page, pages, files))
    for path, data in sorted(files.items()):
        if path.endswith(".css"):
            problems.extend(_style_problems(path, data.decode(), files))
    return tuple(problems)


def _read(html: str) -> _Page:
    ids: list[str] = []
    links: list[str] = []
    loads: list[str] = []
    for tag in _TAG.finditer(html):
        element = tag[1].lower()
        for name, double, single, bare in _ATTRIBUTE.findall(tag[2]):
            value = unescape(double or single or bare)
            if name == "id":
                ids.append(value)
            elif name == "href":
                (loads if element == "link" and _is_loaded(tag[2]) else links).append(value)
            elif name.lower() in _LOADING:
                loads.append(value)
    return _Page(frozenset(ids), tuple(links), tuple(loads), _twice(ids))


def _is_loaded(attributes: str) -> bool:
    return "canonical" not in attributes and "alternate" not in attributes


def _twice(ids: list[str]) -> tuple[str, ...]:
    seen: set[str] = set()
    return tuple(dict.fromkeys(name for name in ids if name in seen or seen.add(name)))  # type: ignore[func-returns-value]


def _is_elsewhere(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme in ("http", "https", "ftp", "javascript")


def _dead(path: str, page: _Page, pages: Mapping[str, _Page], files: Mapping[str, bytes]) -> Iterator[str]:
    for address in dict.fromkeys((*page.links, *page.loads)):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or address.startswith(_NOT_LINKS):
            continue
        target = _target(path, unquote(parts.path), files)
        if target is None:
            yield f"{path}: the link {address} leads nowhere"
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
            yield f"{path}: the link {address} leads to a place that is not on the page"


def _target(path: str, address: str, files: Mapping[str, bytes]) -> str | None:
    if not address:
        return path
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)).removeprefix("/")
    if joined.startswith(".."):
        return None
    index = posixpath.join("" if joined == "." else joined, "index.html")
    return joined if joined in files else index if index in files else None


def _style_problems(path: str, text: str, files: Mapping[str, bytes]) -> Iterator[str]:
    for address in _CSS_ADDRESS.findall(text):
        if address.startswith(("data:", "#")) or path.startswith(THEME_STYLES):
            continue
        if _is_elsewhere(address):
            yield f"{path}: loads {address}, which is not ours"
        elif _target(path, address, files) is None:
            yield f"{path}: loads {address}, which is not there"
