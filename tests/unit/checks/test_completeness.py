"""Rules that find the place where nobody wrote anything: an edit of the minimal portal each, and none as it is."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from generator.checks.completeness import RULES
from generator.model.change import changes
from generator.model.judgement import Judgement, Step, Timeline
from tests.factories import BANK_DAY, CONTENT, MINIMAL_DAY, edited, files_below, judged, loaded, minimal_files
from tests.unit.views.support import committed

Edit = tuple[str, str, str]  # path, old, new; old empty: a whole file, new empty too: no such file
OWN = frozenset(rule.code for rule in RULES)
SEATS = "governance/seats.yaml"
MODULE = "curriculum/modules/mod-basics.md"
ROADMAP = "roadmap/roadmap.yaml"
OBLIGATIONS = "registers/obligations.yaml"
NOTE = "notes/nte-context.md"
STEERING = "governance/bodies/bod-steering.md"
MILESTONE = (
    "      - {id: mst-pilot-start, title: Cohort A starts, due: 2026-01-19, done: 2026-01-19, evidence: [coh-a]}\n"
)
LATER_PHASE = (
    "  - {id: phs-later, title: Later, start: 2026-04-06, depends_on: [phs-pilot], review_cadence: annually}\n"
)
NEW_WORDING = "{from: 2026-02-02, summary: New., source: Official journal, verified: 2026-02-03, verification: primary}"
GATE_END = "      qualitative: [Retrospective published]\n"
CASES: tuple[tuple[str, tuple[Edit, ...], str], ...] = (
    ("SGN008", (("governance/sign-offs/sgn-2026-001.yaml", "", ""),), "mod-basics is mandatory for rol-analyst"),
    (
        "SEA003",
        ((SEATS, "hr-10002, from: 2024-01-01", "hr-10002, from: 2024-01-01, to: 2026-02-12"),),
        "sea-lead is vacant on 2026-02-20 and owns fnd-2026-001",
    ),
    (
        "CUR026",
        (
            (
                MODULE,
                "objectives:\n  - {text: Check an answer against a second source, competency: cmp-challenge, ",
                "",
            ),
            (MODULE, "level: 2, criteria: [Finds the wrong answer of four]}\n", ""),
        ),
        "mod-basics is approved and has no objective",
    ),
    (
        "OBL007",
        (
            (OBLIGATIONS, "{from: 2025-02-02, summary", "{from: 2025-02-02, to: 2026-02-01, summary"),
            (
                OBLIGATIONS,
                "verification: primary}\n",
                f"verification: primary}}\n    - {NEW_WORDING}\n",
            ),
        ),
        "obl-literacy is reworded from 2026-02-02",
    ),
    (
        "BUD004",
        (("governance/decisions/dec-2026-003.md", "amount: 60000.00", "amount: 50000.00"),),
        "dec-2026-003 approves 50000.00; its budget lines add up to 60000.00",
    ),
    ("NTE001", ((NOTE, "topic: context", "topic: pain-point"),), "nte-context is a pain point with no owner"),
    (
        "NTE001",
        ((NOTE, "topic: context\nlinks: [phs-pilot]\n", "topic: pain-point\n"),),
        "nte-context is a pain point with no owner and no links",
    ),
    (
        "CLU002",
        ((ROADMAP, GATE_END, GATE_END + LATER_PHASE), ("roadmap/clusters.yaml", ", reason: Starts in the pilot", "")),
        "clu-risk is trained in phs-pilot, not in phs-later",
    ),
    (
        "COM007",
        (
            (
                ROADMAP,
                MILESTONE,
                MILESTONE + "      - {id: mst-pilot-half, title: Half, due: 2026-03-20}\n",
            ),
        ),
        "mst-pilot-half is due 2026-03-20",
    ),
    (
        "IMP001",
        (("kpi/imports.yaml", ", query: grades v1", ""), ("kpi/imports.yaml", ", run_by: sea-lead", "")),
        "imp-2026-02-13-lms names no query and no run_by",
    ),
    (
        "GOV023",
        ((SEATS, "function: compliance", "function: risk"),),
        "bod-steering: only learning operations and risk vote; at least 3",
    ),
)


def _with(edits: tuple[Edit, ...]) -> Mapping[str, bytes]:
    files: dict[str, bytes] = dict(minimal_files())
    for path, old, new in edits:
        if old:
            files = dict(edited(files, path, old, new))
        else:
            del files[path]
    return files


def _told(files: Mapping[str, bytes], day: date = MINIMAL_DAY) -> list[str]:
    return [f"{p.code} {p.message}" for p in judged(files, day).problems if p.code in OWN]


@pytest.mark.parametrize(("code", "edits", "words"), CASES, ids=[f"{case[0]}-{case[2][:20]}" for case in CASES])
def test_what_is_missing_is_told(code: str, edits: tuple[Edit, ...], words: str) -> None:
    told = _told(_with(edits))

    assert len(told) == 1
    assert told[0].startswith(f"{code} {words}")


def test_nothing_is_missing_in_the_minimal_portal() -> None:
    assert _told(minimal_files()) == []


def test_nothing_is_missing_in_the_sample_bank() -> None:
    assert _told(files_below(CONTENT), BANK_DAY) == []


def test_a_vacant_seat_that_has_done_its_work_is_no_finding() -> None:
    done = (
        "registers/findings.yaml",
        "status: open",
        "status: closed, closed: 2026-02-10, closure_evidence: [pln-feed]",
    )
    gone = (SEATS, "hr-10002, from: 2024-01-01", "hr-10002, from: 2024-01-01, to: 2026-02-12")

    other = ("change/hr-integrations.yaml", "owner: sea-lead", "owner: sea-member")

    assert _told(_with((done, gone, other))) == []


def test_a_milestone_that_is_far_off_needs_no_message_yet() -> None:
    far = (ROADMAP, MILESTONE, MILESTONE + "      - {id: mst-pilot-half, title: Half, due: 2026-03-23}\n")

    assert _told(_with((far,))) == []


def test_a_role_with_completion_only_is_told_once_it_has_settled() -> None:
    path = "kpi/snapshots/2026-02-13.csv"
    lines = minimal_files()[path].decode().splitlines(keepends=True)
    kept = [line for line in lines if line.startswith(("kpi,", "kpi-completion,"))]
    elsewhere = "".join(kept) + "kpi-checked,unit:desk,9,10" + "," * 14 + "\n"
    files = {**minimal_files(), path: elsewhere.encode()}

    assert not any(told.startswith("KPI021") for told in _told(files))
    later = MINIMAL_DAY + timedelta(days=60)
    assert [told for told in _told(files, later) if told.startswith("KPI021")] == [
        "KPI021 rol-analyst is trained, and nothing but its completion is measured"
    ]


def _past(*states: tuple[date, Mapping[str, bytes]]) -> Timeline:
    steps, before = [], loaded({}).portal.canonical
    for day, files in states:
        after = loaded(files).portal.canonical
        steps.append(Step(committed(day), changes(before, after)))
        before = after
    return Timeline(tuple(steps))


def _carried(*states: tuple[date, Mapping[str, bytes]]) -> list[str]:
    (rule,) = (rule for rule in RULES if rule.code == "REG007")
    portal = loaded(states[-1][1]).portal
    judgement = Judgement(MINIMAL_DAY, portal.seen_on(MINIMAL_DAY), timeline=_past(*states))
    assert rule.check is not None
    return [rule.message.format(key=one.subject, **one.values) for one in rule.check(judgement)]


def test_a_module_that_a_change_affects_has_to_change() -> None:
    before, after = minimal_files(), edited(minimal_files(), MODULE, "can and cannot do", "can, cannot and may not do")
    start, published = (date(2026, 1, 5), before), date(2026, 1, 20)

    assert _carried(start, (published + timedelta(days=5), after)) == []
    assert _carried(start, (published - timedelta(days=5), after)) == [
        "rgc-2026-01 affects mod-basics, which still reads as before 2026-01-20 (version 1.0.0)"
    ]


def test_a_history_that_begins_after_the_change_tells_nothing() -> None:
    assert _carried((date(2026, 2, 1), minimal_files())) == []
