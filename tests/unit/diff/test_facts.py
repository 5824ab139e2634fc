"""A pull request that edits facts says so, whatever else it makes look better."""

import pytest

from generator.diff.effects import Weight
from generator.diff.meaning import effects
from generator.model.change import changes
from generator.model.judgement import Judgement
from tests.factories import MINIMAL_DAY, Files, edited, loaded, minimal_files

SNAPSHOT = "kpi/snapshots/2026-02-13.csv"


def _facts(before: Files, after: Files) -> list[tuple[str, str]]:
    old, new = (Judgement(MINIMAL_DAY, loaded(files).portal) for files in (before, after))
    found = effects(old, new, changes(old.portal.canonical, new.portal.canonical))
    return [(one.key, one.after) for one in found if one.sort == "fact-edited" and one.weight is Weight.BLOCKS]


def test_a_figure_made_better_afterwards_blocks() -> None:
    files = minimal_files()
    better = edited(files, SNAPSHOT, "role:rol-analyst,195,200,204,2,2,5", "role:rol-analyst,197,200,204,2,2,3")

    (fact,) = _facts(files, better)

    assert fact == ("snapshot/kpi-completion/role:rol-analyst/2026-02-13/r1", "numerator, overdue changed")


@pytest.mark.parametrize("kind", ["governance/decisions/", "kpi/snapshots/"])
def test_facts_that_are_removed_block_and_new_ones_do_not(kind: str) -> None:
    files = minimal_files()
    gone = next(path for path in sorted(files) if path.startswith(kind))
    without = {path: data for path, data in files.items() if path != gone}

    assert {after for _, after in _facts(files, without)} == {"removed"}
    assert _facts(without, files) == []
