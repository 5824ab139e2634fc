"""What a diff says of criteria and of cover: which figure, what stands in its place, and from which day."""

from generator.diff.meaning import effects
from generator.model.change import changes
from generator.model.judgement import Judgement
from tests.factories import MINIMAL_DAY, Files, edited, loaded, minimal_files

ROADMAP = "roadmap/roadmap.yaml"
LIFT = '{kpi: kpi-lift, scope: "cohort:coh-a", op: ">=", value: 0.20}'
CELL = "rol-analyst,mod-basics,mandatory,30,7,phs-pilot,2026-01-12,"


def _told(before: Files, after: Files, sort: str) -> list[tuple[str, str, str]]:
    old, new = (Judgement(MINIMAL_DAY, loaded(files).portal) for files in (before, after))
    found = effects(old, new, changes(old.portal.canonical, new.portal.canonical))
    return [(one.before, one.after, one.affected) for one in found if one.sort == sort]


def test_a_criterion_is_told_with_its_figure_and_what_stands_in_its_place() -> None:
    files = minimal_files()
    other = edited(files, ROADMAP, LIFT, '{kpi: kpi-lift, scope: bank, op: ">=", value: 0.25}')

    ((before, after, _),) = _told(files, other, "target-weaker")

    assert before.endswith(", cohort:coh-a >= 20 %")
    assert after.startswith("dropped; instead ")
    assert after.endswith(", bank >= 25 %")


def test_cover_that_begins_later_says_when() -> None:
    files = minimal_files()
    later = edited(files, "curriculum/matrix.csv", CELL, CELL.replace("2026-01-12", "2027-01-11"))
    without = edited(files, "curriculum/matrix.csv", CELL, CELL.replace("mandatory,30,7", "optional,,"))

    ((_, _, affected),) = _told(without, later, "coverage-gain")
    assert "covered from 11 Jan 2027 (" in affected

    ((_, _, affected),) = _told(without, files, "coverage-gain")
    assert "covered from now on (" in affected
