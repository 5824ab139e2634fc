"""Pages without any one kind: none fails, none tells of it."""

import pytest

from generator.kinds import KINDS
from tests.end_to_end.test_audience import assert_untold
from tests.search import Wanted, told


@pytest.mark.parametrize("name", sorted(kind.name for kind in KINDS if kind.name != "portal"))
def test_pages_without_a_kind_tell_nothing_of_it(name: str) -> None:
    assert_untold(name)
    told(Wanted("pages without one kind tell nothing of it (every kind)", 1, 1), 1)
