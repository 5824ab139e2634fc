"""Counts with their nouns and nouns with their articles, as every message writes them."""

_SPELT_OUT = ("hr-", "sla")  # said letter by letter, the first of them like a vowel


def numbered(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 module", "4 modules"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def with_article(noun: str) -> str:
    """A noun with its article: "a module", "an obligation"."""
    return f"{'an' if noun.startswith((*'aeiou', *_SPELT_OUT)) else 'a'} {noun}"


def amid(title: str) -> str:
    """A title as it reads amid a sentence: "budget line", "KPI", "HR integration"."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
