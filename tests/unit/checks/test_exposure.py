"""From a system over its risks and users to the modules that are mandatory for them."""

from collections.abc import Mapping
from datetime import date

import pytest

from generator.views.registers import system
from generator.views.traceability import gaps
from tests.factories import MINIMAL_DAY, edited, judged, minimal_files

SYSTEMS = "registers/systems.yaml"
ROLES = "registers/roles.yaml"
MATRIX = "curriculum/matrix.csv"
ROADMAP = "roadmap/roadmap.yaml"
OTHER_ROLE = """hours_budget: 8}
- id: rol-other
  title: Other
  line_of_defence: 1
  ai_exposure: low
  population: [{source: hr-job-family, codes: [OTH-10]}]
"""
LATER = (
    "  - {id: phs-later, title: Later, start: 2026-04-06, depends_on: [phs-pilot], "
    "roles: [rol-other], review_cadence: annually}\n"
)
GATE_END = "      qualitative: [Retrospective published]\n"


def _other_user() -> Mapping[str, bytes]:
    files = edited(minimal_files(), ROLES, "hours_budget: 8}\n", OTHER_ROLE)
    files = edited(files, MATRIX, "rol-analyst,*", "rol-other,*,not-applicable,,,,2026-01-01,\nrol-analyst,*")
    return edited(files, SYSTEMS, "used_by: [rol-analyst]", "used_by: [rol-analyst, rol-other]")


def _found(files: Mapping[str, bytes], day: date = MINIMAL_DAY) -> list[str]:
    return [problem.message for problem in judged(files, day).problems if problem.code == "RSK006"]


def test_a_user_without_a_module_on_the_risk_is_told() -> None:
    assert _found(_other_user()) == [
        "sys-triage is used by rol-other; no mandatory module of theirs addresses rsk-error (16, appetite 8)"
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (SYSTEMS, "purpose: Ranks alerts", "purpose: Ranks alerts, status: planned"),
        ("registers/risks.yaml", "inherent: {likelihood: 4, impact: 4}", "inherent: {likelihood: 2, impact: 4}"),
        (
            MATRIX,
            "rol-analyst,mod-basics",
            "rol-other,mod-basics,mandatory,30,7,phs-pilot,2026-01-12,\nrol-analyst,mod-basics",
        ),
        (ROADMAP, GATE_END, GATE_END + LATER),
    ],
    ids=["not live", "within appetite", "trained", "phase ahead"],
)
def test_no_finding_where_nobody_is_exposed_yet(path: str, old: str, new: str) -> None:
    assert _found(edited(_other_user(), path, old, new)) == []


def test_a_module_that_becomes_mandatory_later_is_no_finding_today() -> None:
    row = "rol-other,mod-basics,mandatory,30,7,phs-pilot,2026-03-01,\nrol-analyst,mod-basics"
    begun = edited(_other_user(), MATRIX, "rol-analyst,mod-basics", row)
    begun = edited(begun, ROADMAP, "    roles: [rol-analyst]\n", "    roles: [rol-analyst, rol-other]\n")

    assert _found(begun) == []
    assert _found(begun, date(2026, 3, 2)) == []


def test_the_system_says_so_where_people_look_for_gaps() -> None:
    j = judged(_other_user()).judgement

    told = "Other: no mandatory module on Staff act on a wrong answer"
    assert (system(j, "sys-triage").state.word, system(j, "sys-triage").state.reason) == ("Users not trained", told)
    assert told in [gap.text for gap in gaps(j)]
    assert system(judged(minimal_files()).judgement, "sys-triage").state.word == "In order"
