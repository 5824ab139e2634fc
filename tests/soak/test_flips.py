"""A sealed pack with one bit turned, anywhere: never PASSED, never an exception, and always a reason."""

import re
from collections import defaultdict
from random import Random

from generator.commands.seal import Sealed
from generator.evidence.verdict import Outcome
from tests.end_to_end.seal.conftest import Bench
from tests.search import Wanted, rounds

pytest_plugins = ["tests.end_to_end.seal.conftest"]

_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?\bendobj\b", re.DOTALL)
_KIND = re.compile(rb"/(?:Type|Subtype|FT|S) ?/(\w+)")
_LEAST_KINDS = 10  # streams of objects, fonts, colours, metadata, references, signatures …


def places(data: bytes) -> dict[str, list[tuple[int, int]]]:
    """The parts of a PDF file by kind of object, with what stands between objects; first and last byte behind."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    end = 0
    for each in _OBJECT.finditer(data):
        if each.start() > end:
            found["between objects"].append((end, each.start()))
        found[_kind(each.group())].append(each.span())
        end = each.end()
    found["between objects"].append((end, len(data)))
    return dict(found)


def _kind(text: bytes) -> str:
    named = _KIND.search(text[:2000])
    if named:
        return named[1].decode()
    if b"stream" in text[:2000]:
        return "other stream"
    return "other dictionary" if b"<<" in text[:40] else "other value"


def test_places_cover_the_file(sealed: Sealed) -> None:
    found = places(sealed.data)
    spans = sorted(span for spans in found.values() for span in spans)
    assert [start for start, _ in spans[1:]] == [end for _, end in spans[:-1]]
    assert (spans[0][0], spans[-1][1]) == (0, len(sealed.data))
    assert len(found) >= _LEAST_KINDS, sorted(found)


def test_no_turned_bit_passes(bench: Bench, sealed: Sealed, base: bytes) -> None:
    found = places(sealed.data)
    case = {"rebuild": lambda _: base}  # it prints the same whatever is asked for: the file has to give itself away
    assert bench.verdict(sealed.data, **case).outcome is Outcome.PASSED
    for number, chance in rounds(Wanted("one bit of a sealed pack turned: never passed", 40, 1500)):
        data, told = _turned(sealed.data, found, chance)
        verdict = bench.verdict(data, **case)
        assert verdict.outcome is not Outcome.PASSED, (number, told)
        assert verdict.reason, (number, told)


def _turned(data: bytes, found: dict[str, list[tuple[int, int]]], chance: Random) -> tuple[bytes, str]:
    kind = chance.choice(sorted(found))
    at = chance.randrange(*chance.choice(found[kind]))
    bit = 1 << chance.randrange(8)
    return data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :], f"{kind}: bit {bit} of byte {at}"
