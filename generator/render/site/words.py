"""How pages write values: dates, figures, digests, links and states, as safe HTML.

Addresses begin with `@/` for the site's root; a finished page replaces it by the way up from where it lies.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from markupsafe import Markup

from generator.measure.figures import Interval
from generator.model.judgement import IssuedPack
from generator.render import words as spoken
from generator.views.changes import Sentence
from generator.views.kpis import Display, KpiCard, KpiPage
from generator.views.people import People
from generator.views.shown import Ref

ROOT = "@/"
_RATIOS = (Display.SHARE, Display.CHANGE)
THIN = "\u202f"
EN_DASH = "\u2013"
MONTHS = tuple(month[:3] for month in spoken.MONTHS)


def day(value: date | datetime | None) -> Markup:
    """20 Nov 2026 in a time element; an en dash where there is none."""
    if value is None:
        return Markup("&ndash;")
    when = value.astimezone(UTC).date() if isinstance(value, datetime) else value
    return Markup('<time datetime="%s" class="nb">%s</time>') % (when.isoformat(), plain_day(when))


def plain_day(value: date) -> str:
    """20 Nov 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def span(start: date | None, end: date | None) -> str:
    """12 Jan – 3 Apr 2026, or "from 1 Jul 2027" where it has no end."""
    if start is None:
        return f"until {plain_day(end)}" if end else EN_DASH
    if end is None:
        return f"from {plain_day(start)}"
    if start == end:
        return plain_day(start)
    first = f"{start.day} {MONTHS[start.month - 1]}" if start.year == end.year else plain_day(start)
    return f"{first} {EN_DASH} {plain_day(end)}"


def count(value: int | People | None) -> str:
    """4 640 with thin spaces that do not break."""
    return spoken.count(value).replace(",", THIN)


def number(value: spoken.Real | None, places: int = 1, *, plus: bool = False) -> str:
    """1 234.5 with a true minus sign."""
    return spoken.number(value, places, plus=plus).replace(",", THIN)


def percent(value: spoken.Real | None, places: int = 1, *, plus: bool = False) -> str:
    """A ratio as 94.3 %."""
    return spoken.percent(value, places, plus=plus).replace(spoken.NO_BREAK, THIN).replace(",", THIN)


def figure(value: float | None, display: Display, unit: str = "") -> str:
    """A KPI's figure the way it is spoken of."""
    if value is None:
        return EN_DASH
    if display is Display.SHARE:
        return percent(value)
    if display is Display.CHANGE:
        return percent(value, plus=True)
    if display is Display.POINTS:
        return f"{number(value, plus=True)}{THIN}points"
    if display is Display.GAIN:
        return number(value, 2)
    places = 0 if float(value).is_integer() else 1
    return f"{number(value, places)}{THIN}{unit}" if unit else number(value, places)


def interval(value: Interval | None, display: Display) -> str:
    """93.7 – 95.0 %."""
    if value is None:
        return ""
    if display in (Display.SHARE, Display.CHANGE):
        plus = display is Display.CHANGE and value.low < 0
        return f"{number(value.low * 100, plus=plus)} {EN_DASH} {number(value.high * 100, plus=plus)}{THIN}%"
    places = 2 if display is Display.GAIN else 1
    return f"{number(value.low, places)} {EN_DASH} {number(value.high, places)}"


def target(card: KpiCard) -> str:
    """Target at least 95 %."""
    if card.target is None:
        return "no target yet"
    return f"target {bound(card, card.target.value)}"


def bound(card: KpiCard, value: float) -> str:
    """At least 95 %."""
    return f"at {'least' if card.direction == 'up' else 'most'} {short_figure(value, card.display, card.unit)}"


def short_figure(value: float, display: Display, unit: str = "") -> str:
    """95 % rather than 95.0 %: the way targets are written."""
    if display in (Display.SHARE, Display.CHANGE):
        scaled = round(value * 100, 6)
        return f"{number(scaled, 0 if float(scaled).is_integer() else 1)}{THIN}%"
    return figure(value, display, unit)


def link(target: Ref) -> Markup:
    """A link to a record by its title; plain text where no page shows it."""
    if not target.url:
        return Markup("%s") % target.title
    return Markup('<a href="%s%s">%s</a>') % (ROOT, target.url, target.title)


def links(targets: Iterable[Ref], limit: int = 0) -> Markup:
    """Links joined by commas; beyond the limit only how many more."""
    found = tuple(targets)
    shown = found[:limit] if limit else found
    text = Markup(", ").join(link(one) for one in shown)
    return text + Markup(" and %d more") % (len(found) - len(shown)) if len(shown) < len(found) else text


def digest(value: str) -> Markup:
    """The ends of a SHA-256, the whole of it on hover."""
    if len(value) <= 20:
        return Markup('<code class="rp-hash">%s</code>') % value
    return Markup('<code class="rp-hash" title="%s">%s … %s</code>') % (value, value[:8], value[-8:])


def size(value: int) -> str:
    """2.1 MB."""
    return f"{number(value / 1_000_000)}{THIN}MB" if value >= 100_000 else f"{number(value / 1000, 0)}{THIN}kB"


def days_left(days: int) -> str:
    """10 days left, today, 3 days late."""
    if days == 0:
        return "today"
    amount = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{amount} left" if days > 0 else f"{amount} ago"


def minutes(value: int) -> str:
    """3 h 25 min."""
    hours, rest = divmod(value, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )


def plural(amount: int | People, singular: str, more: str = "") -> str:
    """1 module, 3 modules, at least 40 people."""
    if isinstance(amount, People):
        return f"{amount.bound}{plural(amount.known, singular, more)}" if amount.is_known else str(amount)
    return f"{count(amount)} {singular if amount == 1 else more or singular + 's'}"


def word(value: object) -> str:
    """An enumeration's word for people: not-applicable becomes Not applicable, hr-goal HR goal."""
    return spoken.words(str(value))


def commit(value: str) -> Markup:
    """The first seven digits of a commit id."""
    return Markup("<code>%s</code>") % value[:7] if value else Markup("&ndash;")


def instant(value: datetime) -> str:
    """2 Oct 2026, 16:02 UTC."""
    moment = value.astimezone(UTC)
    return f"{plain_day(moment.date())}, {moment:%H:%M} UTC"


def ledger_entry(pack: IssuedPack) -> str:
    """Entry 4, 46 pages, 2.1 MB."""
    pages = f", {plural(pack.pages, 'page')}" if pack.pages else ""
    return f"entry {pack.seq}{pages}, {size(pack.size)}"


_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def duration(value: str) -> str:
    """P8W as 8 weeks."""
    if len(value) < 3 or value[-1] not in _UNITS or not value[1:-1].isdigit():
        return value
    return plural(int(value[1:-1]), _UNITS[value[-1]])


def sentence(change: Sentence) -> Markup:
    """A change in words, with a link to its record."""
    return linked(change.ref, change.text)


def linked(target: Ref, text: str) -> Markup:
    """A text with a link where it names the record, else after the record's link."""
    before, named, after = text.partition(target.title)
    if named:
        return Markup("%s%s%s") % (before, link(target), after)
    return Markup("%s: %s") % (link(target), text)


def anchor(target: Ref) -> str:
    """The id of the row that shows a record on a shared page."""
    return target.url.partition("#")[2]


def slug(key: str) -> str:
    """A record's key as the id of an element."""
    return key.replace("/", "-").replace(":", "-")


def money(value: spoken.Real, currency: str) -> str:
    """GBP 240 000, with pence only where there are any."""
    places = 0 if value == int(value) else 2
    return f"{currency}{spoken.NO_BREAK}{number(value, places)}"


def moved(card: KpiCard) -> str:
    """+2.1 points since 23 Oct 2026."""
    if card.change is None:
        return ""
    amount = (
        f"{number(card.change * 100, plus=True)} points" if card.display in _RATIOS else number(card.change, plus=True)
    )
    return f"{amount} since {plain_day(card.change_since)}" if card.change_since else amount


def targets(page: KpiPage) -> Markup:
    """Every target with the days on which it held."""
    lines = [
        Markup("%s, %s%s")
        % (
            short_figure(one.value, page.card.display, page.card.unit),
            span(one.since, one.until),
            " (in force)" if one.in_force else "",
        )
        for one in page.targets
    ]
    return Markup("<br>").join(lines)


def baseline(card: KpiCard) -> str:
    """What the figure is compared with."""
    base = card.baseline
    if base is None:
        return ""
    figures = figure(base.value, card.display, card.unit) if base.value is not None else ""
    if base.count is not None:
        figures = f"{count(base.count)} in {count(base.exposure)}" if base.exposure else count(base.count)
    return f"{figures}, {span(base.since, base.until)}" if base.since else figures
