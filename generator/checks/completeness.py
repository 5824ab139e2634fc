"""What has to be there and is not: signatures, owners in office, objectives, announcements, figures beyond completion.

Other rules judge what is written. These find the place where nobody wrote anything.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from generator.checks.curriculum import mandatory_modules
from generator.errors import FieldPath, Finding, Severity
from generator.kinds.assurance import Note
from generator.kinds.change_plan import Communication
from generator.kinds.cohort import Cohort
from generator.kinds.decision import Decision
from generator.kinds.governance import Body
from generator.kinds.kpi import Import, Kpi, Snapshot
from generator.kinds.module import Module
from generator.kinds.obligation import Obligation, RegulatoryChange
from generator.kinds.plan import Cluster
from generator.kinds.roadmap import Milestone, Phase
from generator.kinds.seat import Seat, SignOff
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.views.budget import approved_under
from generator.views.past import controlled_since
from generator.views.wording import changes_of_meaning

FUNCTIONS = 3  # that vote in a steering committee, for it to speak for more than its own house
ANNOUNCED = timedelta(days=30)
SETTLED = timedelta(days=90)  # a role that has just begun has only completion to show
_CLOSED = ("closed", "done", "dropped", "rejected", "retired", "superseded")


def _unsigned(j: Judgement) -> Iterator[Finding]:
    signed = {sign_off.subject for sign_off in j.portal.all(SignOff)}
    told: set[str] = set()
    for role, modules in sorted(mandatory_modules(j).items()):
        for module in modules:
            if module.status == "approved" and module.id not in signed | told:
                told.add(module.id)
                yield Finding(module.id, ("status",), {"role": role})


def _without_objectives(j: Judgement) -> Iterator[Finding]:
    for module in j.portal.all(Module):
        if module.status == "approved" and not module.objectives:
            yield Finding(module.id, ("status",))


def _orphaned(j: Judgement) -> Iterator[Finding]:
    for seat in j.portal.all(Seat):
        if seat.holder_on(j.as_of) is not None:
            continue
        owned = sorted(
            edge.source
            for edge in j.portal.incoming(seat.id)
            if edge.field[-1] == "owner" and _is_open(j, edge.source, edge.field)
        )
        if owned:
            more = f" and {len(owned) - 1} more" if len(owned) > 1 else ""
            yield Finding(seat.id, ("holders",), {"day": j.as_of, "first": owned[0], "more": more})


def _is_open(j: Judgement, key: str, field: FieldPath) -> bool:
    """Whether there is still something to do for the owner that a field of a record names."""
    found: object = j.portal.entries[key].record
    held = [found]
    for part in field[:-1]:
        found = found[part] if isinstance(found, tuple) and isinstance(part, int) else getattr(found, str(part), None)
        held.append(found)
    done = any(getattr(one, "done", None) is not None for one in held)
    return not done and not any(getattr(one, "status", None) in _CLOSED for one in held)


def _unlogged(j: Judgement) -> Iterator[Finding]:
    since = controlled_since(j)
    logged: set[tuple[str, date]] = set()
    for change in j.portal.all(RegulatoryChange):
        logged |= {(key, change.in_force) for key in (change.obligation, *change.affects)}
    for obligation in j.portal.all(Obligation):
        for index, wording in enumerate(obligation.versions[1:], start=1):
            if since <= wording.from_ <= j.as_of and (obligation.id, wording.from_) not in logged:
                yield Finding(obligation.id, ("versions", index, "from"), {"day": wording.from_})


def _not_carried_over(j: Judgement) -> Iterator[Finding]:
    began = next((step.commit.committed.date() for step in j.timeline.steps), date.max)
    for change in j.portal.all(RegulatoryChange):
        due = max((change.in_force, *(action.due for action in change.actions)))
        if change.status != "assessed" or change.impact == "none" or due >= j.as_of or change.published < began:
            continue
        for index, key in enumerate(change.affects):
            module = j.portal.find(key, Module)
            if module is None or module.status != "approved":
                continue
            days = (step.commit.committed.date() for step in changes_of_meaning(j, key))
            if not any(change.published <= day <= j.as_of for day in days):
                values = {"module": key, "version": module.version, "day": change.published}
                yield Finding(change.id, ("affects", index), values)


def _overallocated(j: Judgement) -> Iterator[Finding]:
    for decision in j.portal.all(Decision):
        total = approved_under(j).get(decision.id, Decimal(0))
        if decision.amount is not None and total > decision.amount:
            yield Finding(decision.id, ("amount",), {"amount": decision.amount, "sum": total})


def _unanswered_pain(j: Judgement) -> Iterator[Finding]:
    for note in j.portal.all(Note):
        missing = [name for name in ("owner", "links") if not getattr(note, name)]
        if note.topic == "pain-point" and missing:
            yield Finding(note.id, ("topic",), {"missing": " and no ".join(missing)})


def _unexplained_clusters(j: Judgement) -> Iterator[Finding]:
    phases = sorted(j.portal.all(Phase), key=lambda phase: phase.start)
    second = phases[1].id if len(phases) > 1 else ""
    for cluster in j.portal.all(Cluster):
        if second and cluster.phase != second and cluster.reason is None:
            yield Finding(cluster.id, ("phase",), {"phase": cluster.phase, "second": second})


def _unannounced(j: Judgement) -> Iterator[Finding]:
    messages = [message for message in j.portal.all(Communication) if message.status != "cancelled"]
    about = {message.milestone for message in messages}
    for milestone in j.portal.all(Milestone):
        ahead = milestone.done is None and j.as_of <= milestone.due <= j.as_of + ANNOUNCED
        if messages and ahead and milestone.id not in about:
            yield Finding(milestone.id, ("due",), {"due": milestone.due})


def _one_sided_committee(j: Judgement) -> Iterator[Finding]:
    for body in j.portal.all(Body):
        seats = [j.portal.find(key, Seat) for key in body.voting_seats(j.as_of)]
        functions = sorted({seat.function for seat in seats if seat is not None})
        if body.kind == "steering-committee" and body.effective_from <= j.as_of and len(functions) < FUNCTIONS:
            listed = " and ".join(functions) or "no function"
            yield Finding(body.id, ("members",), {"functions": listed, "needed": FUNCTIONS})


def _completion_only(j: Judgement) -> Iterator[Finding]:
    sorts = {kpi.id: kpi.sort for kpi in j.portal.all(Kpi)}
    measured = {one.scope for one in j.portal.all(Snapshot) if sorts.get(one.kpi, "completion") != "completion"}
    trained = mandatory_modules(j)
    settled = [phase for phase in j.portal.all(Phase) if phase.start + SETTLED < j.as_of]
    for role in sorted({role for phase in settled for role in phase.roles if trained.get(role)}):
        scopes = {f"role:{role}"}
        scopes |= {f"phase:{phase.id}" for phase in settled if role in phase.roles}
        scopes |= {f"cohort:{cohort.id}" for cohort in j.portal.all(Cohort) if role in cohort.roles}
        if role in j.portal and measured and not scopes & measured:
            yield Finding(role)


def _unexplained_import(j: Judgement) -> Iterator[Finding]:
    used = {snapshot.source for snapshot in j.portal.all(Snapshot)}
    for one in j.portal.all(Import):
        missing = [name for name in ("query", "run_by") if getattr(one, name) is None]
        if one.id in used and missing:
            yield Finding(one.id, ("report",), {"missing": " and no ".join(missing)})


RULES = (
    Rule(
        "SGN008",
        Severity.WARNING,
        "Mandatory modules are signed off",
        "A decision approves a title; a signature stands under the wording that staff are bound to learn.",
        "Have a voting seat sign: `roadmap new sign-off --for` the module fills in today's digest.",
        "{key} is mandatory for {role} and nobody signed off its wording",
        _unsigned,
    ),
    Rule(
        "SEA003",
        Severity.WARNING,
        "Owners are in office",
        "What a vacant seat owns is done by nobody, and no due date says so until it has passed.",
        "Enter the new holder under holders, or name another owner.",
        "{key} is vacant on {day} and owns {first}{more}",
        _orphaned,
    ),
    Rule(
        "CUR026",
        Severity.WARNING,
        "Approved modules have objectives",
        "Without an objective there is nothing to assess and no competency that is built.",
        "Write objectives, each with its competency, level and criteria.",
        "{key} is approved and has no objective",
        _without_objectives,
    ),
    Rule(
        "OBL007",
        Severity.WARNING,
        "A new wording comes with its assessment",
        "A duty that was reworded in the register alone was read, and answered, by nobody.",
        "Add the regulatory change under regulatory/, in force from that day.",
        "{key} is reworded from {day}, and no regulatory change records it",
        _unlogged,
    ),
    Rule(
        "REG007",
        Severity.WARNING,
        "What a change affects has changed",
        "A module that still says what it said before the law changed trains people to the old law.",
        "Carry the change into the module, or take the module from affects.",
        "{key} affects {module}, which still reads as before {day} (version {version})",
        _not_carried_over,
    ),
    Rule(
        "BUD004",
        Severity.ERROR,
        "Budget lines add up to no more than was decided",
        "What is spread over more lines than the decision covers was approved by nobody.",
        "Correct the lines, or have the difference decided.",
        "{key} approves {amount}; its budget lines add up to {sum}",
        _overallocated,
    ),
    Rule(
        "NTE001",
        Severity.WARNING,
        "Pain points have an answer and an owner",
        "A complaint that was only written down comes back.",
        "Name the owner, and link what is done about it.",
        "{key} is a pain point with no {missing}",
        _unanswered_pain,
    ),
    Rule(
        "CLU002",
        Severity.WARNING,
        "Clusters outside the second phase say why",
        "After the pilot everybody expects to be next.",
        "Write reason, or move the cluster.",
        "{key} is trained in {phase}, not in {second}, and gives no reason",
        _unexplained_clusters,
    ),
    Rule(
        "COM007",
        Severity.WARNING,
        "Milestones are announced",
        "Who hears of a milestone on its day cannot prepare for it.",
        "Plan a message that names the milestone.",
        "{key} is due {due} and no message is about it",
        _unannounced,
    ),
    Rule(
        "GOV023",
        Severity.WARNING,
        "The steering committee speaks for several functions",
        "A committee of one house decides for one house.",
        "Give voting seats to further functions.",
        "{key}: only {functions} vote; at least {needed} functions are needed",
        _one_sided_committee,
    ),
    Rule(
        "IMP001",
        Severity.WARNING,
        "An import says how it was made",
        "Which query, which rows, run by whom: without it a file proves only that there was a file.",
        "Fill in query and run_by, and filters and totals where there are any.",
        "{key} names no {missing}",
        _unexplained_import,
    ),
    Rule(
        "KPI021",
        Severity.WARNING,
        "Every role is measured by more than completion",
        "Completion shows who sat through it, not who can do it.",
        "Measure competency, behaviour or incidents for the role, a cohort or a phase of it.",
        "{key} is trained, and nothing but its completion is measured",
        _completion_only,
    ),
)
