"""Field types: each turns the text of a source into a value, and says what it expected and found when it cannot.

Sources carry text only (see `generator.load`): no YAML or CSV reader guesses a type before the field does.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema

ID_PATTERN = r"^[a-z]{3}(-[a-z0-9]+)+$"
_ID = re.compile(r"[a-z]{3}(-[a-z0-9]+)+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,12})?")
_MONEY = re.compile(r"-?(0|[1-9]\d{0,14})\.\d{2}")
_SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)(\.(0|[1-9]\d*))?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DURATION = re.compile(r"P([1-9]\d{0,3})([DWMY])")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


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


def _matching(pattern: re.Pattern[str], expected: str) -> BeforeValidator:
    def match(value: object) -> object:
        if not pattern.fullmatch(_text_of(value, expected)):
            raise FieldError(expected, value)
        return value

    return BeforeValidator(match)


def _text(value: object) -> object:
    return _text_of(value, "text").strip() or _text_of("", "text")


def parsed_date(value: object) -> date:
    """The calendar day written as YYYY-MM-DD; raises FieldError when there is no such day."""
    if isinstance(value, date):
        return value
    text = _text_of(value, "a date YYYY-MM-DD")
    if not _DATE.fullmatch(text):
        raise FieldError("a date YYYY-MM-DD", value)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FieldError("a day that exists", value) from error


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    expected = "an instant YYYY-MM-DDThh:mm:ssZ"
    if not _INSTANT.fullmatch(_text_of(value, expected)):
        raise FieldError(expected, value)
    try:
        return datetime.strptime(str(value), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise FieldError("an instant that exists", value) from error


def _integer(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not _INTEGER.fullmatch(_text_of(value, "a whole number")):
        raise FieldError("a whole number", value)
    return int(str(value))


def _decimal(pattern: re.Pattern[str], expected: str) -> BeforeValidator:
    def parse(value: object) -> Decimal:
        if isinstance(value, Decimal):
            return value
        if not pattern.fullmatch(_text_of(value, expected)):
            raise FieldError(expected, value)
        try:
            return Decimal(str(value))
        except InvalidOperation as error:  # pragma: no cover - the pattern admits decimals only
            raise FieldError(expected, value) from error

    return BeforeValidator(parse)


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
    """The same day so many calendar months later, or the month's last day where there is no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last))


def _duration(value: object) -> Duration:
    if not _DURATION.fullmatch(_text_of(value, "a duration such as P8W or P3M")):
        raise FieldError("a duration such as P8W or P3M", value)
    return Duration(value)


def _listed(value: object) -> object:
    """CSV cells hold lists as words separated by spaces or semicolons."""
    return tuple(value.replace(";", " ").split()) if isinstance(value, str) else value


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


Text = Annotated[str, BeforeValidator(_text)]
Markdown = Annotated[str, BeforeValidator(_text), Field(json_schema_extra={"contentMediaType": "text/markdown"})]
Id = Annotated[str, _matching(_ID, "an id of the form xxx-words"), _schema(type="string", pattern=ID_PATTERN)]
Date = Annotated[date, BeforeValidator(parsed_date), _schema(type="string", format="date")]
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(lambda value: value.strftime("%Y-%m-%dT%H:%M:%SZ")),
    _schema(type="string", format="date-time"),
]
Int = Annotated[int, BeforeValidator(_integer), _schema(type="integer")]
Count = Annotated[int, BeforeValidator(_integer), Field(ge=0)]
Number = Annotated[Decimal, _decimal(_DECIMAL, "a decimal number"), _schema(type="number")]
Ratio = Annotated[Decimal, _decimal(_DECIMAL, "a ratio from 0 to 1"), Field(ge=0, le=1)]
Money = Annotated[
    Decimal, _decimal(_MONEY, "an amount with two decimals"), _schema(type="string", pattern=_MONEY.pattern)
]
Bool = Annotated[bool, BeforeValidator(_boolean), _schema(type="boolean")]
Time = Annotated[time, BeforeValidator(_clock_time), PlainSerializer(lambda value: value.strftime("%H:%M"))]
Timezone = Annotated[str, BeforeValidator(_timezone)]
Semver = Annotated[str, _matching(_SEMVER, "a version such as 1.2.0")]
Sha256 = Annotated[str, _matching(_SHA256, "64 lower-case hexadecimal digits")]
Month = Annotated[str, _matching(_MONTH, "a month YYYY-MM")]
PartialDate = Annotated[str, _matching(_PARTIAL_DATE, "a date YYYY-MM-DD, YYYY-MM or YYYY")]
MonthDay = Annotated[str, _matching(_MONTH_DAY, "a day of the year MM-DD")]
TimeboxLength = Annotated[Duration, PlainValidator(_duration), _schema(type="string", pattern=f"^{_DURATION.pattern}$")]
Words = BeforeValidator(_listed)
