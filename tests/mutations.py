"""Sources gone wrong: random bytes, spliced tokens, lines lost and doubled, values at the edge of their type."""

import random
import re

from tests.factories import Files

TOKENS = (
    b"[", b"{", b"]", b"}", b"&a ", b"*a", b"!!python/object:os ", b"\t", b"\x00", b"\xff", b"---\n", b'"', b"'",
    b"\r", b"|\n", b"? ", b": ", b"- ", b"<<: ", b"\xe2\x80\xae", b"%YAML 9\n", b"9" * 50, b"\n" * 9, b"#", b"~",
    b",", b";", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xc2\x85", b"e\xcc\x81",
)  # fmt: skip
# Each is a good value of some field somewhere and the worst of its kind.
EDGES = (
    b"0001-01-01", b"9999-12-31", b"2024-02-29", b"0", b"-1", b"999999999999999", b"-999999999999999",
    b"0.000000000001", b"999999999999999.99", b"P9999Y", b"P9999D", b"P1D", b"0001", b"9999-12", b"00:00", b"23:59",
    b"bank", b"portal",
    b"role:rol-none", b"rol-analyst", b"dec-2026-001", b"gat-pilot-exit", b"true", b"false", b"null", b"~",
    b"[]", b"{}", b"[x]", b"{a: b}", b"matrix/", b"matrix/rol-analyst/", b"phs-pilot#end", b"FREQ=DAILY",
    b"FREQ=MONTHLY;BYDAY=5FR",
    b"FREQ=YEARLY;INTERVAL=999999999", b"1", b"5", b"99.9.9", b"withheld", b"'{0}'", b"'{key}'", b"'%s'", b"a" * 70_000,
)  # fmt: skip
_VALUE = re.compile(rb"(?<=[:,\[] )[^\s,\[\]{}][^,\n\[\]{}]*|(?<=,)[^,\n]*")


def mutated(files: Files, chance: random.Random) -> tuple[str, bytes]:
    """The path of one of these files and something else in its place."""
    path = chance.choice([path for path in sorted(files) if not path.startswith("pages/")])
    data = files[path]
    for _ in range(chance.choice((1, 1, 2, 5))):
        data = chance.choice((_random, _spliced, _edged, _edged, _edged, _lines, _of_another))(data, files, chance)
    return path, data


def _random(data: bytes, files: Files, chance: random.Random) -> bytes:  # noqa: ARG001 - all mutations are alike
    if chance.random() < 0.3:
        return chance.randbytes(chance.randrange(300))
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.randrange(4)) + data[at + chance.randrange(4) :]


def _spliced(data: bytes, files: Files, chance: random.Random) -> bytes:  # noqa: ARG001
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 40)) + data[at + chance.randrange(3) :]


def _edged(data: bytes, files: Files, chance: random.Random) -> bytes:  # noqa: ARG001
    places = [match.span() for match in _VALUE.finditer(data)]
    if not places:
        return data
    start, end = chance.choice(places)
    return data[:start] + chance.choice(EDGES) + data[end:]


def _lines(data: bytes, files: Files, chance: random.Random) -> bytes:  # noqa: ARG001
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at : at + 1] = chance.choice(
        ([], [lines[at]] * 2, [b"  " + lines[at]], [lines[at].strip()], lines[at:][::-1])
    )
    return b"\n".join(lines)


def _of_another(data: bytes, files: Files, chance: random.Random) -> bytes:
    other = files[chance.choice(sorted(files))]
    return other if chance.random() < 0.5 else data + other
