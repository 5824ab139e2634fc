"""Bytes to text that is safe to read on: UTF-8, NFC, no control, invisible or direction-changing characters.

Source: Unicode TR 36 and TR 55 ("Trojan Source", CVE-2021-42574).
"""

import re
import unicodedata
from collections.abc import Iterator

from generator.load.tree import Fault, mark

_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e007f"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))  # no characters, for ever
    + "]"
)
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)  # no form of source begins a line like this
_JOINERS = re.compile("[\u200c\u200d]")
_SHOWN_FAULTS = 20

Size = int


def decoded(data: bytes, limit: Size) -> tuple[str, tuple[Fault, ...]]:
    """The text of a file and what is wrong with it; the text is empty where reading on makes no sense."""
    if len(data) > limit:
        return "", (Fault("SRC007", f"the file has {len(data):,} bytes; at most {limit:,} are read", mark(1, 1)),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        found = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8 without a byte-order mark"
        return "", (Fault("SRC001", found, mark(line, column)),)
    faults = _character_faults(text) or conflict_fault(text)
    return ("" if faults else text), faults


def escaped_faults(value: str, mark_of_value: int) -> tuple[Fault, ...]:
    """What is wrong with a text that escapes brought in; each fault stands where the text begins."""
    return tuple(Fault(fault.code, fault.message, mark_of_value) for fault in _character_faults(value))


def place(text: str, offset: int) -> int:
    """The mark of a character offset."""
    return mark(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def conflict_fault(text: str) -> tuple[Fault, ...]:
    """What a merge left: one fault at the first marker, for the rest of the file is two versions at once."""
    found = _CONFLICT.search(text)
    if found is None:
        return ()
    message = "a merge left two versions here; keep one and delete the lines <<<<<<<, ======= and >>>>>>>"
    return (Fault("SRC009", message, place(text, found.start())),)


def _character_faults(text: str) -> tuple[Fault, ...]:
    if text.isascii() and text.replace("\n", "").isprintable():
        return ()  # most files: nothing below can be in them
    faults = [
        Fault("SRC002", _named(match[0]), place(text, match.start()))
        for _, match in zip(range(_SHOWN_FAULTS), _forbidden(text), strict=False)
    ]
    faults += [
        Fault("SRC002", _named(match[0]), place(text, match.start()))
        for _, match in zip(range(_SHOWN_FAULTS), _JOINERS.finditer(text), strict=False)
        if not _joins(text, match.start())
    ]
    if not unicodedata.is_normalized("NFC", text):
        offset = next(
            i for i, (a, b) in enumerate(zip(text, unicodedata.normalize("NFC", text), strict=False)) if a != b
        )
        message = f"{_code_point(text[offset])} is not in composed form; save the text in Unicode NFC"
        faults.append(Fault("SRC001", message, place(text, offset)))
    return tuple(faults)


def _forbidden(text: str) -> Iterator[re.Match[str]]:
    """Every forbidden character, the first carriage return only: an editor that adds one adds it to each line."""
    first = text.find("\r")
    return (match for match in _FORBIDDEN.finditer(text) if match[0] != "\r" or match.start() == first)


def _named(character: str) -> str:
    if character == "\t":
        return "a tab is not allowed; use spaces"
    if character == "\r":
        return "a carriage return is not allowed; save the file with LF line ends"
    if character == "\ufeff":
        return "a byte-order mark is not allowed; save the file as UTF-8 without it"
    return f"the invisible character {_code_point(character)} is not allowed; delete it"


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'CONTROL')}"


def _joins(text: str, offset: int) -> bool:
    """Zero-width joiners are fine inside scripts and emoji that need them, never beside ASCII."""
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return bool(before) and bool(after) and not before.isascii() and not after.isascii()
