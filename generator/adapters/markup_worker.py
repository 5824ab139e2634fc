"""Markdown to safe HTML, in a process of its own with little memory and little time.

Reads a JSON list of texts from standard input, writes the JSON list of their HTML to standard output.
1. Python-Markdown renders; raw HTML in the text passes through it.
2. Alignment of table cells becomes a class, because no inline style is ever published.
3. nh3 keeps a short list of elements; images, scripts, forms and event handlers go.
4. An address stays only if it is https:, mailto:, a place in the page, or a plain path.
5. Headings move below the page's own.
"""

import contextlib
import json
import re
import resource
import sys

import markdown
import nh3

CPU_SECONDS = 20
MEMORY_BYTES = 768 * 1024 * 1024
_INLINE = {"a", "br", "code", "del", "em", "ins", "strong", "sub", "sup"}
_BLOCKS = {"blockquote", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
_TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
TAGS = _INLINE | _BLOCKS | _TABLES
ATTRIBUTES = {"a": {"href", "title"}, "th": {"class"}, "td": {"class"}, "ol": {"start"}}
_ALIGNMENT = {"text-align: right;": "al-r", "text-align: center;": "al-c", "text-align: left;": "al-l"}
_PLAIN_PATH = re.compile(r"(?!//)@?[A-Za-z0-9._/#-]*")  # two slashes would name another host
_SAFE_SCHEME = re.compile(r"(https|mailto):[!-~]+")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_STYLE = re.compile(r' style="(text-align: (?:right|center|left);)"')


def rendered(text: str) -> str:
    """The safe HTML of one Markdown text."""
    html = markdown.markdown(text, extensions=["tables", "sane_lists", "fenced_code"], output_format="html")
    html = _STYLE.sub(lambda match: f' class="{_ALIGNMENT[match[1]]}"', html)
    html = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_kept, link_rel="noopener noreferrer")
    return _HEADING.sub(lambda match: f"<{match[1]}h{max(3, min(int(match[2]) + 1, 6))}>", html)


def _kept(element: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return value if value in _ALIGNMENT.values() else None
    if element == "a" and attribute == "href":
        return value if _PLAIN_PATH.fullmatch(value) or _SAFE_SCHEME.fullmatch(value) else None
    return value


def _bound(what: int, limit: int) -> None:
    """A limit for this process; one that its caller set lower already stays."""
    _, most = resource.getrlimit(what)
    own = limit if most == resource.RLIM_INFINITY else min(limit, most)
    with contextlib.suppress(ValueError, OSError):  # macOS bounds no address space: the other limits hold
        resource.setrlimit(what, (own, own))


def main() -> None:
    """Bound this process, then answer one request."""
    _bound(resource.RLIMIT_CPU, CPU_SECONDS)
    _bound(resource.RLIMIT_AS, MEMORY_BYTES)
    json.dump([rendered(text) for text in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
