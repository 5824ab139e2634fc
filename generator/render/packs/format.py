"""How packs write digests, states and texts as print HTML, beside the words that they share with the site."""

import html
import re

from markupsafe import Markup

from generator.render.words import (
    MONTHS,
    NO_BREAK,
    Real,
    count,
    day,
    instant,
    label,
    money,
    number,
    partial_day,
    percent,
    plural,
    rounded,
    short_day,
    tight_day,
    words,
)

__all__ = [
    "MONTHS", "NO_BREAK", "Real", "blob", "chip", "count", "day", "grouped", "instant", "label", "money", "number",
    "partial_day", "path", "percent", "plain", "plural", "prose", "rounded", "sha", "short_day", "tight_day", "words",
]  # fmt: skip

LONGEST_CHIP = 22  # letters of a state that stand on one line

# State -> (CSS class, sign): a word, a sign and an edge each, so that colour is never alone.
STATES = {
    "met": ("met", "✓"),
    "good": ("met", "✓"),
    "bad": ("bad", "×"),
    "watch": ("watch", "◆"),
    "nym": ("nym", "○"),
    "plain": ("plain", "○"),
}


def sha(digest: str) -> Markup:
    """A SHA-256 in eight groups of eight that may break between groups."""
    return Markup('<code class="sha">%s</code>') % grouped(digest)


def grouped(digest: str) -> str:
    """A digest in groups of eight."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def blob(identity: str) -> Markup:
    """A git object id in two halves that may break between them."""
    return Markup('<code class="sha">%s %s</code>') % (identity[:20], identity[20:])


def path(value: str) -> Markup:
    """A file path that may break after a slash."""
    return Markup("<wbr>").join(Markup("%s") % part for part in re.split(r"(?<=/)", value) if part)


def chip(state: str, word: str) -> Markup:
    """A state: its word with its sign and edge."""
    css, sign = STATES.get(state, STATES["plain"])
    if len(word) > LONGEST_CHIP:
        css += " wrap"
    return Markup('<span class="st %s">%s%s</span>') % (css, f"{sign}{NO_BREAK}{NO_BREAK}", word)


_HEADING = re.compile(r"<(/?)h([1-6])(?:\s[^<>]*)?>")
# The sanitiser writes < and > of texts and attributes as entities: in every pattern here a tag ends before the next <
_DROPPED = re.compile(r"</?(?:a|img|input|details|summary)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]+>")
_WHOLE_HEADING = re.compile(r"<h[1-6][^<>]*>(?:[^<]|<(?!/?h[1-6]))*</h[1-6]>")


def prose(rendered: str, level: int = 3) -> Markup:
    """The safe HTML of a Markdown text made fit for print: headings start at `level`, links are their words."""
    text = _DROPPED.sub("", rendered)
    highest = min((int(match[2]) for match in _HEADING.finditer(text)), default=level)
    text = _HEADING.sub(lambda match: f"<{match[1]}h{min(int(match[2]) - highest + level, 6)}>", text)
    text = re.sub(r"<th(?=[\s>])(?![^<>]*scope)", '<th scope="col"', text)
    return Markup(text)  # noqa: S704 - it went through the sanitiser behind the Markup port


def plain(markdown: str, rendered: str) -> str:
    """The words of a rendered Markdown text without any markup; the source text where nothing was rendered."""
    spoken = _WHOLE_HEADING.sub(" ", rendered)
    text = html.unescape(_TAG.sub(" ", spoken)) if rendered else re.sub(r"^#.*$", " ", markdown, flags=re.MULTILINE)
    return re.sub(r"\s+", " ", text).strip()
