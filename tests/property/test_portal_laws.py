"""Laws of loading: what is written is read, order does not matter, and no bytes make it raise."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import note
from hypothesis import strategies as st

from generator.kinds import KINDS
from generator.load import assemble, form, is_source, parse
from generator.model.change import applied, changes
from generator.model.portal import Portal
from tests.factories import CONTENT, files_below, loaded, minimal_files
from tests.records import TOPS, AnyKind, portals
from tests.search import Wanted, search
from tests.sources import sources, texts

BANK = files_below(CONTENT)
MINIMAL = minimal_files()
# What a portal of random links must not be told of: everything else would be a loss between writing and reading.
OF_LINKS = {"REF002", "REF003", "REF004", "PII001"}


def test_any_portal_survives_dump_and_load() -> None:
    search(assert_survives, portals(), wanted=Wanted("a portal survives dump and load", 120, 4000, part=0.5))


@pytest.mark.parametrize("kind", TOPS, ids=lambda kind: kind.name)
def test_any_records_of_a_kind_survive_dump_and_load(kind: AnyKind) -> None:
    search(assert_survives, portals(kind), wanted=Wanted("records of one kind survive dump and load", 6, 50))


def assert_survives(portal: Portal) -> None:
    """What is written from it loads as it was."""
    files = sources(portal)
    note(texts(files))
    again = loaded(files)
    assert [problem for problem in again.problems if problem.code not in OF_LINKS] == []
    assert again.portal.canonical == portal.canonical


def test_the_differences_between_any_portals_lead_from_one_to_the_other() -> None:
    wanted = Wanted("diff(a, b) applied to a gives b, any portals", 48, 3000, together=12, part=0.7)
    search(_assert_led, st.lists(portals(), min_size=4, max_size=4), wanted=wanted)


def _assert_led(four: list[Portal]) -> None:
    """Four portals are twelve pairs."""
    for old, new in permutations(four, 2):
        assert applied(old.canonical, changes(old.canonical, new.canonical)) == dict(new.canonical)


def test_both_sample_portals_survive_dump_and_load() -> None:
    for files in (BANK, MINIMAL):
        portal = loaded(files).portal
        assert loaded(sources(portal)).portal == portal


def test_the_order_of_files_never_matters() -> None:
    brokens = st.sampled_from(sorted(path for path in MINIMAL if form(path)))
    search(_assert_same, st.integers(0, 2**32), brokens, wanted=Wanted("the order of files never matters", 20, 3000))


def _assert_same(seed: int, broken: str) -> None:
    files = {**MINIMAL, broken: MINIMAL[broken].replace(b"-", b"--", 1), "elsewhere/x.yaml": b"a: 1\n"}
    trees = [(path, parse(form(path), data)) for path, data in files.items() if form(path) and is_source(path)]
    paths = list(files)
    straight = assemble(dict(trees), paths, KINDS)
    Random(seed).shuffle(trees)
    Random(seed).shuffle(paths)
    turned = assemble(dict(trees), paths, KINDS)
    assert turned.portal == straight.portal
    assert turned.problems == straight.problems
    assert turned.lost == straight.lost
