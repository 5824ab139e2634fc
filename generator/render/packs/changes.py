"""The change log: what changed in meaning since the last issue, net, weaker rules first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from generator.kinds import KINDS
from generator.model.change import Change
from generator.model.judgement import Step
from generator.render.packs import format as fmt
from generator.render.packs.source import PackSource
from generator.views.changes import Sentence, sentences
from generator.views.shown import Tone

FIRST_ISSUE_DAYS = 92  # without an earlier issue the log covers the last quarter
MOST_NAMES = 8
GROUPS = (
    ("Weaker", "▼", (Tone.BAD,)),
    ("To be looked at", "◆", (Tone.WARN,)),
    ("Stronger", "▲", (Tone.OK,)),
    ("Same strength", "■", (Tone.INFO, Tone.MUTE, Tone.WAIT)),
)
QUIET = frozenset({"snapshot", "import", "exposure"})  # kinds that only grow: counted, not told one by one


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in words, and the record it is about."""

    topic: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes of one tendency."""

    title: str
    sign: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class Grown:
    """Records of one kind that came or went."""

    kind: str
    came: str
    went: str


@dataclass(frozen=True, slots=True)
class ChangesContext:
    """The change log."""

    sentence: str
    groups: tuple[ChangeGroup, ...]
    grown: tuple[Grown, ...]
    unread: tuple[Step, ...]
    total: int


def change_log(source: PackSource) -> ChangesContext:
    """Net changes of the steps since the previous issue; of the last quarter where this is the first."""
    since = source.as_of - timedelta(days=FIRST_ISSUE_DAYS)
    steps = source.steps if source.request.since else tuple(s for s in source.steps if s.commit.committed.date() > since)
    changed = net(change for step in steps for change in step.changes)
    edits = [change for change in changed if change.field]
    told = sentences(source.judgement.portal, edits, source.judgement.before)
    merges = sum(len(step.commit.parents) > 1 for step in steps)
    amount = f"{fmt.plural(len(steps), 'step')}, {fmt.plural(merges, 'merge')}, {fmt.plural(len(changed), 'change')} of meaning; changes of layout only are left out"
    begin = (
        f"From the previous issue, commit {source.request.since[:8]}, to this pack"
        if source.request.since
        else f"First issue: the changes of the {FIRST_ISSUE_DAYS} days to {fmt.day(source.as_of)}"
    )
    return ChangesContext(
        f"{begin} · {amount}",
        tuple(_groups(told)),
        tuple(_grown(source, changed)),
        tuple(step for step in steps if step.problem),
        len(changed),
    )


def net(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Several changes of one field become one from the first old to the last new; what came back is left out."""
    found: dict[tuple[str, tuple[str | int, ...]], Change] = {}
    for change in changes:
        at = (change.key, change.field)
        first = found.get(at)
        found[at] = Change(change.key, change.field, first.old if first else change.old, change.new)
    came = {key for (key, field), change in found.items() if not field and change.old is None}
    went = {key for (key, field), change in found.items() if not field and change.new is None}
    return tuple(
        change
        for (key, field), change in sorted(found.items(), key=lambda item: (item[0][0], tuple(map(str, item[0][1]))))
        if change.old != change.new and not (field and key in came | went)
    )


def _groups(told: Iterable[Sentence]) -> list[ChangeGroup]:
    listed = list(told)
    groups = []
    for title, sign, tones in GROUPS:
        rows = tuple(ChangeRow(each.topic, each.text, each.ref.key) for each in listed if each.tone in tones)
        if rows:
            groups.append(ChangeGroup(title, sign, rows))
    return groups


def _grown(source: PackSource, changed: Iterable[Change]) -> list[Grown]:
    whole = [change for change in changed if not change.field]
    found = []
    for kind in KINDS:
        came = [change for change in whole if change.added and _is_of(source, kind.name, kind.prefix, change.key)]
        went = [change for change in whole if change.removed and _is_of(source, kind.name, kind.prefix, change.key)]
        if came or went:
            quiet = kind.name in QUIET
            found.append(Grown(kind.plural or kind.title, _named(came, "new", quiet=quiet), _named(went, "ended", quiet=quiet)))
    return found


def _is_of(source: PackSource, kind: str, prefix: str, key: str) -> bool:
    entry = source.judgement.portal.entries.get(key)
    if entry is not None:
        return entry.kind.name == kind
    return key.startswith(f"{kind}/") or bool(prefix and key.startswith(f"{prefix}-"))


def _named(changes: list[Change], verb: str, *, quiet: bool) -> str:
    if not changes:
        return "–"
    count = f"{len(changes):,} {verb}"
    names = [title for change in changes[:MOST_NAMES] if (title := _title(change))]
    if quiet or not names:
        return count
    more = f"; and {len(changes) - MOST_NAMES} more" if len(changes) > MOST_NAMES else ""
    return f"{count}: {'; '.join(names)}{more}"


def _title(change: Change) -> str:
    record = change.new if change.added else change.old
    title = record.get("title") if isinstance(record, dict) else None
    return str(title) if title else ""
