"""Facts that are never edited once they are on record, and versions that rise with their content."""

from collections.abc import Iterator, Mapping

from generator.errors import Finding, Severity
from generator.kinds import KINDS
from generator.model.change import Change
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.record import Json
from generator.views.past import PastChange, controlled_since, normative, past_changes, place_of, unsigned_fields

_IMMUTABLE = {kind.name: kind for kind in KINDS if kind.immutable}
_VERSIONED = frozenset({"module", "scenario", "toolkit"})  # a lesson names the version of its target, not its own
_OPEN = ("proposed",)  # a decision that is not yet taken is still being written


def _edited(j: Judgement, kinds: frozenset[str]) -> Iterator[Finding]:
    """Edits of facts that still stand; a record that is again as it was first recorded has its edits taken back."""
    there = {entry.path for entry in j.portal.entries.values()}
    gone: set[str] = set()
    for past in standing_edits(j, kinds):
        field = past.change.field
        name = ".".join(str(part) for part in field)
        did = f"{name} was changed" if field else "it was removed"
        values = {"key": past.change.key, "did": did, "commit": past.step.commit.id[:10], "day": past.day}
        subject = place_of(j, past.change.key)
        if not field and subject.endswith(".csv") and subject not in there:
            if subject in gone:
                continue  # a table that was deleted is one mistake, not one a row
            gone.add(subject)
        yield Finding(subject, field if subject == past.change.key else (), values)


def standing_edits(j: Judgement, kinds: frozenset[str] = frozenset(_IMMUTABLE)) -> Iterator[PastChange]:
    """Each edit of a fact that was not taken back, in the order in which they were made."""
    since = controlled_since(j)
    first: dict[str, dict[str, Json]] = {}  # the fixed fields before the first edit
    edits: dict[str, list[PastChange]] = {}
    for past in past_changes(j):
        if past.kind not in kinds or past.day < since:
            continue
        key = past.change.key
        if past.before is not None and is_fact_edit(past.kind, past.change, past.before):
            first.setdefault(key, _fixed(past.kind, past.before))
            edits.setdefault(key, []).append(past)
        if key in edits and past.after is not None and _fixed(past.kind, past.after) == first[key]:
            del edits[key]
    yield from sorted((past for found in edits.values() for past in found), key=lambda past: past.index)


def _fixed(kind: str, record: dict[str, Json]) -> dict[str, Json]:
    mutable = _IMMUTABLE[kind].mutable_fields
    return {name: value for name, value in record.items() if name not in mutable}


def is_fact_edit(kind: str, change: Change, before: Mapping[str, Json] | None) -> bool:
    """Whether the change alters what a record of that kind says for good."""
    if kind not in _IMMUTABLE or change.added or before is None or before.get("status") in _OPEN:
        return False
    return not change.field or str(change.field[0]) not in _IMMUTABLE[kind].mutable_fields


def _edited_decisions(j: Judgement) -> Iterator[Finding]:
    return _edited(j, frozenset({"decision"}))


def _edited_snapshots(j: Judgement) -> Iterator[Finding]:
    return _edited(j, frozenset({"snapshot"}))


def _edited_others(j: Judgement) -> Iterator[Finding]:
    return _edited(j, frozenset(_IMMUTABLE) - {"decision", "snapshot"})


def _targets_set_back(j: Judgement) -> Iterator[Finding]:
    since = controlled_since(j)
    for past in past_changes(j):
        if past.kind != "kpi" or past.before is None or past.after is None or past.day < since:
            continue
        old, new = past.before.get("target"), past.after.get("target")
        if past.change.field[:1] == ("target",) and isinstance(new, list):
            for target in new:
                start = _start(target)
                if start and start < str(past.day) and start not in {_start(item) for item in _items(old)}:
                    values = {"start": start, "commit": past.step.commit.id[:10], "day": past.day}
                    yield Finding(place_of(j, past.change.key), (), {"key": past.change.key, **values})


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _start(target: Json) -> str:
    return str(target.get("from_") or target.get("from") or "") if isinstance(target, dict) else ""


def _same_version(j: Judgement) -> Iterator[Finding]:
    """Changes under a version that still stands; to raise it later or to take the change back is to mend it."""
    since = controlled_since(j)
    first: dict[str, dict[str, Json]] = {}
    told: dict[str, dict[int, Finding]] = {}
    for past in past_changes(j):
        if past.kind not in _VERSIONED or past.day < since or past.before is None or past.after is None:
            continue
        key, field = past.change.key, past.change.field
        moved = field and field[0] != "version" and field[0] not in unsigned_fields(past.kind)
        if past.before.get("version") != past.after.get("version"):
            told.pop(key, None)
        elif moved and past.before.get("status") != "draft":
            if not told.get(key):
                first[key] = normative(past.kind, past.before)
            told.setdefault(key, {}).setdefault(past.index, _unraised(j, past))
        if key in told and normative(past.kind, past.after) == first[key]:
            told[key].clear()
    for found in told.values():
        yield from found.values()


def _unraised(j: Judgement, past: PastChange) -> Finding:
    values = {
        "key": past.change.key,
        "field": ".".join(str(part) for part in past.change.field),
        "version": (past.after or {}).get("version"),
        "commit": past.step.commit.id[:10],
        "day": past.day,
    }
    subject = place_of(j, past.change.key)
    return Finding(subject, ("version",) if subject == past.change.key else (), values)


RULES = (
    Rule(
        code="DEC001",
        severity=Severity.ERROR,
        title="A decision is not edited afterwards",
        why="Minutes that change later prove nothing; only status, conditions and actions may move on.",
        remedy="Take the edit back and record a new decision that supersedes this one.",
        message="{key}: {did} in commit {commit} ({day}), after the decision was taken",
        check=_edited_decisions,
    ),
    Rule(
        code="KPI007",
        severity=Severity.ERROR,
        title="A published snapshot is not edited",
        why="Figures that were reported stay as they were reported; a correction stands beside them with its reason.",
        remedy="Take the edit back and add the next revision, such as 2026-06-19.r2.csv, with the reason in note.",
        message="{key}: {did} in commit {commit} ({day}), after it was published",
        check=_edited_snapshots,
    ),
    Rule(
        code="KPI008",
        severity=Severity.WARNING,
        title="A target is not changed for days gone by",
        why="A target set after the day it is judged on decides nothing.",
        remedy="Let the new target begin on or after the day it is recorded.",
        message="{key}: a target from {start} was recorded later, in commit {commit} ({day})",
        check=_targets_set_back,
    ),
    Rule(
        code="FIX001",
        severity=Severity.ERROR,
        title="An append-only record is not edited",
        why="Budget lines and their like are a journal: what was entered is corrected by another entry.",
        remedy="Take the edit back and enter a correcting record.",
        message="{key}: {did} in commit {commit} ({day}), after it was entered",
        check=_edited_others,
    ),
    Rule(
        code="CUR009",
        severity=Severity.WARNING,
        title="A version rises with its content",
        why="Two different texts under one version cannot be told apart in a completion record.",
        remedy="Raise the version: patch for wording, minor for content, major when completions start anew.",
        message="{key}: {field} changed in commit {commit} ({day}) and the version stayed {version}",
        check=_same_version,
    ),
)
