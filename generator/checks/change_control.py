"""Decision rights on change: what may change by decision only, and whether one was on record by then.

A decision covers the first step that changes what it names, in its own commit or a later one; the next change of the
same record needs a decision of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator.errors import Finding, Severity
from generator.kinds.decision import STANDING, Decision
from generator.model.change import Change
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.record import Json
from generator.views.memo import remembered
from generator.views.past import PastChange, controlled_since, normative, past_changes, place_of, unsigned_fields

Record = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Controlled:
    """A change that needs a decision: what it is, and the types of decision that may cover it, the usual one first."""

    key: str
    field: str  # "" for the record as a whole
    what: str
    types: tuple[str, ...]


def controlled(kind: str, change: Change, before: Record | None, after: Record | None) -> Controlled | None:
    """What the change needs, or None when anyone may make it."""
    test = _CONTROLLED.get(kind)
    return test(change, before or {}, after or {}) if test else None


def covering(j: Judgement, needed: Controlled, is_open: Callable[[str], bool]) -> Decision | None:
    """The accepted decision that names what changed and, by `is_open`, may still cover a change of it."""
    for decision in j.portal.all(Decision):
        if (
            decision.type in needed.types
            and decision.status in STANDING
            and decision.covers(needed.key, needed.field)
            and is_open(decision.id)
        ):
            return decision
    return None


def is_open(j: Judgement, decision: str, key: str, index: int) -> bool:
    """Whether a decision on record covers a change at that step: it was recorded by then and not used up before.

    A decision covers the first step that changes what it names: the next change under the same name needs a new one.
    """
    recorded = recorded_decisions(j).get(decision)
    record = j.portal.find(decision, Decision)
    if recorded is None or recorded > index or record is None:
        return False
    names = [subject for subject in record.affects if _under(subject, key)]
    return any(not any(recorded <= used < index for used in _uses(j, name)) for name in names)


def _under(subject: str, key: str) -> bool:
    return key.startswith(subject) if subject.endswith("/") else subject.partition("#")[0] == key


def _uses(j: Judgement, subject: str) -> Iterator[int]:
    for key, steps in controlled_steps(j).items():
        if _under(subject, key):
            yield from steps


@remembered
def recorded_decisions(j: Judgement) -> Mapping[str, int]:
    """Decision -> the step from which it was on record as accepted."""
    found: dict[str, int] = {}
    for past in past_changes(j):
        if past.kind == "decision" and past.after is not None and past.after.get("status") in STANDING:
            found.setdefault(past.change.key, past.index)
    return found


@remembered
def controlled_steps(j: Judgement) -> Mapping[str, tuple[int, ...]]:
    """Key -> the steps that changed it in a way that needs a decision."""
    found: dict[str, dict[int, None]] = {}
    for past in past_changes(j):
        if controlled(past.kind, past.change, past.before, past.after) is not None:
            found.setdefault(past.change.key, {})[past.index] = None
    return {key: tuple(steps) for key, steps in found.items()}


def _undecided(j: Judgement) -> Iterator[Finding]:
    """Controlled changes that no decision covers; those that were taken back before one did are none any more."""
    since = controlled_since(j)
    open_: dict[tuple[str, str], _Undecided] = {}
    told: list[tuple[PastChange, Controlled]] = []
    first = next((past.index for past in past_changes(j)), 0)  # what a repository begins with is no change
    for past in past_changes(j):
        late = past.day >= since and past.index > first
        needed = controlled(past.kind, past.change, past.before, past.after) if late else None
        if needed is None:
            continue
        name = (needed.key, needed.field)
        if covering(j, needed, partial(is_open, j, key=needed.key, index=past.index)) is not None:
            told.extend(open_.pop(name).steps.values() if name in open_ else ())
            continue
        found = open_.setdefault(name, _Undecided(_promise(past, needed, past.before), {}))
        found.steps.setdefault(past.index, (past, needed))
        if _promise(past, needed, past.after) == found.before:
            found.steps.clear()
    told.extend(step for found in open_.values() for step in found.steps.values())
    for past, needed in sorted(told, key=lambda one: one[0].index):
        yield _finding(j, past, needed)


@dataclass(frozen=True, slots=True)
class _Undecided:
    """What stood before the first change that nobody decided, and the steps since."""

    before: Json
    steps: dict[int, tuple[PastChange, Controlled]]


def _promise(past: PastChange, needed: Controlled, record: Record | None) -> Json:
    """What must not change without a decision: the field, or the record without what is administrative."""
    if record is None:
        return None
    if needed.field:
        return record.get(needed.field)
    return normative(past.kind, record)


def _finding(j: Judgement, past: PastChange, needed: Controlled) -> Finding:
    field = tuple(needed.field.split(".")) if needed.field else ()
    values = {
        "key": needed.key,
        "what": needed.what,
        "commit": past.step.commit.id[:10],
        "day": past.day,
        "types": " or ".join(needed.types),
        "subject": f"{needed.key}#{needed.field}" if needed.field else needed.key,
    }
    subject = place_of(j, needed.key)
    return Finding(subject, field if subject == needed.key else (), values)


def _matrix(change: Change, before: Record, after: Record) -> Controlled | None:
    if "mandatory" not in (before.get("requirement"), after.get("requirement")) or _is_administrative("matrix", change):
        return None
    what = "a mandatory cell was added" if change.added else "a mandatory cell changed"
    types = ("scope-change", "module-sign-off", "regulatory-interpretation", "waiver")
    return Controlled(change.key, "", "a mandatory cell was removed" if change.removed else what, types)


def _kpi(change: Change, before: Record, after: Record) -> Controlled | None:
    if before.get("target") == after.get("target"):
        return None
    field = "" if change.added or change.removed else "target"
    return Controlled(change.key, field, "a KPI target was set or changed", ("kpi-target", "scope-change"))


def _phase(change: Change, before: Record, after: Record) -> Controlled | None:
    timing = ("start", "end", "timebox")
    if all(before.get(name) == after.get(name) for name in timing):
        return None
    field = str(change.field[0]) if change.field else ""
    if field and field not in timing:
        return None
    return Controlled(change.key, field, "the time of a phase changed", ("scope-change", "phase-gate"))


def _gate(change: Change, before: Record, after: Record) -> Controlled | None:
    if not before or not after or before.get("criteria") == after.get("criteria") or change.field[:1] != ("criteria",):
        return None  # a new gate is open to be shaped; once it is there, its criteria are a promise
    return Controlled(change.key, "criteria", "a gate's criteria changed", ("kpi-target", "phase-gate", "scope-change"))


def _budget(change: Change, before: Record, after: Record) -> Controlled | None:
    if "approved" not in (before.get("kind"), after.get("kind")) or _is_administrative("budget-line", change):
        return None
    return Controlled(change.key, "", "an approved amount was entered or changed", ("budget",))


def _body(change: Change, before: Record, after: Record) -> Controlled | None:  # noqa: ARG001 - one signature for all
    if _is_administrative("body", change):
        return None
    return Controlled(change.key, "", "a charter changed", ("charter",))


def _is_administrative(kind: str, change: Change) -> bool:
    return bool(change.field) and change.field[0] in unsigned_fields(kind)


_CONTROLLED: Mapping[str, Callable[[Change, Record, Record], Controlled | None]] = {
    "matrix": _matrix,
    "kpi": _kpi,
    "phase": _phase,
    "gate": _gate,
    "budget-line": _budget,
    "body": _body,
}

RULES = (
    Rule(
        code="CHG001",
        severity=Severity.ERROR,
        title="A controlled change has its decision",
        why="Mandatory training, targets, phases, budgets and charters change by decision of the body that holds the "
        "right, and the decision is on record before or with the change.",
        remedy="Record the decision and name the record in its affects, or take the change back.",
        message="{key}: {what} in commit {commit} ({day}); no accepted decision of type {types} recorded by then names "
        "{subject}",
        check=_undecided,
    ),
)
