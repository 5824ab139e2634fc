"""From the clean bank, one edit gives the intended code first, at its place, and all else only as a consequence."""

import pytest

from generator.errors import Severity
from tests.factories import BANK_DAY, CONTENT, edited, files_below, judged, shown
from tests.property.mutations import MARK, MUTATIONS, Mutation
from tests.search import Wanted, told

BANK = files_below(CONTENT)
CLEAN = {(p.code, p.key, p.field) for p in judged(BANK, BANK_DAY).problems}  # the warnings that are deliberate


def test_the_bank_has_no_errors() -> None:
    assert shown(judged(BANK, BANK_DAY).errors) == []


def test_there_are_enough_mutations() -> None:
    assert len(set(MUTATIONS)) >= 120


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: f"{m.code}-{m.path.rsplit('/', 1)[-1]}")
def test_one_edit_gives_its_code_first(mutation: Mutation) -> None:
    marked = edited(BANK, mutation.path, mutation.old, mutation.new)[mutation.path].decode()
    place = _place(marked) if MARK in marked else None

    found = judged({**BANK, mutation.path: marked.replace(MARK, "").encode()}, BANK_DAY)
    roots = [p for p in found.roots if (p.code, p.key, p.field) not in CLEAN]

    assert [p.code for p in roots][:1] == [mutation.code], shown(roots)
    assert place in (None, (roots[0].position.line, roots[0].position.column)), shown(roots)
    assert {p.code for p in roots if p.severity is Severity.ERROR} <= {mutation.code}, shown(roots)
    told(Wanted("one edit of the clean bank gives the intended code first, at its place", 1, 1), 1)


def _place(text: str) -> tuple[int, int]:
    before = text[: text.index(MARK)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
