"""An unknown head count is not zero, in views, on pages and in packs."""

import pytest

from generator.render.packs import format as fmt
from generator.render.site import words
from generator.views.people import People, counted, people_in
from tests.unit.views.support import judgement


@pytest.mark.parametrize(
    ("counts", "text", "cell"),
    [
        ((), "0 people", "0"),
        ((1,), "1 person", "1"),
        ((1200, 34), "1,234 people", "1,234"),
        ((1200, None), "at least 1,200 people", "at least 1,200"),
        ((None, None), "an unknown number of people", "not known"),
        ((0, None), "an unknown number of people", "not known"),
    ],
)
def test_what_is_not_counted_is_said(counts: tuple[int | None, ...], text: str, cell: str) -> None:
    found = counted(counts)
    assert (str(found), fmt.count(found)) == (text, cell)
    assert fmt.plural(found, "person", "people").replace("\u00a0", " ") == text
    assert words.plural(found, "person", "people").replace("\u202f", ",") == text


def test_a_role_that_nobody_counted_is_unknown() -> None:
    assert people_in(judgement(), ("rol-analyst", "rol-nobody-counted")) == People(204, 1)
