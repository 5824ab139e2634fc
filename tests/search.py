"""Searches for counterexamples: few in a test run, many in a long one, which says how many there were.

A long run (`./run soak`) names three things in the environment: a seed, the seconds that one file may take, and a
file for the counts. A search ends when it has seen what it wants or when its share of the time is over: cleanly
either way, with the number it reached. Without that environment it is small and the same every time.
"""

import json
import os
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

LONG = os.environ.get("ROADMAP_TEST_PROFILE") == "soak"
SEED = int(os.environ.get("ROADMAP_SOAK_SEED", "20261122"))
_SECONDS = float(os.environ.get("ROADMAP_SOAK_SECONDS", "300"))
_COUNTS = os.environ.get("ROADMAP_SOAK_COUNTS", "")
_BATCH = 250  # examples of one hypothesis run: the clock is looked at between two


@dataclass
class Share:
    """The time of one file, divided by the tests that are still to run."""

    end: float = field(default_factory=lambda: time.monotonic() + _SECONDS)
    tests: int = 1

    def deadline(self, part: float) -> float:
        """When the search that begins now has to end; it may use this part of what is left, 0 its equal share."""
        now = time.monotonic()
        return now + max(1.0, (self.end - now) * (part or 1 / max(1, self.tests)))


SHARE = Share()


@dataclass(frozen=True)
class Wanted:
    """The name of a law, and the examples it has to see in a test run and in a long one.

    Where examples are tried `together`, that many at a time, the numbers are still those of single examples. `part`
    says how much of its file's time a search may use that needs more than its neighbours.
    """

    law: str
    quick: int
    long: int
    together: int = 1
    part: float = 0

    @property
    def count(self) -> int:
        """The trials of this run."""
        return -(-(self.long if LONG else self.quick) // self.together)


def rounds(wanted: Wanted) -> Iterator[tuple[int, Random]]:
    """The number of each example and its own chance, so that one can be looked at again alone."""
    end, seen = SHARE.deadline(wanted.part), 0
    try:
        while seen < wanted.count and not (LONG and time.monotonic() > end):
            yield seen, Random(f"{SEED}/{seen}")
            seen += 1
    finally:
        told(wanted, seen)


def search(law: Callable[..., None], *strategies: st.SearchStrategy[Any], wanted: Wanted) -> None:
    """Try a law on drawn examples; hypothesis shrinks what breaks it."""
    end, seen = SHARE.deadline(wanted.part), 0

    def counted(drawn: tuple[Any, ...]) -> None:
        nonlocal seen
        if not LONG or time.monotonic() < end:  # after the end the batch runs out without trying anything
            seen += 1
            law(*drawn)

    unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck))
    try:
        if not LONG:
            settings(unhurried, max_examples=wanted.count)(given(st.tuples(*strategies))(counted))()
        batch = 0
        while LONG and seen < wanted.count and time.monotonic() < end:
            count = min(max(1, _BATCH // wanted.together), wanted.count - seen)
            few = settings(unhurried, max_examples=count, database=None)
            seed(f"{SEED}/{batch}")(few(given(st.tuples(*strategies))(counted)))()
            batch += 1
    finally:
        told(wanted, seen)


def told(wanted: Wanted, seen: int) -> None:
    """Write the count where the long run looks for it."""
    _write({"law": wanted.law, "seen": seen * wanted.together, "wanted": wanted.count * wanted.together})


def ended() -> None:
    """Write what all tests of this process and their programs have computed, in seconds."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    _write({"cpu": sum(each.ru_utime + each.ru_stime for each in used)})


def _write(line: Mapping[str, str | float]) -> None:
    if _COUNTS:
        with Path(_COUNTS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
