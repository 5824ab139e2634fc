"""The recorded past as rules on change read it: each change with the record as it stood before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from generator.kinds import KINDS
from generator.kinds.portal import Settings
from generator.model.change import Change, applied
from generator.model.fields import YEARS
from generator.model.judgement import Judgement, Step
from generator.model.record import Json, Record, administrative_fields
from generator.views.memo import remembered

_BY_PREFIX = {kind.prefix: kind for kind in KINDS if kind.prefix}
_BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class PastChange:
    """One recorded change: the step, its place in the timeline, its day, and the record before it (None: it came)."""

    index: int
    step: Step
    day: date
    change: Change
    kind: str
    before: dict[str, Json] | None
    after: dict[str, Json] | None


@remembered
def past_changes(j: Judgement) -> tuple[PastChange, ...]:
    """Every recorded change up to the last commit of the chain that is dated on or before the as-of date."""
    return tuple(_past_changes(j))


def _past_changes(j: Judgement) -> Iterator[PastChange]:
    state: dict[str, dict[str, Json]] = {}
    zone = ZoneInfo(_timezone(j))
    days = [local_day(step.commit.committed, zone) for step in j.timeline.steps]
    last = max((index for index, day in enumerate(days) if day <= j.as_of), default=-1)
    for index, (step, day) in enumerate(zip(j.timeline.steps[: last + 1], days, strict=False)):
        touched = {change.key for change in step.changes}
        edited = {change.key for change in step.changes if change.field}
        # A timeline that begins in the middle edits records that nobody saw come.
        before = {key: state.get(key, {}) for key in touched if key in state or key in edited}
        after = applied(before, step.changes)
        for key in touched - after.keys():
            state.pop(key, None)
        state.update(after)
        for change in step.changes:
            key = change.key
            yield PastChange(index, step, day, change, kind_name(key), before.get(key), after.get(key))


def controlled_since(j: Judgement) -> date:
    """The day from which changes are under control; never, where the portal does not say."""
    settings = next(iter(j.portal.all(Settings)), None)
    return settings.change_control_from if settings else date.max


def kind_name(key: str) -> str:
    """The kind of the record of that key, by its prefix."""
    name = key.partition("/")[0]
    if name in _BY_NAME:
        return name
    kind = _BY_PREFIX.get(key.partition("-")[0])
    return kind.name if kind else ""


def place_of(j: Judgement, key: str) -> str:
    """What a finding about that key points at: the record, or the file where it stood when it is gone."""
    if key in j.portal:
        return key
    shape = _BY_NAME[kind_name(key)].shape if kind_name(key) else None
    path = getattr(shape, "path", "") or getattr(shape, "glob", "")
    if "/" in key and "*" in path:  # a row of a dated table: its file is named after the day and the revision
        day, revision = key.split("/")[-2:]
        return path.replace("*", day if revision == "r1" else f"{day}.{revision}")
    return path.replace("*", key.partition("-")[2]) if path else key


def unsigned_fields(kind: str) -> frozenset[str]:
    """The administrative fields of a kind."""
    record: type[Record] = _BY_NAME[kind].record
    return administrative_fields(record)


def normative(kind: str, record: Mapping[str, Json]) -> dict[str, Json]:
    """A record in its canonical form without what is administrative: what a decision or a sign-off is about."""
    unsigned = unsigned_fields(kind)
    return {name: value for name, value in record.items() if name not in unsigned}


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an instant; of a forged one outside the years that a source can name, their nearest end."""
    if instant.year not in YEARS:
        return date(YEARS[0], 1, 1) if instant.year < YEARS[0] else date(YEARS[-1], 12, 31)
    return instant.astimezone(zone).date()


def _timezone(j: Judgement) -> str:
    settings = next(iter(j.portal.all(Settings)), None)
    return settings.timezone if settings else "UTC"
