"""Judgements of the minimal portal with a few lines changed."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

from generator.kinds import KINDS
from generator.load import Tree, assemble, form, is_source, parse
from generator.model.change import changes
from generator.model.judgement import Commit, Judgement, Person, Step, Timeline
from generator.model.record import Json
from tests.factories import MINIMAL_DAY, edited, minimal_files

HEADER = (
    "kpi,scope,numerator,denominator,headcount,exempt,not_yet_due,overdue,n_pairs,n_pre_only,n_post_only,"
    "mean_pre,mean_post,sd_diff,exposure,withheld,source,note\n"
)


def judgement(as_of: date = MINIMAL_DAY, files: Mapping[str, bytes] | None = None) -> Judgement:
    """The judgement of these files, the minimal portal by default."""
    contents = files or minimal_files()
    trees = {path: _parsed(form(path), data) for path, data in contents.items() if form(path) and is_source(path)}
    return Judgement(as_of, assemble(trees, contents, KINDS).portal.seen_on(as_of))


@lru_cache(maxsize=512)
def _parsed(form_name: str, data: bytes) -> Tree:
    """One file, parsed once for all tests."""
    return parse(form_name, data)


def changed(*edits: tuple[str, str, str], as_of: date = MINIMAL_DAY) -> Judgement:
    """The minimal portal with texts replaced: path, old, new."""
    files: Mapping[str, bytes] = minimal_files()
    for path, old, new in edits:
        files = edited(files, path, old, new)
    return judgement(as_of, files)


def with_file(path: str, text: str, as_of: date = MINIMAL_DAY) -> Judgement:
    """The minimal portal with one more file, or another one in its place."""
    return judgement(as_of, {**minimal_files(), path: text.encode()})


def measured(day: str, *rows: str, as_of: date = MINIMAL_DAY) -> Judgement:
    """The minimal portal with one more snapshot file."""
    return with_file(f"kpi/snapshots/{day}.csv", HEADER + "\n".join(rows) + "\n", as_of)


def committed(day: date, name: str = "Author") -> Commit:
    """A commit of that day."""
    when = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    person = Person(name, f"{name.lower()}@minimal.example")
    return Commit(f"{day:%Y%m%d}".ljust(40, "0"), "", (), person, when, person, when, "a change")


def timeline(*states: tuple[date, Judgement]) -> Timeline:
    """The steps from nothing over these states."""
    steps: list[Step] = []
    before: dict[str, dict[str, Json]] = {}
    for day, state in states:
        after = dict(state.portal.canonical)
        steps.append(Step(committed(day), changes(before, after)))
        before = after
    return Timeline(tuple(steps))
