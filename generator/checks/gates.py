"""Rules on gates and the plan: criteria computed from snapshots, held against the recorded decision."""

import itertools
from collections import Counter
from collections.abc import Iterator

from generator.errors import Finding, Severity
from generator.kinds.change_plan import HrIntegration
from generator.kinds.decision import Decision
from generator.kinds.kpi import Kpi, Snapshot
from generator.kinds.plan import Cluster, Pilot, PlanItem
from generator.kinds.roadmap import Criterion, Gate, Phase
from generator.kinds.role import Role
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.words import with_article
from generator.views.readings import newest_reading

SORTS = ("completion", "competency", "incidents", "behaviour")
OPEN = ("pass", "pass-with-conditions")


def criterion_met(j: Judgement, gate: Gate, criterion: Criterion) -> bool | None:
    """Whether the figure on the day of the decision (or the due date) fulfils the criterion; None: not measurable."""
    decision = j.portal.find(gate.decision, Decision)
    day = decision.date if decision is not None else min(gate.due, j.as_of)
    reading = newest_reading(j, criterion.kpi, criterion.scope, day) if criterion.kpi in j.portal else None
    if reading is None or reading.value is None:
        return None
    figure = reading.value
    if criterion.decide_on == "lower-bound":
        if reading.interval is None:
            return None
        figure = reading.interval.low if criterion.op.startswith(">") else reading.interval.high
    return criterion.met_by(figure)


def _judged(j: Judgement, gate: Gate) -> bool:
    """The gate is decided, or its day has passed."""
    return j.portal.find(gate.decision, Decision) is not None or gate.due < j.as_of


def _unmeasured(j: Judgement) -> Iterator[Finding]:
    known = {(snapshot.kpi, snapshot.scope, snapshot.as_of) for snapshot in j.portal.all(Snapshot)}
    for gate in j.portal.all(Gate):
        for index, criterion in enumerate(gate.criteria if _judged(j, gate) else ()):
            at = (criterion.kpi, criterion.scope)
            if criterion.weight == "decides" and not any((k, s) == at and day <= gate.due for k, s, day in known):
                values = {"kpi": criterion.kpi, "scope": criterion.scope, "due": gate.due}
                yield Finding(gate.id, ("criteria", index, "scope"), values)


def _against_the_figures(j: Judgement) -> Iterator[Finding]:
    for gate in j.portal.all(Gate):
        decision = j.portal.find(gate.decision, Decision)
        if decision is None or decision.outcome not in OPEN:
            continue
        for index, criterion in enumerate(gate.criteria):
            if criterion.weight == "decides" and criterion_met(j, gate, criterion) is False:
                values = {"decision": decision.id, "outcome": decision.outcome, "kpi": criterion.kpi}
                yield Finding(gate.id, ("criteria", index, "value"), values | {"scope": criterion.scope})


def _missing_sort(j: Judgement) -> Iterator[Finding]:
    for phase in j.portal.all(Phase):
        gates = j.portal.children(phase.id, Gate)
        kpis = [j.portal.find(criterion.kpi, Kpi) for gate in gates for criterion in gate.criteria]
        missing = [sort for sort in SORTS if sort not in {kpi.sort for kpi in kpis if kpi is not None}]
        if gates and missing:
            yield Finding(gates[0].id, ("criteria",), {"phase": phase.id, "missing": " and ".join(missing)})
        elif phase.end is not None and not gates:
            yield Finding(phase.id, ("id",), {"phase": phase.id, "missing": "gate, with all four sorts"})


def _through_a_closed_gate(j: Judgement) -> Iterator[Finding]:
    for phase in j.portal.all(Phase):
        for key in phase.depends_on:
            for gate in j.portal.children(key, Gate):
                decision = j.portal.find(gate.decision, Decision)
                passed = decision is not None and (decision.outcome or "fail") != "fail"
                unseen = gate.decision is not None and gate.decision not in j.portal
                if phase.start <= j.as_of and not passed and not unseen:
                    yield Finding(phase.id, ("start",), {"start": phase.start, "gate": gate.id})


def _other_gate(j: Judgement) -> Iterator[Finding]:
    for gate in j.portal.all(Gate):
        decision = j.portal.find(gate.decision, Decision)
        if decision is None:
            continue
        if decision.type != "phase-gate" or decision.gate != gate.id or decision.outcome is None:
            about = f"{decision.id} is {with_article(decision.type)} on {decision.gate or 'no gate'}"
            text = f"{decision.id} has no outcome" if decision.gate == gate.id and decision.outcome is None else about
            yield Finding(gate.id, ("decision",), {"text": text})


def _open_integrations(j: Judgement) -> Iterator[Finding]:
    for gate in j.portal.all(Gate):
        decision = j.portal.find(gate.decision, Decision)
        phase = j.portal.parent(gate.id)
        for one in j.portal.all(HrIntegration):
            unfinished = one.status in ("planned", "in-progress")
            if decision is not None and decision.outcome in OPEN and phase and one.phase == phase.key and unfinished:
                yield Finding(one.id, ("status",), {"gate": gate.id, "status": one.status})


def _unplanned(j: Judgement) -> Iterator[Finding]:
    planned = {item.phase for item in j.portal.all(PlanItem)}
    for phase in j.portal.all(Phase):
        if planned and phase.id not in planned:
            yield Finding(phase.id, ("id",))


def _out_of_order(j: Judgement) -> Iterator[Finding]:
    pilots = sorted(j.portal.all(Pilot), key=lambda pilot: pilot.order)
    ranks = sorted(pilot.risk_rank for pilot in pilots)
    for pilot, rank in zip(pilots, ranks, strict=True):
        if pilot.risk_rank != rank and pilot.decision is None:
            yield Finding(pilot.id, ("order",), {"order": pilot.order, "rank": pilot.risk_rank})
    for one, other in itertools.pairwise(pilots):
        if other.start < one.start:
            yield Finding(other.id, ("start",), {"order": other.order, "rank": other.risk_rank})


def _one_cluster_each(j: Judgement) -> Iterator[Finding]:
    clusters = j.portal.all(Cluster)
    counts = Counter(role for cluster in clusters for role in cluster.roles)
    for role in j.portal.all(Role):
        if clusters and counts[role.id] != 1:
            yield Finding(role.id, ("id",), {"n": counts[role.id] or "no"})


RULES = (
    Rule(
        "ROA004",
        Severity.ERROR,
        "Gates are decided on figures",
        "A gate without a figure is a feeling; not yet measurable never counts as met.",
        "Publish the snapshot, or make the criterion watched by decision.",
        "{key}: no snapshot of {kpi} {scope} on or before {due}",
        _unmeasured,
    ),
    Rule(
        "ROA007",
        Severity.ERROR,
        "The decision follows the criteria",
        "A gate that opens against its own criteria must say so.",
        "Decide pass-by-exception with a reason, or correct the record.",
        "{key}: {decision} says {outcome}, but a criterion is not met ({kpi} {scope})",
        _against_the_figures,
    ),
    Rule(
        "ROA008",
        Severity.ERROR,
        "Each gate looks at all four sorts of success",
        "Completion alone is a ticked box.",
        "Add a criterion of each sort: completion, competency, incidents, behaviour.",
        "{phase}: its gate has no criterion of {missing}",
        _missing_sort,
    ),
    Rule(
        "ROA009",
        Severity.ERROR,
        "A phase starts through an open gate",
        "What the pilot was to prove must be proven before the next phase.",
        "Record the decision of the gate, or move the start.",
        "{key} started {start}, and {gate} has no decision that passes it",
        _through_a_closed_gate,
    ),
    Rule(
        "ROA011",
        Severity.ERROR,
        "A gate names its own decision",
        "A decision on something else opens nothing.",
        "Name the phase-gate decision that has this gate and an outcome.",
        "{key}: {text}",
        _other_gate,
    ),
    Rule(
        "HRI003",
        Severity.ERROR,
        "No gate passes with an open integration",
        "Embedding in HR processes is what the phase was for.",
        "Finish or drop the integration by decision before the gate.",
        "{key} is {status}, and {gate} has passed",
        _open_integrations,
    ),
    Rule(
        "PLN004",
        Severity.WARNING,
        "Every phase has plan items",
        "The roadmap lives beside the project plan.",
        "Add the work of the phase to roadmap/plan.yaml.",
        "{key} has no item in the plan",
        _unplanned,
    ),
    Rule(
        "PLT001",
        Severity.ERROR,
        "Pilots start in the order of risk",
        "The riskiest and most visible work comes first; exceptions are decided.",
        "Correct order or start, or name the decision.",
        "{key} starts as number {order} with risk rank {rank}, and no decision says why",
        _out_of_order,
    ),
    Rule(
        "CLU001",
        Severity.ERROR,
        "Every role belongs to one cluster",
        "A role in no cluster is forgotten when the programme scales.",
        "Put the role into exactly one cluster.",
        "{key} is in {n} clusters; exactly one is needed",
        _one_cluster_each,
    ),
)
