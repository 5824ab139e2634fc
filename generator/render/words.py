"""The words of values: dates, numbers and enumerations, in one spelling for site and packs."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from generator.views.people import People

Real = int | float | Decimal | Fraction

ACRONYMS = {word.lower(): word for word in ("AI", "HR", "KPI", "LMS", "NICE", "SLA", "SHA", "URL")}
WHOLE_WORDS = frozenset({"e-learning"})
NO_BREAK = "\u00a0"
MINUS = "\u2212"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(value: date | None) -> str:
    """30 September 2026; an en dash where there is no date."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else "–"


def short_day(value: date | None) -> str:
    """30 Sep 2026."""
    return f"{value.day}{NO_BREAK}{MONTHS[value.month - 1][:3]}{NO_BREAK}{value.year}" if value else "–"


def tight_day(value: date | None) -> str:
    """30 Sep 26, for narrow columns."""
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year % 100:02d}" if value else "–"


def partial_day(value: str) -> str:
    """A day, month or year as it is known: 2026-09-21 becomes 21 Sep 2026, 2026-09 Sep 2026."""
    year, *rest = value.split("-")
    month = [f"{MONTHS[int(rest[0]) - 1][:3]}"] if rest else []
    return NO_BREAK.join([*(str(int(one)) for one in rest[1:]), *month, year])


def instant(value: datetime) -> str:
    """30 September 2026, 09:14 UTC; the value is in UTC."""
    return f"{day(value.date())}, {value:%H:%M} UTC"


def count(value: Real | People | None) -> str:
    """4,986; an en dash where there is no count, words where not all is counted."""
    if isinstance(value, People):
        return f"{value.bound}{value.known:,}" if value.is_known else "not known"
    return (
        "–"
        if value is None
        else _signed(Decimal(str(value)), 0, plus=False)
        if isinstance(value, Decimal)
        else f"{value:,}"
    )


def rounded(value: Real, places: int) -> Decimal:
    """The value rounded half away from zero, as people round, and never a negative zero."""
    exact = (
        Decimal(value.numerator) / value.denominator
        if isinstance(value, Fraction)
        else Decimal(repr(value) if isinstance(value, float) else value)
    )
    result = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return result or abs(result)


def number(value: Real | None, places: int = 1, *, plus: bool = False) -> str:
    """1,234.5 with a true minus sign; `plus` writes the sign of gains too."""
    return "–" if value is None else _signed(rounded(value, places), places, plus=plus)


def percent(value: Real | None, places: int = 1, *, plus: bool = False) -> str:
    """A ratio as 95.1 %, the space before the sign does not break."""
    if value is None:
        return "–"
    scaled = value * 100 if not isinstance(value, float) else Decimal(repr(value)) * 100
    return f"{number(scaled, places, plus=plus)}{NO_BREAK}%"


def _signed(value: Decimal, places: int, *, plus: bool) -> str:
    text = f"{abs(value):,.{places}f}"
    if value < 0:
        return MINUS + text
    return f"+{text}" if plus and value > 0 else text


def money(value: Real, currency: str = "GBP") -> str:
    """GBP 240,000.00."""
    return f"{currency}{NO_BREAK}{number(value, 2)}"


def plural(amount: int | People, singular: str, more: str = "") -> str:
    """1 module, 3 modules, 2 boxes, at least 40 people."""
    if isinstance(amount, People):
        return f"{amount.bound}{plural(amount.known, singular, more)}" if amount.is_known else str(amount)
    return f"{amount:,}{NO_BREAK}{singular if amount == 1 else more or singular + 's'}"


def words(value: str) -> str:
    """An enumeration's word for people: module-sign-off becomes Module sign off, hr-goal HR goal."""
    text = label(value)
    return text[:1].upper() + text[1:]


def label(value: str) -> str:
    """A field's name for the middle of a sentence: ai_exposure becomes AI exposure."""
    if value in WHOLE_WORDS:
        return value
    parts = value.replace("-", " ").replace("_", " ").split(" ")
    return " ".join(ACRONYMS.get(part.lower(), part) for part in parts)
