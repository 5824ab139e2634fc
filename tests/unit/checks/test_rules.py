"""Rules that neither a broken portal nor a mutation of the bank shows: a small edit of the minimal portal each."""

from datetime import date

import pytest

from generator.checks import RULES
from tests.factories import MINIMAL_DAY, edited, judged, minimal_files

Edit = tuple[str, str, str]  # path, old, new; old empty: a whole file, new empty too: no such file
Case = tuple[str, tuple[Edit, ...]]  # the code that must be found

MODULE = "curriculum/modules/mod-basics.md"
MATRIX = "curriculum/matrix.csv"
SNAPSHOT = "kpi/snapshots/2026-02-13.csv"
ROADMAP = "roadmap/roadmap.yaml"
EXPERIMENTS = "cohorts/experiments.yaml"
RETROSPECTIVE = "cohorts/retrospectives/ret-coh-a.md"
HEADER = (
    "kpi,scope,numerator,denominator,headcount,exempt,not_yet_due,overdue,n_pairs,n_pre_only,n_post_only,"
    "mean_pre,mean_post,sd_diff,exposure,withheld,source,note\n"
)
OTHER_MODULE = (
    "curriculum/modules/mod-other.md",
    "",
    """---
id: mod-other
title: Other
version: 1.0.0
status: draft
owner: bod-curriculum-wg
minutes: 9
delivery: reading
language: [en]
---
More.
""",
)
LATER_PHASE = (
    ROADMAP,
    "      qualitative: [Retrospective published]\n",
    """      qualitative: [Retrospective published]
  - {id: phs-later, title: Later, start: 2026-04-06, depends_on: [phs-pilot], review_cadence: annually}
""",
)
OTHER_ROLE = (
    "registers/roles.yaml",
    "hours_budget: 8}\n",
    """hours_budget: 8}
- id: rol-other
  title: Other
  line_of_defence: 1
  ai_exposure: low
  population: [{source: hr-job-family, codes: [OTH-10]}]
""",
)
GATE_DECISION = """---
id: dec-2026-005
title: Gate
type: phase-gate
status: accepted
date: 2026-02-16
body: bod-steering
votes: {for: 2, against: 0, abstain: 0}
present: [sea-chair, sea-lead]
minutes: {held_at: store}
gate: gat-pilot-exit
outcome: pass
affects: [phs-pilot]
---
Text.
"""
PASSED_GATE = (
    (ROADMAP, "      due: 2026-04-03\n", "      due: 2026-04-03\n      decision: dec-2026-005\n"),
    ("governance/decisions/dec-2026-005.md", "", GATE_DECISION),
)
OTHER_COMPETENCY = (
    "registers/competencies.yaml",
    "2: Checks output against a second source}\n",
    """2: Checks output against a second source}
  - {id: cmp-other, title: Other, category: technical, levels: {1: Knows}}
""",
)
SECOND_SESSION = (
    "cohorts/calendar.csv",
    "136,Room 1,sea-lead\n",
    "136,Room 1,sea-lead\nses-0002,2026-01-19,10:00,11:00,Europe/London,coh-a,mod-basics,session,9,Room 1,\n",
)
CARRIED_LESSON = (
    RETROSPECTIVE,
    "kind: keep, text: Real alerts held attention, action: none}",
    (
        "kind: change, text: Too long, action: Shorten it, target: mod-basics, owner: sea-lead, due: 2026-02-20, "
        "status: done, done: 2026-02-18, version: 2.0.0}"
    ),
)
EARLY_SNAPSHOT = (
    "kpi/snapshots/2026-01-16.csv",
    "",
    f"{HEADER}kpi-completion,role:rol-analyst,10,10,10,0,0,0,,,,,,,,,imp-2026-02-13-lms,\n",
)
WITHHELD_ROLE = (
    SNAPSHOT,
    "kpi-lift,",
    "kpi-completion,role:rol-other,,,,,,,,,,,,,,small-cell,imp-2026-02-13-lms,\nkpi-lift,",
)
CASES: tuple[Case, ...] = (
    ("BUD003", (("governance/decisions/dec-2026-003.md", "status: accepted", "status: proposed"),)),
    ("CHP001", (("change/champions.csv", "2026-01-12", "2026-03-12"),)),
    ("CMP001", (OTHER_COMPETENCY,)),
    ("COH003", ((RETROSPECTIVE, "date: 2026-02-10", "date: 2026-03-10"),)),
    ("COH004", (("cohorts/calendar.csv", "session,136", "session,100"),)),
    ("COH005", (SECOND_SESSION,)),
    ("COM003", (("change/communications.csv", "com-0001,2026-01-05", "com-0001,2025-11-05"),)),
    ("COM005", (("change/communications.csv", "Say why,", ","),)),
    ("CUR005", (OTHER_MODULE, (MODULE, "valid_months: 12\n", "valid_months: 12\nprerequisites: [mod-other]\n"))),
    ("CUR006", ((MODULE, "competencies: {cmp-challenge: 2}", "competencies: {cmp-challenge: 1}"),)),
    ("CUR017", ((MODULE, "risks: [rsk-error]\nobligations: [obl-literacy]", "risks: []\nobligations: []"),)),
    ("CUR020", (("curriculum/pathways.yaml", "steps: [mod-basics]", "steps: [mod-basics, mod-basics]"),)),
    ("CUR021", ((MODULE, "{technical: 0.4, ethical: 0.3, business: 0.3}", "{technical: 1, ethical: 0, business: 0}"),)),
    ("CUR022", (OTHER_MODULE, ("curriculum/certifications.yaml", "[mod-basics]", "[mod-basics, mod-other]"))),
    ("DEC007", (("governance/decisions/dec-2026-004.md", "[rol-analyst,", "[rol-analyst#hours,"),)),
    ("ENR001", (("cohorts/cohorts.yaml", "roles: [rol-analyst]", "roles: []"),)),
    ("EXP001", ((EXPERIMENTS, "planned_n_per_arm: 100", "planned_n_per_arm: 50"),)),
    ("GOV012", (("governance/decisions/dec-2026-002.md", "date: 2026-01-08", "date: 2026-01-05"),)),
    ("GOV020", (("governance/bodies/bod-steering.md", "kind: steering-committee", "kind: advisory"),)),
    ("HRI003", PASSED_GATE),
    ("INC002", (("registers/incidents.csv", ",les-0001", ","),)),
    ("INC003", (("registers/exposure.csv", "2026-01,", "2025-12,"),)),
    ("INC004", ((SNAPSHOT, "kpi-lift,", "kpi-incidents,bank,5,,,,,,,,,,,,800,,imp-2026-02-13-lms,\nkpi-lift,"),)),
    ("KPI002", ((SNAPSHOT, "phs-pilot,41,50", "phs-pilot,2,3"),)),
    ("KPI011", ((SNAPSHOT, "41,50,,,,,,,,,,,,,imp", "41,50,,,,,,,,,,,,small-cell,imp"),)),
    ("KPI012", ((SNAPSHOT, "phs-pilot,41,50", "phs-pilot,31,50"),)),
    ("KPI015", (("kpi/definitions.yaml", "cadence: quarterly\n  owner: bod-steering\n", "cadence: quarterly\n"),)),
    ("KPI016", (EARLY_SNAPSHOT,)),
    (
        "KPI017",
        (OTHER_ROLE, (ROADMAP, "    roles: [rol-analyst]", "    roles: [rol-analyst, rol-other]"), WITHHELD_ROLE),
    ),
    ("LES002", (CARRIED_LESSON,)),
    ("OBL003", (("registers/obligations.yaml", "from: 2025-02-02,", "from: 2025-02-02, to: 2026-01-31,"),)),
    ("OBL005", ((MATRIX, "phs-pilot,2026-01-12", "phs-pilot,2026-02-01"),)),
    ("PCK001", (("packs/pck-q1.yaml", "as_of: 2026-02-15", "as_of: 2026-01-20"),)),
    ("PLN004", (LATER_PHASE,)),
    (
        "POR002",
        (("portal.yaml", "years: 7", "years: 7\nwaive: {KPI015: {until: 2026-03-31, decision: dec-2026-001}}"),),
    ),
    (
        "PRM001",
        (("curriculum/permissions.yaml", "", "[]\n"), ("curriculum/certifications.yaml", ", grants: [prm-close]", "")),
    ),
    ("REG006", (("regulatory/rgc-2026-01.md", "impact: low\n", "impact: low\ndecision_needed: true\n"),)),
    ("RSK002", ((MODULE, "risks: [rsk-error]", "risks: []"),)),
    ("RSK004", (("registers/risks.yaml", "reviewed: 2026-01-20", "reviewed: 2025-01-20"),)),
    ("SCN002", (("curriculum/scenarios/scn-alert.md", "", ""),)),
    ("SGN001", ((MODULE, "minutes: 40", "minutes: 45"),)),
    ("SGN004", (("governance/sign-offs/sgn-2026-001.yaml", "on: 2026-01-09", "on: 2026-01-09\nexpires: 2026-02-01"),)),
    ("SRC008", (("portal.yaml", "organisation: Minimal Bank", f"organisation: {'x' * 70_000}"),)),
    ("SYS002", (("registers/systems.yaml", "oversight_roles: [rol-analyst]", "oversight_roles: []"),)),
    ("TKT001", (("change/toolkits/tkt-managers.md", "Block 40 minutes in week one.", "word " * 700),)),
)
LATER_CASES: tuple[tuple[str, tuple[Edit, ...], date], ...] = (
    ("KPI006", (), date(2026, 3, 10)),
    ("REV001", (), date(2026, 6, 20)),
    ("ROA004", ((SNAPSHOT, "kpi-lift,cohort:coh-a", "kpi-lift,bank"),), date(2026, 4, 10)),
    ("ROA009", (LATER_PHASE,), date(2026, 4, 10)),
)


def _with(edits: tuple[Edit, ...]) -> dict[str, bytes]:
    files = minimal_files()
    for path, old, new in edits:
        files = edited(files, path, old, new) if old else {**files, path: new.encode()}
        if not old and not new:
            del files[path]
    return files


@pytest.mark.parametrize(("code", "edits"), CASES, ids=[case[0] for case in CASES])
def test_a_small_edit_breaks_its_rule(code: str, edits: tuple[Edit, ...]) -> None:
    found = judged(_with(edits))

    assert code in {problem.code for problem in found.problems}
    assert all("{" not in problem.message for problem in found.problems)


@pytest.mark.parametrize(("code", "edits", "day"), LATER_CASES, ids=[case[0] for case in LATER_CASES])
def test_a_later_day_breaks_its_rule(code: str, edits: tuple[Edit, ...], day: date) -> None:
    assert code in {problem.code for problem in judged(_with(edits), day).problems}


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (EXPERIMENTS, "alpha: 0.05", "alpha: 0", "SCH001"),
        (EXPERIMENTS, "power: 0.8", "power: 1", "SCH001"),
        (EXPERIMENTS, "minimal_effect: 0.20", "minimal_effect: 0", ""),
        (EXPERIMENTS, "minimal_effect: 0.20", "minimal_effect: 0.6", ""),
        ("portal.yaml", "weekly: 10", "weekly: 999999999999999", "PII001"),
        ("change/communications.csv", "com-0001,2026-01-05,,", "com-0001,,99999999,", ""),
    ],
)
def test_a_figure_that_nothing_can_be_reckoned_with_breaks_no_rule_of_ours(
    path: str, old: str, new: str, code: str
) -> None:
    found = judged(edited(minimal_files(), path, old, new))
    assert {p.code for p in found.errors} == ({code} if code else set())


def test_a_waived_rule_is_a_warning_that_cites_its_decision() -> None:
    waiver = "amount: 60000.00\nwaives: [{rule: ROA002, subject: phs-pilot, until: 2026-03-31}]"
    longer = (ROADMAP, "end: 2026-04-03", "end: 2026-04-24")
    files = _with((longer, ("governance/decisions/dec-2026-003.md", "amount: 60000.00", waiver)))

    within = judged(files, MINIMAL_DAY)
    after = judged(files, date(2026, 4, 1))

    assert within.errors == ()
    assert any("(waived until 2026-03-31 by dec-2026-003)" in p.message for p in within.problems)
    assert "ROA002" in {p.code for p in after.errors}


def test_a_strict_rule_is_an_error() -> None:
    late = ("registers/risks.yaml", "reviewed: 2026-01-20", "reviewed: 2025-01-20")
    strict = ("portal.yaml", "retention_years: 7", "retention_years: 7\nstrict: [RSK004]")

    assert judged(_with((late,))).errors == ()
    assert [p.code for p in judged(_with((late, strict))).errors] == ["RSK004"]


def test_what_is_dated_later_is_unseen_and_never_a_finding() -> None:
    assert judged(minimal_files(), date(2026, 1, 11)).errors == ()


def test_remedies_and_messages_are_filled() -> None:
    assert all(rule.message and rule.remedy for rule in RULES)
