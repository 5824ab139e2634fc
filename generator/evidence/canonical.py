"""Canonical JSON: the one form in which evidence is written and hashed.

A subset of RFC 8785 (JCS): objects, arrays, booleans, strings in Unicode NFC and whole numbers below 2^53. No floats
(a decimal is a string), no null (an absent value is an absent name). Names are sorted by their UTF-16 code units.
Every digest carries a domain tag, so that no two kinds of evidence can be taken for each other.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence

from generator.errors import VerificationError

Canonical = bool | int | str | Sequence["Canonical"] | Mapping[str, "Canonical"]

_LIMIT = 2**53
_DEPTH = 64


def canonical(value: Canonical) -> bytes:
    """The canonical JSON of a value. Raises VerificationError for floats, nulls and text that is not NFC."""
    return json.dumps(_ordered(value, "$", 0), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def parsed(data: bytes) -> Canonical:
    """The value of canonical JSON. Raises VerificationError unless the bytes are exactly canonical."""
    try:
        value: Canonical = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_float=_refused)
        again = canonical(value)
    except (UnicodeError, ValueError, RecursionError) as error:
        raise VerificationError(f"not canonical JSON: {error}", reason="NOT_CANONICAL") from error
    if again != data:
        raise VerificationError("not canonical JSON: order, spaces or escapes differ", reason="NOT_CANONICAL")
    return value


def digest(tag: str, value: Canonical) -> bytes:
    """SHA-256 over the domain tag, a zero byte and the canonical JSON."""
    return hashlib.sha256(tag.encode("ascii") + b"\0" + canonical(value)).digest()


def _ordered(value: Canonical, place: str, depth: int) -> object:
    if depth > _DEPTH:
        raise VerificationError(f"{place}: nested deeper than {_DEPTH}", reason="NOT_CANONICAL")
    if isinstance(value, str):
        return _text(value, place)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) >= _LIMIT:
            raise VerificationError(f"{place}: {value} is not below 2^53; write it as text", reason="NOT_CANONICAL")
        return value
    if isinstance(value, Mapping):
        names = sorted(value, key=None if "".join(value).isascii() else _code_units)
        return {_text(name, place): _ordered(value[name], f"{place}.{name}", depth + 1) for name in names}
    if isinstance(value, Sequence) and not isinstance(value, bytes):  # type: ignore[redundant-expr]  # types may lie
        return [_ordered(item, f"{place}[{index}]", depth + 1) for index, item in enumerate(value)]
    raise VerificationError(f"{place}: canonical JSON has no {type(value).__name__}", reason="NOT_CANONICAL")


def _code_units(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")


def _text(value: str, place: str) -> str:
    if not value.isascii():
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise VerificationError(f"{place}: a lone surrogate", reason="NOT_CANONICAL")
        if not unicodedata.is_normalized("NFC", value):
            raise VerificationError(f"{place}: text is not in Unicode NFC", reason="NOT_CANONICAL")
    return value


def _unique(pairs: list[tuple[str, Canonical]]) -> dict[str, Canonical]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return names


def _refused(number: str) -> Canonical:
    raise ValueError(f"{number} is not a whole number")
