"""Random bytes as any source file give a tree or faults, never an exception and never a long wait."""

import resource
from collections.abc import Callable
from random import Random

import pytest

from generator.load.csv_reader import parse_csv
from generator.load.markdown_reader import parse_markdown
from generator.load.tree import Tree
from generator.load.yaml_reader import parse_yaml
from tests.search import Wanted, rounds

SEEDS = (
    b"- id: mod-a\n  title: 'x'\n  list: [a, {b: c}]\n",
    b"---\nid: mod-a\ntitle: x\n---\n# Text\n\nwith *marks*\n",
    b'role,module,status\nrol-a,"mod,b",mandatory\n',
)
TOKENS = (
    b"[",
    b"{",
    b"&a ",
    b"*a",
    b"!!python/object:os ",
    b"\t",
    b"\x00",
    b"\xff",
    b"---\n",
    b'"',
    b"'",
    b"\r",
    b"|\n",
    b"? ",
    b": ",
    b"- ",
    b"<<: ",
    b"\xe2\x80\xae",
    b"%YAML 9\n",
    b"9" * 50,
    b"\n" * 9,
    b"#",
    b"~",
    b",",
    b";",
)


def mutated(chance: Random) -> bytes:
    data = bytearray(chance.choice(SEEDS) if chance.random() < 0.7 else chance.randbytes(chance.randrange(200)))
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(data) + 1)
        data[at : at + chance.randrange(3)] = chance.choice(TOKENS) * chance.choice((1, 1, 1, 40))
    return bytes(data)


@pytest.mark.parametrize("parse", [parse_yaml, parse_markdown, parse_csv], ids=lambda parse: parse.__name__)
def test_random_bytes_never_raise(parse: Callable[[bytes], Tree]) -> None:
    for number, chance in rounds(Wanted(f"any bytes never raise: {parse.__name__}", 500, 30_000)):
        data = mutated(chance)
        try:
            assert isinstance(parse(data), Tree)
        except Exception as error:
            raise AssertionError(f"round {number}: {data!r}") from error


@pytest.mark.parametrize("data", [b"[" * 1_000_000, b"{a: " * 200_000, b"- " * 400_000, b"a: &x [*x]\n" * 50_000])
def test_bombs_are_refused_at_once(data: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    assert parse_yaml(data).faults
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 5
