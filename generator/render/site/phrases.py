"""Short phrases that pages make of a view's values."""

from collections.abc import Iterable
from decimal import Decimal
from difflib import SequenceMatcher

from markupsafe import Markup

from generator.model.portal import Portal
from generator.model.words import numbered
from generator.render.site import words
from generator.views.modules import CoDesign, ModuleView, Reach
from generator.views.obligations import Wording
from generator.views.roles import PopulationSource
from generator.views.shown import Ref, ref
from generator.views.sign_offs import SignOffView

Fact = tuple[str, object]
LEAST_ALIKE = 0.25  # below it, marks would hide the text


def module_facts(view: ModuleView) -> str:
    """90 min · workshop · 75 % to pass · 2 attempts · valid 12 months."""
    parts = [words.minutes(view.minutes), view.delivery]
    assessed = view.assessment
    if assessed.kind != "none":
        parts.append(f"{assessed.kind}{f' of {assessed.items}' if assessed.items else ''}")
    if assessed.pass_mark is not None:
        parts.append(f"{words.number(assessed.pass_mark * 100, 0)}{words.THIN}% to pass")
    if assessed.attempts:
        parts.append(words.plural(assessed.attempts, "attempt"))
    if view.valid_months:
        parts.append(f"valid {numbered(view.valid_months, 'month')}")
    return " · ".join(parts)


def sign_off_facts(view: SignOffView | None) -> list[Fact]:
    """What was signed, what stands there now, by which decision."""
    if view is None:
        return []
    facts: list[Fact] = [("Signed", words.day(view.on)), ("Signed wording", _wording(view.signed_digest))]
    if view.digest_now != view.signed_digest:
        facts.append(("Wording now", _wording(view.digest_now)))
    facts += [("By", words.link(view.seat)), ("Decision", words.link(view.decision))]
    return [*facts, ("Holds until", words.day(view.expires))] if view.expires else facts


def reach(lines: Iterable[Reach]) -> Markup:
    """Fraud analyst (142), AML analyst (196)."""
    parts = [
        Markup("%s%s")
        % (words.link(line.role), f" ({words.count(line.head_count)})" if line.head_count is not None else "")
        for line in lines
    ]
    return Markup(", ").join(parts)


def co_design(lines: Iterable[CoDesign]) -> Markup:
    """Legal: Counsel, 18 Nov 2025."""
    return Markup("<br>").join(
        Markup("%s: %s, %s") % (words.word(line.function), words.link(line.seat), words.day(line.on)) for line in lines
    )


def enrol(platforms: Iterable[tuple[str, str]]) -> Markup:
    """The learning platforms that carry a module."""
    return Markup(", ").join(Markup('<a href="%s" rel="noopener">%s</a>') % (url, title) for title, url in platforms)


def sources(lines: Iterable[PopulationSource]) -> str:
    """Where people are counted."""
    return "; ".join(f"{words.word(line.source)} {', '.join(line.codes)}".strip() for line in lines)


def shares(parts: Iterable[tuple[str, Decimal]]) -> str:
    """Parts of a whole by name: technical 40 %, ethical 35 %, business 25 %."""
    return ", ".join(f"{name} {words.percent(share, 0)}" for name, share in parts)


def mapped(pairs: Iterable[tuple[str, str]]) -> str:
    """Framework and reference of each mapping."""
    return "; ".join(f"{framework} {reference}" for framework, reference in pairs)


def title_of(portal: Portal, key: str) -> Markup:
    """A link to the record of that key."""
    return words.link(ref(portal, key))


def _wording(digest: str) -> Markup:
    algorithm, _, value = digest.rpartition(":")
    return Markup("%s%s") % (f"{algorithm}:" if algorithm else "", words.digest(value))


LETTERS = {
    "A": "Accountable",
    "R": "Does the work",
    "C": "Asked before",
    "I": "Told afterwards",
    "D": "Drives it",
}


def rights(pairs: Iterable[tuple[str, Ref]]) -> list[Fact]:
    """Accountable: Compliance working group (A), one line a letter."""
    found: dict[str, list[Ref]] = {}
    for letter, party in pairs:
        found.setdefault(letter, []).append(party)
    ordered = [letter for letter in LETTERS if letter in found]
    return [(LETTERS[letter], words.links(found[letter])) for letter in ordered]


def compared(wording: Wording, before: Wording | None) -> Markup:
    """A wording with what was added to the one before marked; words that went are struck in their place."""
    if before is None:
        return Markup("%s") % wording.summary
    return marked_changes(before.summary, wording.summary)


def marked_changes(old: str, new: str) -> Markup:
    """The new text word by word, additions and deletions marked; two texts too far apart are only the new one."""
    left, right = old.split(), new.split()
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return Markup("%s") % new
    parts: list[Markup] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation in ("delete", "replace"):
            parts.append(Markup("<del>%s</del>") % " ".join(left[a:b]))
        if operation in ("insert", "replace"):
            parts.append(Markup("<ins>%s</ins>") % " ".join(right[c:d]))
        if operation == "equal":
            parts.append(Markup("%s") % " ".join(right[c:d]))
    return Markup(" ").join(parts)
