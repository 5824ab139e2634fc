"""Field types: each turns the text of a source into a value, and says what it expected and found when it cannot.

Sources carry text only (see `generator.load`): no YAML or CSV reader guesses a type before the field does.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator
from pydantic_core.core_schema import (
    CoreSchema,
    no_info_before_validator_function,
    no_info_plain_validator_function,
)

ID_PATTERN = r"^[a-z]{3}(-[a-z0-9]+)+$"
_ID = re.compile(r"[a-z]{3}(-[a-z0-9]+)+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,14})", re.ASCII)
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,12})?", re.ASCII)
_MONEY = re.compile(r"-?(0|[1-9]\d{0,14})\.\d{2}", re.ASCII)
_SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)(\.(0|[1-9]\d*))?", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DURATION = re.compile(r"P([1-9]\d{0,3})([DWMY])", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?", re.ASCII)
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)

YEARS = range(1900, 3000)
"""The years that a source can name: days before and after any of them exist, so that rules may reckon from it."""

_SPAN = f"from {YEARS[0]} to {YEARS[-1]}"


def is_id(text: str) -> bool:
    """Whether the text has the form of an id."""
    return bool(_ID.fullmatch(text))


class Classification(StrEnum):
    """Who may read a record; the words are ordered by `level`."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"

    @property
    def level(self) -> int:
        """0 for public, 1 for internal, 2 for restricted."""
        return list(Classification).index(self)


class FieldError(ValueError):
    """A field's text is not of its type: carries what was expected."""

    def __init__(self, expected: str, found: object) -> None:
        super().__init__(f"expected {expected}, found {shown(found)}")


class Parsed:
    """Field metadata: how a source's text becomes the value, and the JSON Schema that editors get.

    One function instead of pydantic's inner schema with validators round it: building the schemas of all kinds takes
    a third less time, which every start of the command pays.
    """

    def __init__(self, parse: Callable[[object], object], **schema: Any) -> None:
        self._parse = parse
        self._schema = schema

    @property
    def is_markdown(self) -> bool:
        """Whether the text is written in Markdown."""
        return self._schema.get("contentMediaType") == "text/markdown"

    def __repr__(self) -> str:
        return f"Parsed({self._parse.__qualname__}, {self._schema})"

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        inner = handler(source) if source in (int, Decimal) else {}
        if inner.keys() & {"ge", "gt", "le", "lt"}:  # limits set on the field are checked after the text is read
            return no_info_before_validator_function(self._parse, inner)
        return no_info_plain_validator_function(self._parse)

    def __get_pydantic_json_schema__(self, _core: CoreSchema, _handler: Any) -> dict[str, Any]:
        return dict(self._schema)


def shown(value: object) -> str:
    """The value as an error message shows it: quoted and clipped to 60 characters."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "nothing"
    text = str(value)
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'


def _text_of(value: object, expected: str) -> str:
    if isinstance(value, str) and value:
        return value
    raise FieldError(expected, value)


def _matching(pattern: re.Pattern[str], expected: str) -> Callable[[object], str]:
    def match(value: object) -> str:
        text = _text_of(value, expected)
        if not pattern.fullmatch(text):
            raise FieldError(expected, value)
        return text

    return match


def _text(value: object) -> object:
    return _text_of(value, "text").strip() or _text_of("", "text")


def parsed_date(value: object) -> date:
    """The calendar day written as YYYY-MM-DD; raises FieldError when there is no such day, or none anybody can mean."""
    if isinstance(value, date):
        return value
    text = _text_of(value, "a date YYYY-MM-DD")
    if not _DATE.fullmatch(text):
        raise FieldError("a date YYYY-MM-DD", value)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise FieldError("a day that exists", value) from error
    if day.year not in YEARS:
        raise FieldError(f"a day {_SPAN}; what has no end has no such field", value)
    return day


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    expected = "an instant YYYY-MM-DDThh:mm:ssZ"
    if not _INSTANT.fullmatch(_text_of(value, expected)):
        raise FieldError(expected, value)
    try:
        instant = datetime.strptime(str(value), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise FieldError("an instant that exists", value) from error
    if instant.year not in YEARS:
        raise FieldError(f"an instant {_SPAN}", value)
    return instant


def _integer(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not _INTEGER.fullmatch(_text_of(value, "a whole number")):
        raise FieldError("a whole number", value)
    return int(str(value))


def _decimal(expected: str) -> Callable[[object], Decimal]:
    def parse(value: object) -> Decimal:
        if isinstance(value, Decimal):
            return value
        if not _DECIMAL.fullmatch(_text_of(value, expected)):
            raise FieldError(expected, value)
        return Decimal(str(value))

    return parse


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise FieldError("true or false", value)
    return value == "true"


def _clock_time(value: object) -> time:
    if isinstance(value, time):
        return value
    if not _TIME.fullmatch(_text_of(value, "a time hh:mm")):
        raise FieldError("a time hh:mm", value)
    return time.fromisoformat(str(value))


def _timezone(value: object) -> object:
    try:
        ZoneInfo(_text_of(value, "an IANA time zone"))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise FieldError("an IANA time zone such as Europe/London", value) from error
    return value


class Duration(str):
    """An ISO 8601 duration of one unit: P8W, P3M, P90D, P1Y."""

    __slots__ = ()

    def after(self, start: date) -> date:
        """The first day after the duration when it begins on `start`; months are calendar months, the day clipped."""
        match = _DURATION.fullmatch(self)
        if match is None:
            raise FieldError("a duration such as P8W", str(self))
        count, unit = int(match[1]), match[2]
        if unit in "DW":
            return start + timedelta(days=count * (7 if unit == "W" else 1))
        return add_months(start, count * (12 if unit == "Y" else 1))


def add_months(start: date, months: int) -> date:
    """The same day so many calendar months later, or the month's last day where there is no such day.

    What lies outside the calendar is its first or last day.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    last = 31 if month == 11 else (date(year, month + 2, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last))


def _duration(value: object) -> Duration:
    if not _DURATION.fullmatch(_text_of(value, "a duration such as P8W or P3M")):
        raise FieldError("a duration such as P8W or P3M", value)
    return Duration(value)


def _listed(value: object) -> object:
    """CSV cells hold lists as words separated by spaces or semicolons."""
    return tuple(value.replace(";", " ").split()) if isinstance(value, str) else value


def _count(value: object) -> int:
    number = _integer(value)
    if number < 0:
        raise FieldError("a count, 0 or more", value)
    return number


def _ratio(value: object) -> Decimal:
    number: Decimal = _decimal("a ratio from 0 to 1")(value)
    if not 0 <= number <= 1:
        raise FieldError("a ratio from 0 to 1", value)
    return number


def _money(value: object) -> Decimal:
    if not isinstance(value, Decimal) and not _MONEY.fullmatch(_text_of(value, "an amount with two decimals")):
        raise FieldError("an amount with two decimals", value)
    return value if isinstance(value, Decimal) else Decimal(str(value))


Text = Annotated[str, Parsed(_text, type="string", minLength=1)]
Markdown = Annotated[str, Parsed(_text, type="string", contentMediaType="text/markdown")]
Id = Annotated[str, Parsed(_matching(_ID, "an id of the form xxx-words"), type="string", pattern=ID_PATTERN)]
Date = Annotated[date, Parsed(parsed_date, type="string", format="date")]
Instant = Annotated[datetime, Parsed(_instant, type="string", format="date-time")]
Int = Annotated[int, Parsed(_integer, type="integer")]
Count = Annotated[int, Parsed(_count, type="integer", minimum=0)]
Number = Annotated[Decimal, Parsed(_decimal("a decimal number"), type="number")]
Ratio = Annotated[Decimal, Parsed(_ratio, type="number", minimum=0, maximum=1)]
Money = Annotated[Decimal, Parsed(_money, type="string", pattern=f"^{_MONEY.pattern}$")]
Bool = Annotated[bool, Parsed(_boolean, type="boolean")]
Time = Annotated[time, Parsed(_clock_time, type="string", pattern=f"^{_TIME.pattern}$")]
Timezone = Annotated[str, Parsed(_timezone, type="string")]
Semver = Annotated[str, Parsed(_matching(_SEMVER, "a version such as 1.2.0"), type="string")]
Sha256 = Annotated[str, Parsed(_matching(_SHA256, "64 lower-case hexadecimal digits"), type="string")]
Month = Annotated[str, Parsed(_matching(_MONTH, "a month YYYY-MM"), type="string")]
PartialDate = Annotated[str, Parsed(_matching(_PARTIAL_DATE, "a date YYYY-MM-DD, YYYY-MM or YYYY"), type="string")]
MonthDay = Annotated[str, Parsed(_matching(_MONTH_DAY, "a day of the year MM-DD"), type="string")]
TimeboxLength = Annotated[Duration, Parsed(_duration, type="string", pattern=f"^{_DURATION.pattern}$")]
Words = BeforeValidator(_listed)
