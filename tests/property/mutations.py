"""Single edits of the sample bank, each with the code it must give first; ‸ marks the place where it must be told.

One table, longer than a module should be: an edit a row.
"""

# ruff: noqa: E501 - one edit a line, however long the edited text is
from typing import NamedTuple

MARK = "‸"

MODULE = "curriculum/modules/mod-fraud-casework.md"
MATRIX = "curriculum/matrix.csv"
ROADMAP = "roadmap/roadmap.yaml"
ROLES = "registers/roles.yaml"
SYSTEMS = "registers/systems.yaml"
RISKS = "registers/risks.yaml"
OBLIGATIONS = "registers/obligations.yaml"
COMPETENCIES = "registers/competencies.yaml"
CERTIFICATIONS = "curriculum/certifications.yaml"
PERMISSIONS = "curriculum/permissions.yaml"
STEERING = "governance/bodies/bod-steering.md"
GATE_DECISION = "governance/decisions/dec-2026-003.md"
TARGET_DECISION = "governance/decisions/dec-2026-016.md"
RIGHTS = "governance/decision-rights.csv"
RACI = "governance/raci.csv"
BUDGET = "governance/budget.csv"
SLA = "governance/sla.yaml"
SEATS = "governance/seats.yaml"
DAYS = "governance/working-days.yaml"
KPIS = "kpi/definitions.yaml"
SNAPSHOT = "kpi/snapshots/2026-11-13.csv"
ACTIONS = "kpi/actions.yaml"
COHORTS = "cohorts/cohorts.yaml"
CALENDAR = "cohorts/calendar.csv"
CHARTER = "cohorts/cht-pilot-2026.md"
EXPERIMENTS = "cohorts/experiments.yaml"
RETROSPECTIVE = "cohorts/retrospectives/ret-coh-2026-a.md"
MESSAGES = "change/communications.csv"
CHAMPIONS = "change/champions.csv"
SPONSORS = "change/sponsors.yaml"
INCENTIVES = "change/incentives.yaml"
INTEGRATIONS = "change/hr-integrations.yaml"
INCIDENTS = "registers/incidents.csv"
EXPOSURE = "registers/exposure.csv"
FINDINGS = "registers/findings.yaml"
PACK = "packs/pck-audit-2026-q1.yaml"
PILOTS = "roadmap/pilots.yaml"
CLUSTERS = "roadmap/clusters.yaml"
PLAN = "roadmap/plan.yaml"
CHANGE = "regulatory/rgc-2026-01.md"
PORTAL = "portal.yaml"
PRINCIPLES = "principles.yaml"
SCENARIO = "curriculum/scenarios/scn-fraud-quiet-alert.md"
SIGN_OFF = "governance/sign-offs/sgn-2026-002.yaml"
REVIEWS = "governance/reviews.yaml"
SCOPE = "governance/scope-changes.yaml"
IMPORTS = "kpi/imports.yaml"
PATHWAYS = "curriculum/pathways.yaml"
TOOLKIT = "change/toolkits/tkt-fraud-managers.md"
NOTE = "notes/nte-context.md"


class Mutation(NamedTuple):
    """One edit of one file, and the code that must come first, at the mark in the new text."""

    code: str
    path: str
    old: str
    new: str


MUTATIONS = (
    # Form of files
    Mutation("SRC001", MODULE, "title: Fraud casework", "title: Fraud‸e\u0301 casework"),
    Mutation("SRC002", MODULE, "minutes: 90", "minutes: 90‸\u200b"),
    Mutation("SRC002", ROADMAP, "    title: Pilot\n", "‸\ttitle: Pilot\n"),
    Mutation("SRC003", MODULE, "minutes: 90\n", "minutes: 90\n‸minutes: 80\n"),
    Mutation("SRC004", MODULE, "minutes: 90", "minutes: ‸&m 90"),
    Mutation("SRC004", MODULE, "minutes: 90", "minutes: ‸*m"),
    Mutation("SRC005", MODULE, "minutes: 90", "minutes: ‸!!int 90"),
    Mutation("SRC006", RISKS, "impact: [1, 5], appetite", "impact: " + "[" * 30 + "‸[[" + "]" * 32 + ", appetite"),
    Mutation(
        "SRC009",
        PORTAL,
        "{profile: demo, label: DEMO - not a qualified signature}\nlanguage: en",
        "{profile: demo\nlanguage‸: en",
    ),
    Mutation("SRC010", RIGHTS, "budget,bod-board,I,\n", "‸budget,bod-board,I\n"),
    Mutation("SRC010", RACI, "assess-regulatory-change,rol-senior-manager,I\n", '‸assess-regulatory-change,"rol,I\n'),
    # Fields
    Mutation("SCH001", MODULE, "minutes: 90", "‸minuets: 90"),
    Mutation("SCH001", MODULE, "minutes: 90", "minutes: ‸ninety"),
    Mutation("SCH001", MODULE, "minutes: 90", "minutes: ‸90.5"),
    Mutation("SCH001", MODULE, "delivery: scenario-workshop", "delivery: ‸scenario-workshp"),
    Mutation("SCH001", MODULE, "language: [en]", "language: ‸en"),
    Mutation("SCH001", MODULE, "version: 1.2.0", "version: ‸1.2.0-rc"),
    Mutation("SCH001", MODULE, "pass_mark: 0.75", "pass_mark: ‸75"),
    Mutation("SCH001", MODULE, "pre_test: true", "pre_test: ‸yes"),
    Mutation("SCH001", ROADMAP, "due: 2026-01-09, done", "due: ‸2026-02-30, done"),
    Mutation("SCH001", ROADMAP, "timebox: {min: P8W,", "timebox: {min: ‸8 weeks,"),
    Mutation("SCH001", STEERING, "timezone: Europe/London", "timezone: ‸GMT plus 1"),
    Mutation("SCH001", STEERING, "{seat: sea-coo, voting: true,", "{seat: sea-coo, voting: ‸y,"),
    Mutation(
        "SCH001",
        BUDGET,
        "bud-0001,2025-12-11,FY2025,phs-pilot,content,approved,60000.00",
        "bud-0001,2025-12-11,FY2025,phs-pilot,content,approved,‸60000",
    ),
    Mutation("SCH001", SNAPSHOT, "kpi-checked-before-use,bank,737", "kpi-checked-before-use,bank,‸-737"),
    Mutation("SCH001", SNAPSHOT, "kpi-checked-before-use,bank,737", "kpi-checked-before-use,‸banks,737"),
    Mutation("SCH001", RIGHTS, "decision_type,party,right,limit\n", "decision_type,party,right,‸limits\n"),
    Mutation("SCH001", INCIDENTS, "2025-10-04,2025-10-06,2025-10-07", "‸Oct-20,2025-10-06,2025-10-07"),
    Mutation("SCH002", ROLES, "- id: rol-branch-adviser\n  title: Branch adviser\n", "- ‸id: rol-branch-adviser\n"),
    Mutation("SCH003", RISKS, "  - id: rsk-biased-outcome\n", "  - id: ‸RSK-biased\n"),
    Mutation("SCH003", INCENTIVES, "id: ict-badge", "id: ‸inc-badge"),
    Mutation("SCH004", MODULE, "id: mod-fraud-casework\n", "id: ‸mod-fraud-cases\n"),
    # Links
    Mutation("REF001", RISKS, "  - id: rsk-confident-error\n", "  - id: ‸rsk-biased-outcome\n"),
    Mutation("REF002", MATRIX, "rol-fraud-analyst,mod-fraud-casework,", "‸rol-fraud-analist,mod-fraud-casework,"),
    Mutation("REF002", MODULE, "risks: [rsk-confident-error,", "risks: [‸rsk-confident-eror,"),
    Mutation("REF002", GATE_DECISION, "affects: [phs-pilot, phs-scale]", "affects: [phs-pilot, ‸phs-scales]"),
    Mutation("REF002", STEERING, "chair: {seat: sea-coo}", "chair: {seat: ‸sea-coo-2}"),
    Mutation("REF002", SNAPSHOT, "kpi-checked-before-use,phase:phs-pilot", "kpi-checked-before-use,‸phase:phs-pilots"),
    Mutation("REF003", CERTIFICATIONS, "grants: [prm-fraud-close]", "grants: [‸mod-fraud-casework]"),
    Mutation(
        "REF003",
        PILOTS,
        "  sponsor: sea-cro\n  charter: cht-pilot-2026\n  reason: A wrong",
        "  sponsor: ‸rol-senior-manager\n  charter: cht-pilot-2026\n  reason: A wrong",
    ),
    Mutation("REF004", MODULE, "prerequisites: [mod-ai-foundations]", "prerequisites: [‸mod-fraud-casework]"),
    Mutation("PII001", NOTE, "topic: context\n", "topic: context\nnotes: ‸Ask j.smith@northmere.example\n"),
    Mutation("PII001", NOTE, "topic: context\n", "topic: context\nnotes: ‸Account 12345678901234\n"),
    # Roadmap, gates, plan
    Mutation("ROA001", ROADMAP, "    end: 2026-04-03             # 11.7 weeks", "    end: ‸2025-04-03"),
    Mutation(
        "ROA002",
        ROADMAP,
        "    end: 2026-04-03             # 11.7 weeks\n    timebox: {min: P8W, max: P12W}",
        "    end: ‸2026-04-03             # 11.7 weeks\n    timebox: {min: P8W, max: P11W}",
    ),
    Mutation("ROA003", ROADMAP, "    start: 2026-04-06\n", "    start: ‸2026-04-03\n"),
    Mutation("ROA005", ROADMAP, "done: 2026-01-08, evidence: [dec-2026-001]}", "done: ‸2026-01-08}"),
    Mutation("ROA006", ROADMAP, "due: 2026-10-30, done: 2026-10-22, evidence: [coh-2026-h]}", "due: ‸2026-10-30}"),
    Mutation(
        "ROA007",
        ROADMAP,
        '- {kpi: kpi-completion, scope: "phase:phs-pilot", op: ">=", value: 0.95,',
        '- {kpi: kpi-completion, scope: "phase:phs-pilot", op: ">=", value: ‸0.99,',
    ),
    Mutation("ROA010", ROADMAP, "review_cadence: annually", "review_cadence: ‸monthly"),
    Mutation("ROA011", ROADMAP, "      decision: dec-2026-003\n", "      decision: ‸dec-2026-004\n"),
    Mutation(
        "CHK001",
        ROADMAP,
        "due: 2026-12-18, done: 2026-11-06, evidence: [sys-credit-score, prm-credit-override]}",
        "due: ‸2026-11-18}",
    ),
    Mutation(
        "CHK002",
        ROADMAP,
        "text: Translate the core modules, owner: bod-curriculum-wg, due: 2026-06-30, not_applicable: All branches in this phase work in English}",
        "text: ‸Translate the core modules, due: 2027-06-30}",
    ),
    Mutation(
        "PLN001",
        PLAN,
        "  due: 2027-03-31\n  depends_on: [pln-feed-automation]",
        "  due: ‸2026-10-31\n  depends_on: [pln-feed-automation]",
    ),
    Mutation(
        "PLN002",
        PLAN,
        "- id: pln-annual-review\n  title: Prepare the first annual review\n  phase: phs-institutionalize\n  workstream: measurement\n  owner: bod-curriculum-wg\n",
        "- ‸id: pln-annual-review\n  title: Prepare the first annual review\n  phase: phs-institutionalize\n  workstream: measurement\n",
    ),
    Mutation("PLN003", PLAN, "  start: 2028-03-01\n  due: 2028-06-16", "  start: 2028-03-01\n  due: ‸2028-02-16"),
    Mutation("PLT001", PILOTS, "  order: 1\n  risk_rank: 1", "  order: ‸1\n  risk_rank: 5"),
    Mutation("CLU001", CLUSTERS, "roles: [rol-branch-adviser, rol-branch-manager,", "roles: [rol-branch-manager,"),
    # Curriculum
    Mutation("CUR001", MODULE, "approved_by: dec-2026-015", "approved_by: ‸dec-2026-006"),
    Mutation(
        "CUR002",
        MATRIX,
        "rol-fraud-analyst,mod-fraud-casework,mandatory,60,7,",
        "rol-fraud-analyst,mod-fraud-casework,mandatory,‸,7,",
    ),
    Mutation("CUR003", MODULE, "status: approved", "status: ‸draft"),
    Mutation(
        "CUR004",
        MATRIX,
        "rol-fraud-analyst,mod-fraud-casework,mandatory,60,7,phs-pilot,2026-01-12,\n",
        "rol-fraud-analyst,mod-fraud-casework,mandatory,60,7,phs-pilot,2026-01-12,\nrol-fraud-analyst,mod-fraud-casework,mandatory,90,7,phs-pilot,‸2026-10-01,\n",
    ),
    Mutation(
        "CUR007",
        CERTIFICATIONS,
        "  requires: {all_of: [mod-ai-foundations, mod-fraud-casework]}\n  valid_months: 12",
        "  requires: {all_of: [mod-ai-foundations, mod-fraud-casework]}\n  valid_months: ‸24",
    ),
    Mutation(
        "CUR008",
        SYSTEMS,
        "  ai_act_class: high-risk\n  used_by: [rol-branch-adviser, rol-credit-risk-analyst]\n  oversight_roles: [rol-credit-risk-analyst]\n  requires_certification: crt-credit-oversight\n",
        "  ai_act_class: ‸high-risk\n  used_by: [rol-branch-adviser, rol-credit-risk-analyst]\n  oversight_roles: [rol-credit-risk-analyst]\n",
    ),
    Mutation(
        "CUR010",
        MODULE,
        "assessment: {kind: scenario, items: 4, pass_mark: 0.75, attempts: 2, pre_test: true}",
        "assessment: ‸{kind: none}",
    ),
    Mutation("CUR011", SYSTEMS, "oversight_roles: [rol-credit-risk-analyst]", "oversight_roles: [rol-branch-adviser]"),
    Mutation("CUR012", MATRIX, "rol-software-engineer,*,not-applicable,,,,2025-12-01,\n", ""),
    Mutation(
        "CUR013",
        ROLES,
        "  title: Branch adviser\n  line_of_defence: 1\n  population:\n    - {source: hr-job-family, codes: [BRN-10, BRN-11]}\n  ai_exposure: medium\n  hours_budget: 4",
        "  title: Branch adviser\n  line_of_defence: 1\n  population:\n    - {source: hr-job-family, codes: [BRN-10, BRN-11]}\n  ai_exposure: medium\n  hours_budget: ‸1",
    ),
    Mutation(
        "CUR014",
        MODULE,
        "  - text: Write a rationale that a colleague can follow\n    competency: cmp-decision-record\n    level: 2\n    criteria: [A colleague reaches the same conclusion from the note alone]\n",
        "  - text: ‸Write a rationale that a colleague can follow\n    competency: cmp-decision-record\n    level: 2\n",
    ),
    Mutation(
        "CUR015",
        MODULE,
        "dimensions: {technical: 0.3, ethical: 0.4, business: 0.3}",
        "dimensions: ‸{technical: 0.3, ethical: 0.4, business: 0.4}",
    ),
    Mutation("CUR016", MODULE, "co_design:\n  - {function: legal,", "co_design:\n  ‸- {function: law,"),
    Mutation(
        "CUR018",
        MODULE,
        "    competency: cmp-decision-record\n    level: 2",
        "    competency: ‸cmp-decision-record\n    level: 3",
    ),
    Mutation("CUR019", MODULE, "{platform: moodle,", "{platform: ‸mood,"),
    Mutation(
        "CUR023",
        MATRIX,
        "rol-fraud-analyst,mod-fraud-casework,mandatory,60,7,phs-pilot,2026-01-12,\n",
        "rol-fraud-analyst,mod-fraud-casework,mandatory,60,7,phs-pilot,2026-01-12,‸2026-01-01\n",
    ),
    Mutation(
        "CUR024",
        MATRIX,
        "rol-software-engineer,*,not-applicable,,,,2025-12-01,",
        "rol-software-engineer,*,‸optional,,,,2025-12-01,",
    ),
    Mutation(
        "CUR025",
        MODULE,
        "id: mod-fraud-casework\ntitle: Fraud casework with an assistant\nversion: 1.2.0\nstatus: approved\nowner: bod-curriculum-wg\n",
        "‸id: mod-fraud-casework\ntitle: Fraud casework with an assistant\nversion: 1.2.0\nstatus: approved\n",
    ),
    Mutation(
        "SCN001",
        SCENARIO,
        "rationale_required: true\nrubric:\n  - {criterion: Finds that the low rank is wrong, points: 3}\n  - {criterion: Names the second source, points: 2}\n  - {criterion: Writes the rationale before closing, points: 3}\n",
        "rationale_required: ‸true\n",
    ),
    Mutation(
        "CRT001",
        CERTIFICATIONS,
        "requires: {all_of: [mod-ai-foundations, mod-model-limitations, mod-model-validation]}",
        "requires: ‸{all_of: []}",
    ),
    Mutation("PRM002", CERTIFICATIONS, "  grants: [prm-complaint-summary]", "  grants: []"),
    Mutation(
        "CMP002",
        COMPETENCIES,
        "    levels:\n      1: Knows that text from outside can carry instructions\n",
        "    levels:\n      ‸5: Knows that text from outside can carry instructions\n",
    ),
    Mutation(
        "CMP003",
        ROLES,
        "competencies: {cmp-governance-duty: 2, cmp-output-challenge: 1}",
        "competencies: {cmp-governance-duty: ‸9, cmp-output-challenge: 1}",
    ),
    Mutation("ROL001", ROLES, "codes: [BRN-30]", "codes: [‸BRN-10]"),
    Mutation(
        "ROL002",
        ROLES,
        "- id: rol-board-member\n  title: Board member\n  line_of_defence: 1\n  population:\n    - {source: board, codes: [BRD-01]}\n",
        "- ‸id: rol-board-member\n  title: Board member\n  line_of_defence: 1\n",
    ),
    Mutation(
        "SYS001",
        SYSTEMS,
        "  status: live\n  ai_act_class: minimal\n  used_by: [rol-customer-service-agent]",
        "  status: live\n  ai_act_class: ‸prohibited\n  used_by: [rol-customer-service-agent]",
    ),
    Mutation("TAX001", RISKS, "ref: ri-16", "ref: ‸ri-99"),
    # Risks and obligations
    Mutation(
        "RSK001",
        RISKS,
        "ref: ri-16}\n    inherent: {likelihood: 3, impact: 5}\n    residual: {likelihood: 2, impact: 4}",
        "ref: ri-16}\n    inherent: {likelihood: 1, impact: 5}\n    residual: ‸{likelihood: 2, impact: 4}",
    ),
    Mutation(
        "RSK003",
        RISKS,
        "ref: ri-16}\n    inherent: {likelihood: 3, impact: 5}\n    residual: {likelihood: 2, impact: 4}",
        "ref: ri-16}\n    inherent: {likelihood: 3, impact: 5}\n    residual: ‸{likelihood: 3, impact: 4}",
    ),
    Mutation(
        "RSK005",
        RISKS,
        "  - id: rsk-biased-outcome\n    title: A group of customers is treated worse without good reason\n    category: conduct\n    taxonomy:\n      - {source: finos-aigf, ref: ri-16}\n    inherent: {likelihood: 3, impact: 5}\n    residual: {likelihood: 2, impact: 4}\n    treatment: reduce\n    owner: rol-senior-manager\n",
        "  - ‸id: rsk-biased-outcome\n    title: A group of customers is treated worse without good reason\n    category: conduct\n    taxonomy:\n      - {source: finos-aigf, ref: ri-16}\n    inherent: {likelihood: 3, impact: 5}\n    residual: {likelihood: 2, impact: 4}\n    treatment: reduce\n",
    ),
    Mutation("OBL001", OBLIGATIONS, "    - from: 2026-07-27\n", "    - from: ‸2026-08-02\n"),
    Mutation(
        "OBL004",
        OBLIGATIONS,
        '      source: "OJ L 333, 27.12.2022"\n      verified: 2026-01-05\n      verification: primary\n  evidence: [board-record, completion-records]',
        '      source: "OJ L 333, 27.12.2022"\n      verified: 2026-01-05\n      verification: ‸secondary\n  evidence: [board-record, completion-records]',
    ),
    Mutation("OBL006", OBLIGATIONS, "      to: 2026-07-26\n", "      to: ‸2024-07-26\n"),
    Mutation("REG001", CHANGE, "in_force: 2026-07-27", "in_force: ‸2026-08-02"),
    Mutation(
        "REG002", CHANGE, "status: assessed\nassessed_on: 2026-08-05", "status: ‸in-assessment\nassessed_on: 2026-08-05"
    ),
    Mutation("REG003", CHANGE, "published: 2026-07-24", "published: ‸2026-06-24"),
    Mutation("REG004", CHANGE, "due: 2026-12-18, status: open", "due: ‸2026-10-18, status: open"),
    Mutation(
        "REG005",
        CHANGE,
        "status: assessed\nassessed_on: 2026-08-05\nassessed_by: bod-compliance-wg\n",
        "status: ‸assessed\nassessed_on: 2026-08-05\n",
    ),
    Mutation(
        "SLA009",
        DAYS,
        "- {jurisdiction: GB-ENG, year: 2026, holidays: [2026-01-01, 2026-04-03, 2026-04-06, 2026-05-04, 2026-05-25, 2026-08-31, 2026-12-25, 2026-12-28]}\n",
        "",
    ),
    Mutation("SLA010", DAYS, "year: 2026, holidays: [2026", "year: 2036, holidays: [‸2026"),
    # Governance and decisions
    Mutation("GOV001", STEERING, "quorum: 3", "quorum: ‸6"),
    Mutation("GOV002", RIGHTS, "charter,bod-steering,R,", "charter,bod-steering,‸A,"),
    Mutation("GOV003", GATE_DECISION, "body: bod-steering", "body: ‸bod-curriculum-wg"),
    Mutation("GOV004", STEERING, "review_by: 2026-12-01", "review_by: ‸2026-10-01"),
    Mutation(
        "GOV005", GATE_DECISION, "votes: {for: 5, against: 0, abstain: 0}", "votes: ‸{for: 2, against: 0, abstain: 0}"
    ),
    Mutation(
        "GOV007",
        SLA,
        "{id: sla-gate-decision, decision_type: phase-gate, party: bod-steering,",
        "{id: sla-gate-decision, decision_type: phase-gate, party: ‸bod-board,",
    ),
    Mutation(
        "GOV008",
        SLA,
        "{after_days: 10, to: bod-steering}, {after_days: 25, to: bod-board}]",
        "{after_days: 10, to: bod-steering}, {after_days: ‸9, to: bod-board}]",
    ),
    Mutation("GOV009", RIGHTS, "waiver,bod-compliance-wg,A,", "waiver,bod-compliance-wg,C,"),
    Mutation("GOV010", STEERING, "approved_by: dec-2025-002", "approved_by: ‸dec-2026-002"),
    Mutation("GOV013", STEERING, "effective_from: 2025-12-01", "effective_from: ‸2025-11-01"),
    Mutation(
        "GOV014",
        GATE_DECISION,
        "votes: {for: 5, against: 0, abstain: 0}\npresent:\n  - sea-coo\n",
        "votes: {for: 6, against: 0, abstain: 0}\npresent:\n  ‸- sea-coo\n",
    ),
    Mutation(
        "GOV016",
        "governance/bodies/bod-compliance-wg.md",
        "workstream: compliance\nparent: bod-steering\n",
        "workstream: compliance\n",
    ),
    Mutation(
        "GOV017",
        RACI,
        "assess-regulatory-change,sea-regulatory-change-lead,R",
        "assess-regulatory-change,sea-regulatory-change-lead,‸A",
    ),
    Mutation("GOV018", RIGHTS, "charter,bod-steering,R,", "charter,bod-steering,‸D,"),
    Mutation("GOV019", STEERING, "chair: {seat: sea-coo}", "chair: {seat: ‸sea-ciso}"),
    Mutation("GOV021", STEERING, "meets: {rrule: FREQ=MONTHLY;BYDAY=2TH", "meets: {rrule: ‸FREQ=MONTLY;BYDAY=2TH"),
    Mutation("GOV021", STEERING, "meets: {rrule: FREQ=MONTHLY;BYDAY=2TH", "meets: {rrule: ‸FREQ=MONTHLY;BYDAY=9TH"),
    Mutation("GOV022", STEERING, "## Deliverables\n", "‸## Delivrables\n"),
    Mutation("GOV022", STEERING, "## Out of scope\n", "‸## Out of Scope\n"),
    Mutation(
        "DEC002", TARGET_DECISION, "due: 2027-03-31, owner: bod-steering", "due: ‸2026-10-31, owner: bod-steering"
    ),
    Mutation("DEC003", TARGET_DECISION, "actions:\n", "waives:\n  - ‸{rule: CUR013}\nactions:\n"),
    Mutation(
        "DEC005",
        TARGET_DECISION,
        "minutes:\n  held_at: records store GOV-2026-016\n  sha256: 7d967c7bc12752d881b0b1e80613afdd94e4f1a507d9ce91f9699ec92e1bceda\n",
        "",
    ),
    Mutation("DEC006", TARGET_DECISION, "due: 2027-02-26", "due: ‸2026-10-26"),
    Mutation("DEC007", SCOPE, "matrix/rol-credit-risk-analyst/]", "‸matrix/rol-credit-risk-analist/]"),
    Mutation(
        "DEC008", TARGET_DECISION, "votes: {for: 4, against: 1, abstain: 0}", "votes: ‸{for: 1, against: 4, abstain: 0}"
    ),
    Mutation("DEC009", GATE_DECISION, "outcome: pass-with-conditions", "outcome: ‸pass-by-exception"),
    Mutation("SCP001", SCOPE, "  decision: dec-2026-001\n", "  decision: ‸dec-2026-003\n"),
    Mutation("BUD001", BUDGET, "approved,60000.00", "approved,50000.00"),
    Mutation("BUD002", BUDGET, "bud-0001,2025-12-11,FY2025", "bud-0001,2025-12-11,‸FY2026"),
    Mutation("SEA001", SEATS, "{holder: hr-10007, from: 2024-05-01,", "{holder: hr-10007, from: 2026-10-01,"),
    Mutation(
        "SEA002",
        SEATS,
        "    - {holder: hr-10007, from: 2024-05-01,",
        "    - {holder: hr-10008, from: 2023-05-01}\n    - {holder: hr-10007, from: ‸2024-05-01,",
    ),
    Mutation("REV002", REVIEWS, "  due: 2026-10-30\n  held: 2026-10-08\n", "  due: ‸2026-10-30\n"),
    Mutation(
        "FND001",
        FINDINGS,
        "follow up with the suppliers.\n  due: 2027-03-31",
        "follow up with the suppliers.\n  due: ‸2026-10-31",
    ),
    Mutation("FND002", FINDINGS, "  status: closed\n  closed: 2026-06-23\n", "  status: ‸closed\n"),
    Mutation("POR001", PORTAL, "small_cell_minimum: 5 ", "small_cell_minimum: ‸2 "),
    Mutation("POR003", PORTAL, "retention_years: 7", "retention_years: 7\nstrict: [‸CUR999]"),
    Mutation("PRI001", PRINCIPLES, "tested_by: [RSK002]", "tested_by: [‸RSK999]"),
    Mutation("PCK003", PACK, "  - gates\n", "  - ‸gate\n"),
    # Figures
    Mutation("KPI001", SNAPSHOT, "kpi-checked-before-use,bank,737,918", "kpi-checked-before-use,bank,‸919,918"),
    Mutation(
        "KPI005",
        SNAPSHOT,
        "kpi-checked-before-use,bank,737,918,,,,,,,,,,,,,imp-2026-11-13-case-sample,",
        "kpi-checked-before-use,bank,737,918,,,,,,,,,,,,,‸,",
    ),
    Mutation(
        "KPI010",
        KPIS,
        "- id: kpi-competency-lift\n  title: Competency lift\n  sort: competency\n  method: paired-mean\n  numerator: Mean of post minus pre score over people with both\n  denominator: Mean pre score over the same people\n  unit: ratio\n  lift: relative\n",
        "- ‸id: kpi-competency-lift\n  title: Competency lift\n  sort: competency\n  method: paired-mean\n  numerator: Mean of post minus pre score over people with both\n  denominator: Mean pre score over the same people\n  unit: ratio\n",
    ),
    Mutation(
        "KPI014",
        KPIS,
        "  baseline: {count: 41, exposure: 9800, window: [2025-01-01, 2025-12-31]}",
        "  baseline: ‸{count: 41, exposure: 9800}",
    ),
    Mutation(
        "KPI018",
        KPIS,
        "  target: [{value: 0.95, from: 2026-01-01}]\n  baseline: {value: 0.0, as_of: 2026-01-11}\n",
        "  target: ‸[{value: 0.95, from: 2026-01-01}]\n",
    ),
    Mutation("ACT001", ACTIONS, "  due: 2026-12-31\n", "  due: ‸2026-10-31\n"),
    Mutation("INC001", INCIDENTS, "2025-10-04,2025-10-06,2025-10-07", "2025-10-04,‸2025-10-03,2025-10-07"),
    # Cohorts and change
    Mutation("COH001", COHORTS, "  end: 2026-03-27\n", "  end: ‸2026-04-27\n"),
    Mutation("COH002", CALENDAR, "ses-0001,2026-01-19", "ses-0001,‸2026-01-12"),
    Mutation(
        "COH006",
        CALENDAR,
        "ses-0003,2026-02-03,13:00,14:30,Europe/London,coh-2026-a,mod-fraud-casework",
        "ses-0003,2026-02-03,13:00,14:30,Europe/London,coh-2026-a,‸mod-board-briefing",
    ),
    Mutation("COH007", COHORTS, "  enrol_open: 2026-01-12\n", "  enrol_open: ‸2026-01-22\n"),
    Mutation("TKT002", "change/toolkits/tkt-branch-managers.md", "phase: phs-scale", "phase: phs-integrate"),
    Mutation(
        "TKT002",
        ROLES,
        "cmp-explainability: 3}\n  nice: [DD-WRL-001]\n",
        "cmp-explainability: 3}\n  leads_teams: true\n  nice: [DD-WRL-001]\n",
    ),
    Mutation("PRF001", ROADMAP, "stage: integrate\n", "stage: ‸scale\n"),
    Mutation("PRF001", ROADMAP, "    stage: pilot\n", ""),
    Mutation("PRF002", "governance/bodies/bod-compliance-wg.md", "parent: bod-steering", "parent: ‸bod-board"),
    Mutation("PRF002", "governance/bodies/bod-tech-delivery-wg.md", "workstream: tech-delivery\n", ""),
    Mutation("PRF003", "curriculum/modules/mod-model-explainability.md", "subjects: [model-explainability]\n", ""),
    Mutation("PRF003", "curriculum/modules/mod-customer-data-handling.md", "[customer-data]", "[compliance]"),
    Mutation("CHT001", CHARTER, "end: 2026-04-07\n", "end: ‸2026-04-27\n"),
    Mutation("CHT002", CHARTER, "success: [kpi-completion,", "success: [‸kpi-co-led-sessions,"),
    Mutation("CHT003", CHARTER, "approved_by: dec-2026-001", "approved_by: ‸dec-2026-003"),
    Mutation("EXP002", EXPERIMENTS, "  registered: 2026-10-05", "  registered: ‸2026-10-25"),
    Mutation(
        "EXP003",
        EXPERIMENTS,
        "  status: finished\n  result: {control: {n: 412, x: 231}, split: {n: 409, x: 276}}",
        "  status: ‸finished\n  result: {control: {n: 412, x: 231}}",
    ),
    Mutation(
        "LES001",
        RETROSPECTIVE,
        "    due: 2026-04-17\n    status: done\n    done: 2026-04-14\n",
        "    due: ‸2026-04-17\n    status: open\n",
    ),
    Mutation(
        "LES003", RETROSPECTIVE, "    due: 2026-04-17\n    status: done\n    done: 2026-04-14\n", "    status: open\n"
    ),
    Mutation("COM001", MESSAGES, "com-0001,2026-01-05,", "com-0001,‸2026-01-12,"),
    Mutation(
        "COM002",
        MESSAGES,
        "sea-cro,phs-pilot,mst-pilot-charter,sent\ncom-0002",
        "sea-cro,phs-pilot,mst-pilot-charter,‸planned\ncom-0002",
    ),
    Mutation("COM004", MESSAGES, "com-0001,2026-01-05,,", "com-0001,‸,,"),
    Mutation("COM006", MESSAGES, "com-0001,2026-01-05,", "com-0001,‸2026-01-04,"),
    Mutation("SPO001", SPONSORS, "kind: executive", "kind: pilot"),
    Mutation("INV001", INCENTIVES, "  minimum_n: 10", "  minimum_n: ‸3"),
    Mutation(
        "HRI001",
        INTEGRATIONS,
        "  status: live\n  phase: phs-integrate\n  owner: sea-hr-director\n  due: 2026-11-30\n  live_since: 2026-11-02\n",
        "  status: ‸live\n  phase: phs-integrate\n  owner: sea-hr-director\n  due: 2026-11-30\n",
    ),
    Mutation("HRI002", INTEGRATIONS, "  due: 2027-01-29", "  due: ‸2026-10-29"),
    # Values that are of their type and cannot be meant
    Mutation("DAT001", CALENDAR, "ses-0003,2026-02-03,13:00,14:30", "ses-0003,2026-02-03,13:00,‸12:30"),
    Mutation(
        "DAT001",
        CHAMPIONS,
        "rol-fraud-analyst,sea-senior-fraud-analyst,2026-01-12,",
        "rol-fraud-analyst,sea-senior-fraud-analyst,2026-01-12,‸2025-01-12",
    ),
    Mutation("DAT001", SPONSORS, "  to: 2026-04-07", "  to: ‸2025-04-07"),
    Mutation(
        "DAT001",
        STEERING,
        "  - {seat: sea-cro, voting: true, from: 2025-12-01}",
        "  - {seat: sea-cro, voting: true, from: 2025-12-01, to: ‸2024-12-01}",
    ),
    Mutation(
        "DAT001", SEATS, "{holder: hr-10001, from: 2023-05-01,", "{holder: hr-10001, from: 2023-05-01, to: ‸2022-01-01,"
    ),
    Mutation("DAT001", FINDINGS, "  closed: 2026-06-23", "  closed: ‸2026-03-23"),
    Mutation("DAT001", CHANGE, "assessed_on: 2026-08-05", "assessed_on: ‸2026-07-05"),
    Mutation("DAT002", GATE_DECISION, "  - sea-cro\n", "  - sea-cro\n  - ‸sea-cro\n"),
    Mutation("DAT002", DAYS, "2026-04-03, 2026-04-06", "2026-04-03, ‸2026-04-03"),
    Mutation("DAT002", PACK, "  - gates\n", "  - gates\n  - ‸gates\n"),
    Mutation(
        "DAT002",
        PATHWAYS,
        "steps: [mod-ai-foundations, mod-incident-reporting, mod-governance-obligations, mod-auditing-ai]",
        "steps: [mod-ai-foundations, ‸mod-ai-foundations, mod-incident-reporting, mod-governance-obligations, mod-auditing-ai]",
    ),
    Mutation("BUD005", BUDGET, "51240.00,GBP", "51240.00,‸EUR"),
    Mutation("COH008", COHORTS, "retrospective: ret-coh-2026-a", "retrospective: ‸ret-coh-2026-b"),
    Mutation("COH008", RETROSPECTIVE, "date: 2026-03-20", "date: ‸2025-03-20"),
    Mutation("DEC011", GATE_DECISION, "status: accepted", "status: ‸superseded"),
    Mutation(
        "DEC012",
        GATE_DECISION,
        "outcome: pass-with-conditions\nconditions:\n  - {text: Repeat the lift measurement in cohort B, due: 2026-07-31, owner: bod-curriculum-wg, done: 2026-04-24}\n",
        "outcome: ‸pass-with-conditions\n",
    ),
    Mutation("DEC013", GATE_DECISION, "due: 2026-07-31, owner", "due: ‸2025-07-31, owner"),
    Mutation("EXP004", EXPERIMENTS, "control: {n: 412, x: 231}", "control: {n: 412, x: ‸431}"),
    Mutation(
        "KPI022", KPIS, "  target: [{value: 0.95, from: 2026-01-01}]", "  target: [{value: ‸95, from: 2026-01-01}]"
    ),
    Mutation("KPI022", KPIS, "baseline: {value: 0.58,", "baseline: {value: ‸58,"),
    Mutation(
        "KPI023",
        KPIS,
        "to: 2026-09-09}, {value: 0.75, from: 2026-09-10}",
        "to: 2026-10-09}, {value: 0.75, from: ‸2026-09-10}",
    ),
    Mutation("LNG001", PORTAL, "language: en\n", "language: ‸english\n"),
    Mutation("POR004", PORTAL, "{weekly: 10, monthly: 45,", "{weekley: ‸10, monthly: 45,"),
    Mutation("POR004", PORTAL, "change_control_from: 2026-01-08", "change_control_from: ‸2062-01-08"),
    Mutation("REV003", REVIEWS, "period: 2026-Q1", "period: ‸2026-Q5"),
    Mutation(
        "ROA005",
        ROADMAP,
        "done: 2026-04-02, evidence: [dec-2026-003]}\n    checklist",
        "done: ‸2026-04-02, evidence: [mst-pilot-gate]}\n    checklist",
    ),
    Mutation("ROA011", GATE_DECISION, "outcome: pass-with-conditions\n", ""),
    Mutation(
        "ROA012",
        ROADMAP,
        '- {kpi: kpi-completion, scope: "phase:phs-pilot", op: ">=", value: 0.95,',
        '- {kpi: kpi-completion, scope: "phase:phs-pilot", op: ‸"<=", value: 0.95,',
    ),
    Mutation(
        "ROA013", ROADMAP, "title: Cohort B finished, due: 2026-03-27", "title: Cohort B finished, due: ‸2027-03-27"
    ),
    Mutation("SLA010", DAYS, "2026-12-25, 2026-12-28", "2026-12-25, ‸2027-12-28"),
)
