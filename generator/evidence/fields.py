"""Reading typed values out of parsed canonical JSON, with one message for whatever is wrong."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NoReturn

from generator.errors import VerificationError
from generator.evidence.canonical import Canonical, parsed

COMMIT = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})")
SHA256 = re.compile(r"[0-9a-f]{64}")
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


class Fields:
    """The names and values of one JSON object of a document; every reader raises VerificationError MALFORMED."""

    def __init__(self, document: str, values: Canonical, names: frozenset[str]) -> None:
        if not isinstance(values, Mapping):
            raise VerificationError(f"{document}: expected an object", reason="MALFORMED")
        self.document = document
        self.values = values
        if strange := values.keys() ^ names:
            self.refuse(", ".join(sorted(strange)), "exactly these names: " + ", ".join(sorted(names)))

    @classmethod
    def of(cls, document: str, data: bytes, names: frozenset[str]) -> "Fields":
        """The object that these canonical bytes hold, which has exactly these names."""
        return cls(document, parsed(data), names)

    def text(self, name: str, pattern: re.Pattern[str] | None = None) -> str:
        """A string, whole matching the pattern."""
        value = self.values[name]
        if not isinstance(value, str) or (pattern and not pattern.fullmatch(value)):
            self.refuse(name, f"text like {pattern.pattern}" if pattern else "text")
        return value

    def whole(self, name: str) -> int:
        """A number of 0 or more."""
        value = self.values[name]
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.refuse(name, "a whole number of 0 or more")
        return value

    def day(self, name: str) -> date:
        """An ISO date."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            self.refuse(name, "a date like 2026-11-20")

    def instant(self, name: str) -> datetime:
        """An instant in UTC, to the second."""
        try:
            return datetime.strptime(self.text(name), _INSTANT).replace(tzinfo=UTC)
        except ValueError:
            self.refuse(name, "an instant like 2026-11-20T09:30:00Z")

    def texts(self, name: str, pattern: re.Pattern[str] | None = None) -> tuple[str, ...]:
        """A list of strings."""
        value = self.values[name]
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.refuse(name, "a list")
        if not all(isinstance(item, str) and (not pattern or pattern.fullmatch(item)) for item in value):
            self.refuse(name, f"texts like {pattern.pattern}" if pattern else "texts")
        return tuple(str(item) for item in value)

    def mapping(self, name: str, pattern: re.Pattern[str] | None = None) -> dict[str, str]:
        """An object whose values are strings."""
        value = self.values[name]
        if not isinstance(value, Mapping):
            self.refuse(name, "an object")
        if not all(isinstance(item, str) and (not pattern or pattern.fullmatch(item)) for item in value.values()):
            self.refuse(name, f"values like {pattern.pattern}" if pattern else "text values")
        return {key: str(item) for key, item in value.items()}

    def objects(self, name: str, names: frozenset[str]) -> "tuple[Fields, ...]":
        """A list of objects, each with exactly these names."""
        value = self.values[name]
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.refuse(name, "a list")
        return tuple(Fields(f"{self.document} {name}[{index}]", item, names) for index, item in enumerate(value))

    def refuse(self, name: str, expected: str) -> NoReturn:
        """Raise the error for one name."""
        raise VerificationError(f"{self.document}: {name}: expected {expected}", reason="MALFORMED")


def instant_text(moment: datetime) -> str:
    """An instant as it is written in evidence: UTC, to the second."""
    return moment.astimezone(UTC).strftime(_INSTANT)
