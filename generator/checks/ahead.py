"""Rules on facts that are on record before their day: judged by the day of the commit, whether they are seen or not."""

from collections.abc import Iterator
from datetime import date

from generator.errors import FieldPath, Finding, Severity
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.record import Json
from generator.views.past import PastChange, past_changes

FACTS = (  # the day on which something happened
    *("done", "held", "closed", "live_since", "assessed_on"),
    *("raised", "occurred", "detected", "reported", "published"),
)


def _taken_ahead(j: Judgement) -> Iterator[Finding]:
    """Decisions on record as taken in a commit of an earlier day."""
    ahead: dict[str, Finding] = {}
    taken: dict[str, PastChange] = {}
    for past in past_changes(j):
        key, after = past.change.key, past.after
        if past.kind != "decision":
            continue
        ahead.pop(key, None)
        if after is None or after.get("status") == "proposed":
            taken.pop(key, None)
            continue
        first = taken.setdefault(key, past)
        if (day := str(after.get("date", ""))) > first.day.isoformat():
            ahead[key] = Finding(key, ("date",), _values(first, day))
    yield from ahead.values()


def _happened_ahead(j: Judgement) -> Iterator[Finding]:
    """Days of what has happened that were written down before they had come, and still stand."""
    first: dict[tuple[str, str, str], PastChange] = {}
    last: dict[str, dict[str, Json]] = {}
    for past in past_changes(j):
        if past.after is None:
            last.pop(past.change.key, None)
            continue
        last[past.change.key] = past.after
        for field, day in _facts(past.change.new, past.change.field):
            first.setdefault((past.change.key, str(field[-1]), day), past)
    for key, record in last.items():
        for field, day in _facts(record, ()):
            recorded = first.get((key, str(field[-1]), day))
            if recorded is not None and day > recorded.day.isoformat():
                yield Finding(key, field, {"field": field[-1], **_values(recorded, day)})


def _values(recorded: PastChange, day: str) -> dict[str, str | date]:
    return {"day": day, "recorded": recorded.day, "commit": recorded.step.commit.id[:10]}


def _facts(value: Json, field: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """Every day of something that happened in a value, with the path to it."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _facts(item, (*field, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _facts(item, (*field, index))
    elif isinstance(value, str) and field and field[-1] in FACTS:
        yield field, value


RULES = (
    Rule(
        code="DEC010",
        severity=Severity.ERROR,
        title="A decision is recorded after it was taken",
        why="Who records a decision before the meeting decides alone; the minutes cannot exist yet.",
        remedy="Correct the date, or record it as proposed until the day has come.",
        message="{key} is dated {day} and was recorded as taken on {recorded} ({commit})",
        check=_taken_ahead,
    ),
    Rule(
        code="HIS006",
        severity=Severity.ERROR,
        title="What has happened is recorded when it has happened",
        why="A day that had not come when it was written down is a plan or a slip, not evidence.",
        remedy="Enter the day when it has come; what is planned stands under due.",
        message="{key}: {field} is {day} and was recorded on {recorded} ({commit})",
        check=_happened_ahead,
    ),
)
